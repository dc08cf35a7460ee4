import { InputError } from '../../core/errors.js';
import { firstNotFinite } from '../first-not-finite.js';
import type { Module } from '../module.js';
import { readNamedTensors } from '../named-tensors.js';
import type { Tensor } from '../tensor.js';
import { listed, requireFit } from './fit.js';
import type { Tensors } from './read-weights.js';

/** Copies tensors of a file into the parameters and buffers of the same names, when all of them fit. */
export function assignWeights(
  where: string,
  model: Pick<Module, 'namedParameters' | 'namedBuffers'>,
  tensors: Tensors,
): void {
  const buffers = readNamedTensors(where, 'namedBuffers', model.namedBuffers?.() ?? []).map(
    ([name, buffer]) => [name, buffer] as const,
  );
  const parameters = new Map([...readNamedTensors(where, 'namedParameters', model.namedParameters()), ...buffers]);
  const namesOf = new Map<Tensor, string[]>();
  for (const [name, parameter] of parameters) {
    namesOf.set(parameter, [...(namesOf.get(parameter) ?? []), name]);
  }
  const needed = [...namesOf].map(([{ shape }, names]) => ({ names, shape }));
  requireFit(where, needed, tensors);
  const values = new Map<Tensor, Float64Array>();
  for (const [name, parameter] of parameters) {
    const stored = tensors.get(name);
    if (stored === undefined) continue;
    const converted = Float64Array.from(stored.data as ArrayLike<number | bigint>, Number);
    const bad = firstNotFinite(converted);
    if (bad >= 0) {
      throw new InputError(
        'not-finite',
        `${where}: every weight must be finite, got ${converted[bad]} at element ${bad} of ${name}`,
      );
    }
    const known = values.get(parameter);
    const differs = known === undefined ? -1 : converted.findIndex((value, p) => value !== known[p]);
    if (differs >= 0) {
      const got = `${known![differs]} and ${converted[differs]} at element ${differs} of ${listed(namesOf.get(parameter)!)}`;
      throw new InputError('out-of-range', `${where}: names of one parameter must have equal values, got ${got}`);
    }
    values.set(parameter, converted);
  }
  for (const [parameter, converted] of values) parameter.data.set(converted);
}
