import { InputError, ShapeError, show } from '../../core/errors.js';
import { numberIn, requireNumber } from '../../data/options.js';
import type { Batch, Objective, TermLoss } from '../objective.js';
import { add, mul } from '../ops/binary.js';
import { requireTensor } from '../ops/operand.js';
import type { FusedTerm, Weighted } from '../plan/fused-terms.js';
import { showShape } from '../shape.js';
import { Tensor } from '../tensor.js';
import { DivergenceError, type DivergenceSite } from './divergence-error.js';
import type { BatchResult } from './engine.js';
import { guarded } from './guarded.js';

const COUNT = { min: 0, integer: true };

/** What a term left behind to be differentiated: a loss on the tape, or one in the memory of a plan. */
export type Measured = Tensor | FusedTerm;

/** Values of the terms on a batch, what each left behind, and what is minimised. */
export interface ObjectiveRun {
  readonly result: BatchResult;
  readonly losses: readonly { readonly name: string; readonly loss: Measured | null }[];
  /** Weighted sum of the losses on the tape. */
  readonly sum: Tensor | null;
  /** The other losses. */
  readonly fused: readonly Weighted[];
}

/** Whether a step changes any weight. */
export function acts({ sum, fused }: Pick<ObjectiveRun, 'sum' | 'fused'>): boolean {
  return sum?.requiresGrad === true || fused.some(({ term }) => term.requiresGrad);
}

/**
 * @param outputs gives those of the model, on the tape; asked only when a term runs there.
 * @param inPlanOf the term in the memory of a plan; null: it runs on the tape.
 * @throws DivergenceError when a term is not finite.
 */
export function runObjective<Outputs>(
  objectives: readonly Objective<Outputs>[],
  outputs: () => Outputs,
  batch: Batch,
  at: Omit<DivergenceSite, 'loss'>,
  inPlanOf: (term: number) => FusedTerm | null = () => null,
): ObjectiveRun {
  let total: number | null = null;
  let sum: Tensor | null = null;
  const losses: { name: string; loss: Measured | null }[] = [];
  const fused: Weighted[] = [];
  const terms = objectives.map((objective, index) => {
    const { name } = objective;
    // A weight that is annealed is another one now.
    const weight = requireNumber('train', `weight of ${show(name)}`, objective.weight, { min: 0 });
    const site = { ...at, loss: name };
    const term = inPlanOf(index);
    const { value, loss, ...counts } = guarded(site, `loss '${name}'`, () =>
      term === null ? onTape(name, objective.loss(outputs(), batch), batch) : inPlan(term, batch),
    );
    finite(value, site, `loss '${name}'`);
    losses.push({ name, loss });
    if (loss !== null && weight > 0) {
      const weighted = finite(weight * value!, site, `loss '${name}'`);
      total = finite(total === null ? weighted : total + weighted, site, 'the sum of the losses');
      if (loss === term) fused.push({ term, scale: weight });
      else sum = guarded(site, 'the sum of the losses', () => sumWith(sum, loss as Tensor, weight));
    }
    return { name, value, ...counts, weight, acts: loss?.requiresGrad === true };
  });
  return { result: { rows: batch.rows.length, total, terms }, losses, sum, fused };
}

function sumWith(sum: Tensor | null, loss: Tensor, weight: number): Tensor {
  const weighted = weight === 1 ? loss : mul(loss, weight);
  return sum === null ? weighted : add(sum, weighted);
}

function finite<T extends number | null>(value: T, site: DivergenceSite, what: string): T {
  if (value === null || Number.isFinite(value)) return value;
  throw new DivergenceError(site, `${what} must stay finite, got ${value}`);
}

function inPlan(term: FusedTerm, batch: Batch) {
  const { value, floor, ceiling, validAnchors, skippedAnchors } = term.measure(batch);
  if (validAnchors === 0) return { value: null, loss: null, validAnchors, skippedAnchors, bounds: null };
  return { value, loss: term, validAnchors, skippedAnchors, bounds: { floor, ceiling } };
}

/** What the loss of a term gave, checked: it may be a user's own. */
function onTape(name: string, given: TermLoss | undefined, batch: Batch) {
  const where = `train: loss '${name}'`;
  if (typeof given !== 'object' || given === null || given instanceof Tensor || !('loss' in given)) {
    const got = given instanceof Tensor ? 'the tensor itself; wrap it: { loss }' : show(given);
    throw new InputError('wrong-type', `${where}: must return { loss } with a Tensor, got ${got}`);
  }
  const { validAnchors = batch.rows.length, skippedAnchors = 0, floor, ceiling } = given;
  requireNumber(where, 'validAnchors', validAnchors, COUNT);
  requireNumber(where, 'skippedAnchors', skippedAnchors, COUNT);
  numberIn(where, 'floor', floor, {}, 0);
  numberIn(where, 'ceiling', ceiling, {}, 0);
  if (((given.loss ?? {}) as Partial<TermLoss>).loss instanceof Tensor) {
    throw new InputError(
      'wrong-type',
      `${where}: loss must be a Tensor, got { loss } again; return the inner one as it is`,
    );
  }
  const loss = validAnchors === 0 ? null : requireTensor(where, 'loss', given.loss);
  if (loss !== null && loss.size !== 1) {
    const got = `shape ${showShape(loss.shape)}; reduce it with sum or mean`;
    throw new ShapeError('shape-mismatch', `${where}: loss must have one element, got ${got}`);
  }
  const bounds = loss === null || floor === undefined || ceiling === undefined ? null : { floor, ceiling };
  return { value: loss === null ? null : loss.item(), loss, validAnchors, skippedAnchors, bounds };
}
