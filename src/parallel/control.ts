import { builtin } from '../core/builtin.js';
import { InputError, show } from '../core/errors.js';
import { type LooseOptions, numberIn } from '../data/options.js';

/** How far a computation is: `done / total` is the share. */
export interface Progress {
  /** Pairs of rows done (of rows and clusters, where those suffice). */
  readonly done: number;
  readonly total: number;
}

/** What every function of `clusterlens/parallel` takes beside the options of the function of the main entry. */
export interface ParallelOptions {
  /**
   * Threads that compute, 1 to 256, the calling one among them: it works in slices of 8 ms, between
   * which other events pass. In pages, and where it would be kept busy for longer, it only waits and
   * all are workers. Default: as many as the machine runs at a time, at most 8. The result does not
   * depend on it.
   */
  readonly threads?: number | undefined;
  /** Ends the work: the promise is rejected with the signal's reason, and the threads are stopped. */
  readonly signal?: AbortSignal | undefined;
  /** Called on the calling thread as work gets done; lastly with done = total. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** `ParallelOptions`, read. */
export interface Control {
  readonly threads: number;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

export const PARALLEL_OPTIONS = ['threads', 'signal', 'onProgress'];

const MOST = 256;
const MOST_BY_DEFAULT = 8;

function processors(): number {
  const os = builtin('node:os') as { availableParallelism?(): number } | undefined;
  const count = os?.availableParallelism?.() ?? globalThis.navigator?.hardwareConcurrency ?? 1;
  return Math.max(1, Math.min(MOST_BY_DEFAULT, count));
}

function isSignal(value: unknown): value is AbortSignal {
  const { aborted, addEventListener } = (value ?? {}) as Partial<AbortSignal>;
  return typeof aborted === 'boolean' && typeof addEventListener === 'function';
}

/** @throws InputError wrong-type, not-finite, out-of-range. */
export function readControl(where: string, options: LooseOptions): Control {
  const { signal, onProgress } = options;
  if (signal !== undefined && !isSignal(signal)) {
    throw new InputError('wrong-type', `${where}: signal must be an AbortSignal, got ${show(signal)}`);
  }
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw new InputError('wrong-type', `${where}: onProgress must be a function, got ${show(onProgress)}`);
  }
  const range = { min: 1, max: MOST, integer: true };
  return {
    threads: options.threads === undefined ? processors() : numberIn(where, 'threads', options.threads, range, 1),
    signal,
    onProgress: onProgress as Control['onProgress'],
  };
}
