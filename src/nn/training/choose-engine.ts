import { InputError } from '../../core/errors.js';
import { type EagerEngineOptions, eagerEngine } from './eager-engine.js';
import type { Engine, StepRequest } from './engine.js';
import type { Batch } from './objective.js';
import { planEngine, ReadsWeightsError } from './plan-engine.js';
import type { Trainable } from './trainable.js';

export type EngineChoice = 'auto' | 'plan' | 'eager';

/**
 * The engine that was asked for. Which one `auto` takes is known with the first batch, and depends on
 * model, objective and data only, so that a resumed run takes the same.
 */
export function chooseEngine<Outputs>(
  model: Trainable<Outputs>,
  options: EagerEngineOptions<Outputs>,
  asked: EngineChoice,
): Engine {
  const eager = eagerEngine(model, options);
  let current: Engine = eager;
  let decided = asked === 'eager';

  function decide(batch: Batch, request: StepRequest) {
    decided = true;
    const planned = planEngine(model, options, batch);
    if ('reason' in planned) {
      if (asked === 'auto') return eager.step(batch, request);
      throw new InputError(
        'wrong-type',
        `train: engine 'plan' needs a model that can be planned, got one of which ${planned.reason}; use engine 'auto'`,
      );
    }
    planned.setOptimizerState(eager.optimizerState());
    const state = model.rngState?.();
    try {
      const result = planned.step(batch, request);
      current = planned;
      return result;
    } catch (error) {
      if (asked === 'plan' || !(error instanceof ReadsWeightsError)) throw error;
      if (state !== undefined) model.restoreRng?.(state);
      return eager.step(batch, request);
    }
  }

  return {
    get kind() {
      return current.kind;
    },
    step: (batch, request) => (decided ? current.step(batch, request) : decide(batch, request)),
    evaluate: (batch, epoch) => current.evaluate(batch, epoch),
    setTraining: (training) => current.setTraining(training),
    weights: () => current.weights(),
    setWeights: (weights) => current.setWeights(weights),
    optimizerState: () => current.optimizerState(),
    setOptimizerState: (state) => current.setOptimizerState(state),
  };
}
