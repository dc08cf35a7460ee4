import { bytesFromHex } from '../../core/bytes-from-hex.js';
import { InputError } from '../../core/errors.js';
import { plainTraining } from './plain-training.js';
import type { TrainingKernels, TrainingMemory } from './training-kernels.js';
import { trainingBinary } from './wasm/training-binary.js';

const PAGE = 65536;

/** Grows a memory; what the engine refuses is an error with a size, not a RangeError. */
function grown(bytes: number, grow: () => void): void {
  try {
    grow();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const got = `${Math.ceil(bytes / 2 ** 20)} MiB that there are not; use smaller batches or engine 'eager'`;
    throw new InputError('out-of-range', `plan: weights and values must fit into memory, got ${got}`);
  }
}

let compiled: WebAssembly.Module | null | undefined;

/** The compiled kernels; null where WebAssembly or its SIMD is missing or forbidden. */
function simdModule(): WebAssembly.Module | null {
  if (compiled !== undefined) return compiled;
  try {
    compiled = new WebAssembly.Module(bytesFromHex(trainingBinary));
  } catch {
    compiled = null;
  }
  return compiled;
}

/** null where there is no module, or no memory of this form to be had (a limit on the address space). */
function simdMemory(): TrainingMemory | null {
  const module = simdModule();
  if (module === null) return null;
  try {
    const memory = new WebAssembly.Memory({ initial: 1 });
    const instance = new WebAssembly.Instance(module, { env: { memory } });
    return {
      how: 'simd',
      kernels: instance.exports as unknown as TrainingKernels,
      get buffer() {
        return memory.buffer;
      },
      grow(bytes) {
        const missing = Math.ceil((bytes - memory.buffer.byteLength) / PAGE);
        if (missing > 0) grown(bytes, () => memory.grow(missing));
      },
    };
  } catch {
    return null;
  }
}

/**
 * A memory of its own with the kernels over it: SIMD where the engine has it and gives the memory, else
 * (or when asked for) the plain twin, which gives the same bits.
 */
export function trainingMemory(asked?: 'simd' | 'plain'): TrainingMemory {
  const simd = asked === 'plain' ? null : simdMemory();
  if (simd !== null) return simd;
  const memory = { buffer: new ArrayBuffer(PAGE) };
  return {
    how: 'plain',
    kernels: plainTraining(memory),
    get buffer() {
      return memory.buffer;
    },
    grow(bytes) {
      if (bytes <= memory.buffer.byteLength) return;
      grown(bytes, () => {
        const larger = new ArrayBuffer(Math.ceil(bytes / PAGE) * PAGE);
        new Uint8Array(larger).set(new Uint8Array(memory.buffer));
        memory.buffer = larger;
      });
    },
  };
}
