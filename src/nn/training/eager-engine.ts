import { ClusterlensError } from '../../core/errors.js';
import { add, mul } from '../ops/binary.js';
import { clipFactor, gradientNorm } from '../optimizers/clip-gradient.js';
import type { Optimizer, OptimizerState } from '../optimizers/optimizer.js';
import { noGrad, type Tensor } from '../tensor.js';
import { DivergenceError, type DivergenceSite } from './divergence-error.js';
import type { BatchResult, Engine, StepRequest } from './engine.js';
import { flatParameters } from './flat-parameters.js';
import type { Batch, Objective } from './objective.js';
import { probeGradients } from './probe-gradients.js';
import type { Trainable } from './trainable.js';

export interface EagerEngineOptions<Outputs> {
  readonly objectives: readonly Objective<Outputs>[];
  readonly optimizer: Optimizer;
  readonly clipNorm: number | null;
}

/** Runs `work`; an overflow inside it becomes a DivergenceError that says where. */
function guarded<T>(site: DivergenceSite, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ClusterlensError && (error.code === 'not-finite' || error.code === 'not-finite-gradient')) {
      throw new DivergenceError(site, `${what} must stay finite, got ${error.message}`, error);
    }
    throw error;
  }
}

/** Steps on the readable float64 tape. */
export function eagerEngine<Outputs>(model: Trainable<Outputs>, options: EagerEngineOptions<Outputs>): Engine {
  const { objectives, optimizer, clipNorm } = options;
  const flat = flatParameters(model.namedParameters());
  const shared = (model.sharedParameters?.() ?? flat.named).map(([, parameter]) => parameter);
  const weights = new Float64Array(flat.size);
  const gradient = new Float64Array(flat.size);
  let state = optimizer.init(flat.size);

  function forward(batch: Batch, at: Omit<DivergenceSite, 'loss'>) {
    const outputs = guarded({ ...at, loss: null }, 'the forward pass', () => model.forward(batch.points));
    let total: Tensor | null = null;
    const losses: { name: string; loss: Tensor | null }[] = [];
    const terms = objectives.map((objective) => {
      const { name, weight } = objective;
      const site = { ...at, loss: name };
      const given = guarded(site, `loss '${name}'`, () => objective.loss(outputs, batch));
      const { validAnchors = batch.rows.length, skippedAnchors = 0, floor, ceiling } = given;
      const found = validAnchors === 0 ? null : given.loss;
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
    const result: BatchResult = { rows: batch.rows.length, total: sum === null ? null : sum.item(), terms };
    return { result, losses, sum };
  }

  function update(sum: Tensor, { epoch, batch, factor }: StepRequest): void {
    const site = { epoch, batch, loss: null };
    flat.clearGradients();
    try {
      guarded(site, 'the gradient', () => sum.backward());
      flat.readGradients(gradient);
    } finally {
      flat.clearGradients();
    }
    const bad = flat.firstNotFinite(gradient);
    if (bad !== null) {
      const what = `the gradient must stay finite, got ${bad.value} at element ${bad.element} of ${bad.name}`;
      throw new DivergenceError(site, what);
    }
    if (clipNorm !== null) {
      const scale = clipFactor(gradientNorm([gradient]), clipNorm);
      if (scale < 1) for (let p = 0; p < gradient.length; p++) gradient[p]! *= scale;
    }
    state = optimizer.updateInto(state, { parameters: flat.readWeights(weights), gradient, factor });
    const lost = flat.firstNotFinite(weights);
    if (lost !== null) {
      const what = `the weights must stay finite, got ${lost.value} at element ${lost.element} of ${lost.name}`;
      throw new DivergenceError(site, what);
    }
    flat.writeWeights(weights);
  }

  return {
    step(batch, request) {
      const { epoch, batch: position } = request;
      const { result, losses, sum } = forward(batch, { epoch, batch: position });
      const site = { epoch, batch: position, loss: null };
      const probe = request.probe
        ? guarded(site, 'the gradient of each loss', () => probeGradients(losses, shared, position))
        : null;
      // A batch on which no term depends on the weights (no positive pair) leaves them as they are.
      if (sum?.requiresGrad === true) update(sum, request);
      return { ...result, probe };
    },
    evaluate: (batch, epoch) => noGrad(() => forward(batch, { epoch, batch: null }).result),
    setTraining: (training) => model.setTraining(training),
    weights: () => flat.readWeights(new Float64Array(flat.size)),
    setWeights: (values) => flat.writeWeights(values),
    optimizerState: (): OptimizerState => state,
    setOptimizerState(next) {
      state = next;
    },
  };
}
