import { bytesFromHex } from './bytes-from-hex.js';

/** Kernels of WebAssembly and the memory that they work in. */
export interface Instance<Kernels> {
  readonly kernels: Kernels;
  /** Numbers of the caller. */
  readonly memory: Float64Array;
}

/** Lends instances of one module. */
export interface Instances<Kernels> {
  /** Whether the module runs here. */
  runs(): boolean;
  /** An instance with room for `size` numbers, or undefined where there is none. */
  lend(size: number): Instance<Kernels> | undefined;
  /** Takes one back, for the next loan. */
  takeBack(instance: Instance<Kernels>): void;
}

const PAGE = 65536;
/** Bytes at the start that kernels keep to themselves. */
const OWN = 128;
/** Instances with more memory than this are not kept. */
const KEPT = 8 * 2 ** 20;

/** Instances of the module with this binary, in hexadecimal digits. */
export function instancesOf<Kernels>(binary: string): Instances<Kernels> {
  let compiled: WebAssembly.Module | null | undefined;
  interface Whole {
    readonly memory: WebAssembly.Memory;
    readonly kernels: Kernels;
  }
  let spare: Whole | undefined;
  const lent = new WeakMap<Instance<Kernels>, Whole>();

  const compile = () => {
    if (compiled !== undefined) return compiled;
    compiled = null;
    try {
      compiled = new WebAssembly.Module(bytesFromHex(binary));
    } catch {
      // WebAssembly or its SIMD is missing, or a content security policy forbids it.
    }
    return compiled;
  };

  return {
    runs: () => compile() !== null,
    lend(size) {
      const code = compile();
      if (code === null) return undefined;
      try {
        let whole = spare;
        spare = undefined;
        if (whole === undefined) {
          const memory = new WebAssembly.Memory({ initial: 1 });
          const { exports } = new WebAssembly.Instance(code, { env: { memory } });
          whole = { memory, kernels: exports as unknown as Kernels };
        }
        const missing = Math.ceil((OWN + 8 * size - whole.memory.buffer.byteLength) / PAGE);
        if (missing > 0) whole.memory.grow(missing);
        const instance = { kernels: whole.kernels, memory: new Float64Array(whole.memory.buffer, OWN) };
        lent.set(instance, whole);
        return instance;
      } catch {
        return undefined; // no memory to be had in this form
      }
    },
    takeBack(instance) {
      const whole = lent.get(instance);
      if (whole !== undefined && whole.memory.buffer.byteLength <= KEPT) spare = whole;
    },
  };
}
