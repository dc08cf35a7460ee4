import { firstNotFinite } from '../first-not-finite.js';
import { distinctParameters, type NamedParameters } from '../module.js';
import type { Stretch } from '../optimizers/optimizer.js';
import type { Tensor } from '../tensor.js';

/** All parameters of a model seen as one flat array, in the order of `namedParameters`, each once. */
export interface FlatParameters {
  readonly named: NamedParameters;
  readonly size: number;
  /** Copies the weights into a flat array. */
  readWeights(into: Float64Array): Float64Array;
  /** Copies a flat array into the weights. */
  writeWeights(from: Float64Array): void;
  /** Copies the gradients into a flat array; a parameter without one counts as zeros. */
  readGradients(into: Float64Array): Float64Array;
  clearGradients(): void;
  /** Where some of the parameters stand, as [from, to) of the flat array; neighbours are one stretch. */
  stretchesOf(parameters: ReadonlySet<Tensor>): Stretch[];
  /** The first value of a flat array that is not finite, with its parameter; null when all are. */
  firstNotFinite(
    values: Float64Array,
  ): { readonly name: string; readonly element: number; readonly value: number } | null;
}

export function flatParameters(given: NamedParameters): FlatParameters {
  const named = distinctParameters(given);
  const offsets: number[] = [];
  let size = 0;
  for (const [, parameter] of named) {
    offsets.push(size);
    size += parameter.size;
  }
  return {
    named,
    size,
    readWeights(into) {
      named.forEach(([, parameter], i) => {
        into.set(parameter.data, offsets[i]!);
      });
      return into;
    },
    writeWeights(from) {
      named.forEach(([, parameter], i) => {
        parameter.data.set(from.subarray(offsets[i]!, offsets[i]! + parameter.size));
      });
    },
    readGradients(into) {
      into.fill(0);
      named.forEach(([, parameter], i) => {
        if (parameter.grad !== null) into.set(parameter.grad, offsets[i]!);
      });
      return into;
    },
    clearGradients() {
      for (const [, parameter] of named) parameter.grad = null;
    },
    stretchesOf(parameters) {
      const found: [number, number][] = [];
      named.forEach(([, parameter], i) => {
        if (!parameters.has(parameter)) return;
        const last = found[found.length - 1];
        const end = offsets[i]! + parameter.size;
        if (last !== undefined && last[1] === offsets[i]) last[1] = end;
        else found.push([offsets[i]!, end]);
      });
      return found;
    },
    firstNotFinite(values) {
      const at = firstNotFinite(values);
      if (at < 0) return null;
      let i = offsets.length - 1;
      while (offsets[i]! > at) i--;
      return { name: named[i]![0], element: at - offsets[i]!, value: values[at]! };
    },
  };
}
