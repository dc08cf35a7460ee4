import { gradients } from '../gradients.js';
import { distinctParameters } from '../module.js';
import type { Batch, Objective } from '../objective.js';
import { clipFactor, gradientNorm } from '../optimizers/clip-gradient.js';
import type { Optimizer, OptimizerState } from '../optimizers/optimizer.js';
import { noGrad } from '../record.js';
import type { Tensor } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { DivergenceError, type DivergenceSite } from './divergence-error.js';
import type { Engine, StepRequest } from './engine.js';
import { flatParameters } from './flat-parameters.js';
import { guarded } from './guarded.js';
import { probeGradients } from './probe-gradients.js';
import { runObjective } from './run-objective.js';

export interface EagerEngineOptions<Outputs> {
  readonly objectives: readonly Objective<Outputs>[];
  readonly optimizer: Optimizer;
  readonly clipNorm: number | null;
  /** Parameters without weight decay. */
  readonly undecayed?: ReadonlySet<Tensor> | undefined;
}

/** Steps on the readable float64 tape. */
export function eagerEngine<Outputs>(model: Trainable<Outputs>, options: EagerEngineOptions<Outputs>): Engine {
  const { objectives, optimizer, clipNorm, undecayed: without = new Set() } = options;
  const flat = flatParameters(model.namedParameters());
  const shared = distinctParameters(model.sharedParameters?.() ?? flat.named).map(([, parameter]) => parameter);
  const weights = new Float64Array(flat.size);
  const gradient = new Float64Array(flat.size);
  const undecayed = flat.stretchesOf(without);
  let state = optimizer.init(flat.size);

  function forward(batch: Batch, at: Omit<DivergenceSite, 'loss'>) {
    const outputs = guarded({ ...at, loss: null }, 'the forward pass', () => model.forward(batch.points));
    return runObjective(objectives, () => outputs, batch, at);
  }

  /** The joint norm of the gradient; null when the sum depends on no weight of the model, so that there is no step. */
  function update(sum: Tensor, { epoch, batch, factor }: StepRequest): number | null {
    const site = { epoch, batch, loss: null };
    flat.clearGradients();
    try {
      guarded(site, 'the gradient', () => sum.backward());
      if (flat.named.every(([, { grad }]) => grad === null)) return null;
      flat.readGradients(gradient);
    } finally {
      flat.clearGradients();
    }
    const bad = flat.firstNotFinite(gradient);
    if (bad !== null) {
      const what = `the gradient must stay finite, got ${bad.value} at element ${bad.element} of ${bad.name}`;
      throw new DivergenceError(site, what);
    }
    const norm = gradientNorm([gradient]);
    if (clipNorm !== null) {
      const scale = clipFactor(norm, clipNorm);
      if (scale < 1) for (let p = 0; p < gradient.length; p++) gradient[p]! *= scale;
    }
    state = optimizer.updateInto(state, { parameters: flat.readWeights(weights), gradient, factor, undecayed });
    const lost = flat.firstNotFinite(weights);
    if (lost !== null) {
      const what = `the weights must stay finite, got ${lost.value} at element ${lost.element} of ${lost.name}`;
      throw new DivergenceError({ ...site, inUpdate: true }, what);
    }
    flat.writeWeights(weights);
    return norm;
  }

  return {
    kind: 'eager',
    step(batch, request) {
      const { epoch, batch: position } = request;
      const { result, losses, sum } = forward(batch, { epoch, batch: position });
      const site = { epoch, batch: position, loss: null };
      const probe = request.probe
        ? guarded(site, 'the gradient of each loss', () =>
            probeGradients(losses, (loss) => gradients(loss as Tensor, shared), position),
          )
        : null;
      // A batch on which no term depends on the weights (no positive pair) leaves them as they are.
      const norm = sum?.requiresGrad === true ? update(sum, request) : null;
      return { ...result, probe, stepped: norm !== null, gradientNorm: norm };
    },
    evaluate: (batch, epoch) => noGrad(() => forward(batch, { epoch, batch: null }).result),
    setTraining: (training) => model.setTraining(training),
    lend: async (work) => work(),
    weights: () => flat.readWeights(new Float64Array(flat.size)),
    setWeights: (values) => flat.writeWeights(values),
    optimizerState: (): OptimizerState => state,
    setOptimizerState(next) {
      state = next;
    },
  };
}
