import { InputError } from '../../core/errors.js';
import { checkOptions, nothingMore, oneOf } from '../../data/options.js';
import { fusedOf } from '../losses/fused-loss.js';
import { type Objective, readObjectives } from '../objective.js';
import { requireTensor } from '../ops/operand.js';
import type { Tensor } from '../tensor.js';
import { readModel, type Trainable } from '../trainable.js';
import { explain, type PlanExplanation, withTerms } from './explain-plan.js';
import { makePlan } from './make-plan.js';
import { parameterStore } from './parameter-store.js';

export interface ExplainPlanOptions {
  /** Whether to plan a training step or an evaluation; the model is left in it. Default `training`. */
  readonly mode?: 'training' | 'evaluation' | undefined;
  /** Terms whose place is to be told too: those of this library run in the plan, others on the tape. */
  readonly objective?: readonly Objective<never>[] | undefined;
}

/**
 * What `train` would run for batches such as `points` (n x d): the steps with what they were fused
 * from, shapes, bytes, floating-point operations and which kernel runs each; where each term of the
 * objective runs; and the same as a table. Changes no weight and draws nothing.
 *
 * @throws InputError wrong-type, with the reason, when the model does not do the same operations for
 *   every batch, so that `train` runs it on the tape.
 *
 * @example
 * import { explainPlan, Linear, relu, Sequential, tensor } from 'clusterlens/nn';
 * const model = new Sequential(new Linear(40, 8, { seed: 0 }), relu);
 * const points = tensor(Array.from({ length: 16 }, (_, i) => Array.from({ length: 40 }, (_, j) => Math.sin(i * j))));
 * const { steps, eager } = explainPlan(model, points);
 * console.log(steps.map(({ op, fusedFrom }) => `${op} from ${fusedFrom.join(' + ')}`), eager);
 * // [ 'linear from linear + relu' ] []
 */
export function explainPlan<Outputs = unknown>(
  model: Trainable<Outputs>,
  points: Tensor,
  options?: ExplainPlanOptions,
  ...more: []
): PlanExplanation {
  nothingMore('explainPlan', more, [model, points, options]);
  const where = 'explainPlan';
  const loose = checkOptions(where, options, ['mode', 'objective']);
  const mode = oneOf(where, 'mode', loose.mode, ['training', 'evaluation'], 'training');
  const objective = loose.objective === undefined ? [] : readObjectives(where, loose.objective);
  const trainable = readModel(where, model);
  const batch = requireTensor(where, 'points', points);
  const training = mode === 'training';
  trainable.setTraining(training);
  const store = parameterStore(trainable.namedParameters(), 0);
  const made = makePlan(trainable, batch, { store, training, losses: objective.map(({ loss }) => fusedOf(loss)) });
  if ('plan' in made) {
    const terms = objective.map(({ name }, i) => ({ name, output: made.plan.terms[i]?.output ?? null }));
    return withTerms(explain(made.plan), terms);
  }
  throw new InputError('wrong-type', `${where}: needs a model that can be planned, got one of which ${made.reason}`);
}
