import { InputError, show } from '../../core/errors.js';
import { checkOptions, nothingMore } from '../../data/options.js';
import type { Module } from '../module.js';
import { assignWeights } from './assign-weights.js';
import { readWeights, WEIGHTS_OPTIONS, type WeightsOptions } from './read-weights.js';

/**
 * Copies the tensors of a safetensors file, or of a `.pt` or `.pth` file of PyTorch, into the parameters and buffers
 * of the same names. Nothing is changed when anything does not fit. A parameter that the model lists under
 * several names may stand in the file under one of them, or under several with equal values.
 *
 * @throws InputError unknown-name when parameters are missing in the file or the file has others, with
 *   all the names; ShapeError shape-mismatch with all that differ; InputError not-finite; out-of-range when the file
 *   has two values for one parameter; what `fromSafetensors` and `fromTorch` throw.
 *
 * @example
 * import { Linear, loadWeights, toSafetensors } from 'clusterlens/nn';
 * const trained = new Linear(2, 1, { seed: 1 });
 * const model = new Linear(2, 1, { seed: 2 });
 * loadWeights(model, toSafetensors(trained, { dtype: 'F64' }));
 * console.log(model.weight.data.every((value, i) => value === trained.weight.data[i])); // true
 */
export function loadWeights(
  model: Pick<Module, 'namedParameters' | 'namedBuffers'>,
  bytes: Uint8Array,
  options?: WeightsOptions,
  ...more: []
): void {
  nothingMore('loadWeights', more, [model, bytes, options]);
  if (typeof model?.namedParameters !== 'function') {
    throw new InputError('wrong-type', `loadWeights: needs a module with namedParameters(), got ${show(model)}`);
  }
  const given = checkOptions('loadWeights', options, WEIGHTS_OPTIONS);
  assignWeights('loadWeights', model, readWeights('loadWeights', bytes, given));
}
