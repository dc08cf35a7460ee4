import type { TrainingMemory } from '../kernels/training-kernels.js';
import { trainingMemory } from '../kernels/training-memory.js';
import { distinctParameters, type NamedParameters } from '../module.js';
import type { Tensor } from '../tensor.js';
import { aligned, LINE } from './arena.js';

/** Where the settings of an optimiser lie while its kernel runs. */
export const SETTINGS_PLACE = 128;
/** The first place of the flat buffers; no value lies at 0, which means none. */
const FIRST = 1024;

/** All parameters, their gradients and the moments of the optimiser: flat float32 buffers in one memory. */
export interface ParameterStore {
  readonly memory: TrainingMemory;
  floats(): Float32Array;
  /** Numbers in a buffer, and the same rounded up to whole vectors; the rest is 0. */
  readonly size: number;
  readonly padded: number;
  /** Byte offsets. */
  readonly parameters: number;
  readonly gradient: number;
  readonly moments: readonly number[];
  /** Room for copies of parameters that are set apart, their gradients and moments: numbers of one, in whole vectors. */
  readonly aside: number;
  readonly asideSize: number;
  readonly arena: number;
  /** Place of a parameter, and of its gradient; `has` says whether a tensor is one. */
  parameter(tensor: Tensor): number;
  gradientOf(tensor: Tensor): number;
  readonly tensors: ReadonlySet<Tensor>;
  /** Copies the values of the tensors in, rounded to float32, and back. */
  load(): void;
  store(): void;
}

export function parameterStore(
  named: NamedParameters,
  momentCount: number,
  how?: 'simd' | 'plain' | undefined,
  apart: ReadonlySet<Tensor> = new Set(),
): ParameterStore {
  const memory = trainingMemory(how);
  const starts = new Map<Tensor, number>();
  let size = 0;
  for (const [, tensor] of distinctParameters(named)) {
    starts.set(tensor, size);
    size += tensor.size;
  }
  const padded = Math.ceil(size / 8) * 8;
  const stride = aligned(4 * padded) + LINE;
  const parameters = FIRST;
  const gradient = parameters + stride;
  const moments = Array.from({ length: momentCount }, (_, i) => parameters + (2 + i) * stride);
  const asideSize = Math.ceil([...apart].reduce((sum, tensor) => sum + tensor.size, 0) / 8) * 8;
  const aside = parameters + (2 + momentCount) * stride;
  const arena = aside + (asideSize === 0 ? 0 : (2 + momentCount) * (aligned(4 * asideSize) + LINE));
  memory.grow(arena);
  let view = new Float32Array(memory.buffer);
  const floats = () => {
    if (view.buffer !== memory.buffer) view = new Float32Array(memory.buffer);
    return view;
  };
  return {
    memory,
    floats,
    size,
    padded,
    parameters,
    gradient,
    moments,
    aside,
    asideSize,
    arena,
    parameter: (tensor) => parameters + 4 * starts.get(tensor)!,
    gradientOf: (tensor) => gradient + 4 * starts.get(tensor)!,
    tensors: new Set(starts.keys()),
    load() {
      for (const [tensor, start] of starts) floats().set(tensor.data, (parameters >> 2) + start);
    },
    store() {
      const from = parameters >> 2;
      for (const [tensor, start] of starts) {
        tensor.data.set(floats().subarray(from + start, from + start + tensor.size));
      }
    },
  };
}
