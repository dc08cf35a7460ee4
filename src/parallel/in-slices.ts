import { later } from '../core/later.js';
import type { Control } from './control.js';

/** Time in ms after which the calling thread lets other events pass. */
export const SLICE = 8;

/**
 * Does all tasks on the calling thread, in slices of time between which other events pass.
 * @param size of a task, for the progress. Rejects with the reason of the signal.
 */
export async function inSlices<T>(
  tasks: readonly T[],
  { size, perform }: { readonly size: (task: T) => number; readonly perform: (task: T) => void },
  { signal, onProgress }: Control,
): Promise<void> {
  const total = tasks.reduce((sum, task) => sum + size(task), 0);
  let done = 0;
  let since = performance.now();
  for (const task of tasks) {
    signal?.throwIfAborted();
    perform(task);
    done += size(task);
    onProgress?.({ done, total });
    if (performance.now() - since < SLICE) continue;
    await new Promise<void>((resolve) => later(resolve));
    since = performance.now();
  }
  signal?.throwIfAborted();
}
