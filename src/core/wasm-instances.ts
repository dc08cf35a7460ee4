import { bytesFromHex } from './bytes-from-hex.js';

/** Kernels of WebAssembly and the memory that they work in. */
export interface Instance<Kernels> {
  readonly kernels: Kernels;
  readonly pages: WebAssembly.Memory;
  /** The memory as numbers of the caller. */
  readonly memory: Float64Array;
}

/** Instances of one module, each for one user at a time. */
export interface Instances<Kernels> {
  /** Whether the module runs here. */
  runs(): boolean;
  /** An instance with room for `size` numbers, or undefined where there is none. */
  acquire(size: number): Instance<Kernels> | undefined;
  /** Gives one back; it is kept for the next call, unless it has grown large. */
  release(instance: Instance<Kernels>): void;
}

const PAGE = 65536;
/** Bytes at the start that kernels keep to themselves. */
const OWN = 128;
/** Instances with more memory than this are not kept. */
const KEPT = 8 * 2 ** 20;

/** Instances of the module with this binary, in hexadecimal digits. */
export function instancesOf<Kernels>(binary: string): Instances<Kernels> {
  let compiled: WebAssembly.Module | null | undefined;
  let spare: Omit<Instance<Kernels>, 'memory'> | undefined;

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
  const start = (code: WebAssembly.Module) => {
    const pages = new WebAssembly.Memory({ initial: 1 });
    const { exports } = new WebAssembly.Instance(code, { env: { memory: pages } });
    return { kernels: exports as unknown as Kernels, pages };
  };

  return {
    runs: () => compile() !== null,
    acquire(size) {
      const code = compile();
      if (code === null) return undefined;
      try {
        const { kernels, pages } = spare ?? start(code);
        spare = undefined;
        const missing = Math.ceil((OWN + 8 * size - pages.buffer.byteLength) / PAGE);
        if (missing > 0) pages.grow(missing);
        return { kernels, pages, memory: new Float64Array(pages.buffer, OWN) };
      } catch {
        return undefined; // no memory to be had in this form
      }
    },
    release(instance) {
      if (instance.pages.buffer.byteLength <= KEPT) spare = instance;
    },
  };
}
