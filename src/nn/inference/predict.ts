import { InputError } from '../../core/errors.js';
import type { Points } from '../../core/types.js';
import { type Dataset, isDataset } from '../../data/dataset.js';
import { checkOptions, type LooseOptions, nothingMore, numberIn, oneOf } from '../../data/options.js';
import { readPoints } from '../../data/points.js';
import { undisturbed } from '../plan/undisturbed.js';
import type { Tensor } from '../tensor.js';
import { readModel, type Trainable } from '../trainable.js';
import type { EngineChoice } from '../training/choose-engine.js';
import type { Collected } from './collect-rows.js';
import { passOnPlan, passOnTape } from './pass.js';

export interface PredictOptions {
  /** Rows that go through the model together, which bounds the memory. Default 64. */
  readonly batchSize?: number | undefined;
  /**
   * `plan`: float32 by compiled kernels, as `train` evaluates; the model must do the same operations for
   * every batch of a size. `eager`: the tape in float64. `auto` (default): the plan where there is one.
   */
  readonly engine?: EngineChoice | undefined;
}

/** Rows that a model gave, as points of this library: row-major `data`. */
export interface Predicted extends Collected {
  /** Which engine computed them. */
  readonly engine: 'plan' | 'eager';
  /** Under `auto`, why the tape ran; else null. */
  readonly note: string | null;
}

/** Rows for each output: of a model with one output the rows themselves. */
export type Predictions<Outputs> = Outputs extends Tensor ? Predicted : { readonly [Name in keyof Outputs]: Predicted };

export const PREDICT_OPTIONS = ['batchSize', 'engine'] as const;

/** Runs a model in evaluation on all rows, and leaves it as it was. */
export function runModel(
  where: string,
  model: Trainable,
  points: unknown,
  given: LooseOptions,
): ReadonlyMap<string, Predicted> {
  const batchSize = numberIn(where, 'batchSize', given.batchSize, { min: 1, integer: true }, 64);
  const asked = oneOf(where, 'engine', given.engine, ['auto', 'plan', 'eager'], 'auto');
  const { data, n, d } = isDataset(points)
    ? { data: points.points, n: points.n, d: points.d }
    : readPoints(where, points, 'borrow');
  const rows = { data, n, d, batchSize };
  const onTape = () => undisturbed(model, () => passOnTape(where, model, rows));
  const onPlan = () => {
    try {
      return undisturbed(model, () => passOnPlan(where, model, rows));
    } catch (error) {
      return { reason: `its plan failed: ${error instanceof Error ? error.message : String(error)}` };
    }
  };
  const named = (outputs: ReadonlyMap<string, Collected>, engine: Predicted['engine'], note: string | null) =>
    new Map([...outputs].map(([name, collected]) => [name, { ...collected, engine, note }]));

  const { training } = model;
  model.setTraining(false);
  try {
    if (asked === 'eager') return named(onTape(), 'eager', null);
    const planned = onPlan();
    if ('outputs' in planned) return named(planned.outputs, 'plan', null);
    // What is wrong with the rows or the model is said as the tape says it.
    const outputs = onTape();
    if (asked === 'auto') return named(outputs, 'eager', `the tape runs, since ${planned.reason}`);
    throw new InputError(
      'wrong-type',
      `${where}: engine 'plan' needs a model that can be planned, got one of which ${planned.reason}; use engine 'auto'`,
    );
  } finally {
    if (training === true) model.setTraining(true);
  }
}

/**
 * The outputs of a model for n rows, in evaluation mode and in batches: n x m `data` for each output by its
 * name, or for the only one. They are points of this library: `silhouette(predict(model, points), labels)`.
 * The output of a row does not depend on its batch, to the bit, unless the model itself mixes rows.
 *
 * The values are those with which `train` evaluates on the same engine. In float32 they agree with the
 * tape to 1e-4 of the largest output, mostly to 1e-6. Centre points whose spread is small beside their mean,
 * or use `engine: 'eager'`. The weights, buffers, random numbers and mode of the model do not change; a
 * model without the property `training` is left in evaluation mode.
 *
 * Cost: one forward pass, and the tape for up to five batches, from which the plan is made.
 *
 * @param points n x d in any form, or a dataset.
 * @returns logits of a classifier, not classes.
 * @throws InputError, ShapeError on bad arguments, and as the layer that the rows do not fit.
 *
 * @example
 * import { Linear, predict } from 'clusterlens/nn';
 * const model = new Linear(2, 1, { seed: 0 });
 * model.weight.data.set([1, 2]);
 * model.bias.data.set([0.5]);
 * console.log(predict(model, [[1, 1], [2, 0]]).data); // Float64Array(2) [ 3.5, 2.5 ]
 */
export function predict<Outputs>(
  model: Trainable<Outputs>,
  points: Points | Dataset,
  options?: PredictOptions,
  ...more: []
): Predictions<Outputs> {
  nothingMore('predict', more, [model, points, options]);
  const where = 'predict';
  const given = checkOptions(where, options, PREDICT_OPTIONS);
  const found = runModel(where, readModel(where, model), points, given);
  return (found.get('') ?? Object.fromEntries(found)) as Predictions<Outputs>;
}
