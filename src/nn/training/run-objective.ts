import { numberIn, requireNumber } from '../../data/options.js';
import { add, mul } from '../ops/binary.js';
import { requireTensor } from '../ops/operand.js';
import type { Tensor } from '../tensor.js';
import { DivergenceError, type DivergenceSite } from './divergence-error.js';
import type { BatchResult } from './engine.js';
import { guarded } from './guarded.js';
import type { Batch, Objective } from './objective.js';

const COUNT = { min: 0, integer: true };

/** Values of the terms on a batch, their losses on the tape, and the weighted sum that is minimised. */
export interface ObjectiveRun {
  readonly result: BatchResult;
  readonly losses: readonly { readonly name: string; readonly loss: Tensor | null }[];
  readonly sum: Tensor | null;
}

/** @throws DivergenceError when a term is not finite. */
export function runObjective<Outputs>(
  objectives: readonly Objective<Outputs>[],
  outputs: Outputs,
  batch: Batch,
  at: Omit<DivergenceSite, 'loss'>,
): ObjectiveRun {
  let total: Tensor | null = null;
  const losses: { name: string; loss: Tensor | null }[] = [];
  const terms = objectives.map((objective) => {
    const { name, weight } = objective;
    const site = { ...at, loss: name };
    const given = guarded(site, `loss '${name}'`, () => objective.loss(outputs, batch));
    const { validAnchors = batch.rows.length, skippedAnchors = 0, floor, ceiling } = given ?? {};
    const where = `train: loss '${name}'`;
    requireNumber(where, 'validAnchors', validAnchors, COUNT);
    requireNumber(where, 'skippedAnchors', skippedAnchors, COUNT);
    numberIn(where, 'floor', floor, {}, 0);
    numberIn(where, 'ceiling', ceiling, {}, 0);
    const found = validAnchors === 0 ? null : requireTensor(where, 'loss', given?.loss);
    const value = found === null ? null : found.item();
    if (value !== null && !Number.isFinite(value)) {
      throw new DivergenceError(site, `loss '${name}' must stay finite, got ${value}`);
    }
    losses.push({ name, loss: found });
    if (found !== null && weight > 0) {
      const weighted = guarded(site, `loss '${name}'`, () => (weight === 1 ? found : mul(found, weight)));
      total = total === null ? weighted : guarded(site, 'the sum of the losses', () => add(total!, weighted));
    }
    const bounds = found === null || floor === undefined || ceiling === undefined ? null : { floor, ceiling };
    return { name, value, validAnchors, skippedAnchors, bounds };
  });
  const sum = total as Tensor | null;
  return { result: { rows: batch.rows.length, total: sum === null ? null : sum.item(), terms }, losses, sum };
}
