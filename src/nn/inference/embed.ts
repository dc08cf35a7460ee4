import { InputError, show } from '../../core/errors.js';
import type { Points } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { checkOptions, nothingMore } from '../../data/options.js';
import { outputNamed } from '../objective.js';
import { Tensor } from '../tensor.js';
import { readModel, type Trainable } from '../trainable.js';
import { PREDICT_OPTIONS, type Predicted, type PredictOptions, runModel } from './predict.js';

export interface EmbedOptions extends PredictOptions {
  /** Name of the output that is wanted; a model with one output needs none. Default `latent`. */
  readonly on?: string | undefined;
}

/** The model with one output only: a plan of it leaves out all that the others are made by. */
function narrowed(where: string, model: Trainable, on: string): Trainable<Tensor> {
  const { namedBuffers, cannotPlan, rngState, restoreRng } = model;
  return {
    forward(x) {
      const outputs = model.forward(x);
      return outputs instanceof Tensor ? outputs : outputNamed(where, outputs, on, 'choose another output');
    },
    namedParameters: () => model.namedParameters(),
    setTraining: (training) => model.setTraining(training),
    get training() {
      return model.training;
    },
    // What a model does not have must not be there.
    ...(namedBuffers && { namedBuffers: () => namedBuffers.call(model) }),
    ...(cannotPlan && { cannotPlan: () => cannotPlan.call(model) }),
    ...(rngState && { rngState: () => rngState.call(model) }),
    ...(restoreRng && { restoreRng: (state: readonly number[]) => restoreRng.call(model, state) }),
  };
}

/**
 * One output of a model for n rows, as `predict` gives it; a plan computes nothing else, so that an
 * autoencoder costs its encoder. Metrics should be measured on the output on which the contrastive loss acts.
 *
 * @param points n x d in any form, or a dataset.
 * @returns n x m, as points of this library.
 * @throws as `predict`; InputError unknown-name when the model gives no output of that name.
 *
 * @example
 * import { embed, residualAutoencoder } from 'clusterlens/nn';
 * const model = residualAutoencoder({ inputSize: 3, latentSize: 2, projectionSize: 4, hiddenSizes: [8] });
 * const { data, rows, columns } = embed(model, [[0, 1, 2], [3, 4, 5]]);
 * console.log(rows, columns, data.every((value) => Math.abs(value) < 1)); // 2 2 true
 */
export function embed(model: Trainable, points: Points | Dataset, options?: EmbedOptions, ...more: []): Predicted {
  nothingMore('embed', more, [model, points, options]);
  const where = 'embed';
  const given = checkOptions(where, options, ['on', ...PREDICT_OPTIONS]);
  const on = given.on ?? 'latent';
  if (typeof on !== 'string') {
    throw new InputError('wrong-type', `${where}: on must be the name of an output of the model, got ${show(on)}`);
  }
  return runModel(where, narrowed(where, readModel(where, model), on), points, given).get('')!;
}
