import { InputError, ShapeError, show } from '../../core/errors.js';
import { nothingMore } from '../../data/options.js';
import { firstNotFinite } from '../first-not-finite.js';
import type { Module } from '../module.js';
import { readNamedTensors } from '../named-tensors.js';
import { sameShape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { fromSafetensors } from './from-safetensors.js';

const WHERE = 'loadWeights';

function listed(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}

/**
 * Copies the tensors of a safetensors file into the parameters and buffers of the same names. Nothing is changed
 * when anything does not fit. A parameter that the model lists under several names may stand in the
 * file under one of them, or under several with equal values.
 *
 * @throws InputError unknown-name when parameters are missing in the file or the file has others, with
 *   all the names; ShapeError shape-mismatch with all that differ; InputError not-finite, malformed-file;
 *   out-of-range when the file has two values for one parameter.
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
  ...more: []
): void {
  nothingMore('loadWeights', more, [model, bytes]);
  if (typeof model?.namedParameters !== 'function') {
    throw new InputError('wrong-type', `${WHERE}: needs a module with namedParameters(), got ${show(model)}`);
  }
  if (!(bytes instanceof Uint8Array)) {
    throw new InputError('wrong-type', `${WHERE}: needs the file as a Uint8Array, got ${show(bytes)}`);
  }
  const { tensors } = fromSafetensors(bytes);
  const buffers = readNamedTensors(WHERE, 'namedBuffers', model.namedBuffers?.() ?? []).map(
    ([name, buffer]) => [name, buffer] as const,
  );
  const parameters = new Map([...readNamedTensors(WHERE, 'namedParameters', model.namedParameters()), ...buffers]);
  const namesOf = new Map<Tensor, string[]>();
  for (const [name, parameter] of parameters) {
    namesOf.set(parameter, [...(namesOf.get(parameter) ?? []), name]);
  }
  const missing = [...namesOf.values()]
    .filter((names) => !names.some((name) => tensors.has(name)))
    .map(([name]) => name!);
  const extra = [...tensors.keys()].filter((name) => !parameters.has(name));
  if (missing.length + extra.length > 0) {
    const parts = [
      ...(missing.length > 0 ? [`${missing.length} missing in the file (${listed(missing)})`] : []),
      ...(extra.length > 0 ? [`${extra.length} not in the model (${listed(extra)})`] : []),
    ];
    throw new InputError('unknown-name', `${WHERE}: names must be those of the model, got ${parts.join(' and ')}`);
  }
  const misfits: string[] = [];
  for (const [name, parameter] of parameters) {
    const shape = tensors.get(name)?.shape ?? parameter.shape;
    if (!sameShape(shape, parameter.shape)) {
      misfits.push(`${name} ${showShape(shape)} for ${showShape(parameter.shape)}`);
    }
  }
  if (misfits.length > 0) {
    throw new ShapeError('shape-mismatch', `${WHERE}: shapes must be those of the model, got ${listed(misfits)}`);
  }
  const values = new Map<Tensor, Float64Array>();
  for (const [name, parameter] of parameters) {
    if (!tensors.has(name)) continue;
    const converted = Float64Array.from(tensors.get(name)!.data as ArrayLike<number | bigint>, Number);
    const bad = firstNotFinite(converted);
    if (bad >= 0) {
      throw new InputError(
        'not-finite',
        `${WHERE}: every weight must be finite, got ${converted[bad]} at element ${bad} of ${name}`,
      );
    }
    const known = values.get(parameter);
    const differs = known === undefined ? -1 : converted.findIndex((value, p) => value !== known[p]);
    if (differs >= 0) {
      const got = `${known![differs]} and ${converted[differs]} at element ${differs} of ${listed(namesOf.get(parameter)!)}`;
      throw new InputError('out-of-range', `${WHERE}: names of one parameter must have equal values, got ${got}`);
    }
    values.set(parameter, converted);
  }
  for (const [parameter, converted] of values) parameter.data.set(converted);
}
