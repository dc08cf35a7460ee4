import type { Control } from './control.js';
import { type Compute, type Job, type JobKind, openJob, type Result, type Task } from './jobs.js';
import { LEAST_WORK } from './least-work.js';
import { type Runner, type RunnerEvents, runnerHere, runnersInThreads } from './runners.js';

/** A job with its tasks, and what becomes of their results. */
export interface Work<K extends JobKind> {
  readonly job: Job<K>;
  readonly tasks: readonly Task<K>[];
  /** Pairs of rows that a task visits. */
  pairs(task: Task<K>): number;
  /** Multiply-adds per pair, about. */
  readonly perPair: number;
  /** Whether a task halts on its way, so that the calling thread can take it in slices. */
  readonly inSteps?: boolean;
  /** Whether the job can cross to another thread. */
  readonly portable: boolean;
  /** How the calling thread computes tasks, where it has a shorter way than a thread has. */
  readonly openHere?: () => Compute<K>;
  /** Takes in the result of a task; called in the order of the tasks. */
  merge(result: Result<K>, task: Task<K>): void;
}

/** Results that may wait for an earlier one, per thread. */
const AHEAD = 8;

/** What a pair of rows costs beside its columns, in multiply-adds. */
const PER_PAIR = 16;

/** Multiply-adds of a task in one step that the calling thread may be kept busy with: some 20 ms. */
const MOST_HERE = 5e7;

/**
 * Has all tasks computed by threads, or on this one where the work is small, cannot cross, or
 * threads cannot be had. The calling thread is one of them, in slices, except in pages, where it draws,
 * and where a task would keep it busy for long. Results are merged in the order of the tasks, whoever computed them. The
 * error of the first task that fails is the error of the work. When the promise settles, all
 * threads have been told to end.
 */
export function runWork<K extends JobKind>(work: Work<K>, control: Control): Promise<void> {
  const { job, tasks, portable, openHere = () => openJob(job) } = work;
  const { signal, onProgress } = control;
  const pairs = tasks.map((task) => work.pairs(task));
  const total = pairs.reduce((sum, count) => sum + count, 0);
  const cost = work.perPair + PER_PAIR;
  const threads = portable && total * cost >= LEAST_WORK ? Math.min(control.threads, tasks.length) : 0;
  const slices = work.inSteps === true || Math.max(0, ...pairs) * cost <= MOST_HERE;
  const helps = slices && !('document' in globalThis);

  return new Promise((resolve, reject) => {
    const runners = new Set<Runner>();
    const given = new Map<Runner, number>();
    const returned: number[] = [];
    const waiting = new Map<number, Result<K>>();
    let next = 0;
    let merged = 0;
    let done = 0;
    /** Tasks before this one are needed: all, or those before the first that failed. */
    let needed = tasks.length;
    let failure: unknown;
    let open = true;

    const settle = (act: () => void) => {
      if (!open) return;
      open = false;
      signal?.removeEventListener('abort', abort);
      for (const runner of runners) runner.end();
      waiting.clear();
      act();
    };
    const abort = () => settle(() => reject(signal!.reason));

    const feed = () => {
      for (const runner of runners) {
        if (!open || given.has(runner)) continue;
        const ahead = Math.min(needed, merged + AHEAD * runners.size);
        const index = returned.pop() ?? (next < ahead ? next++ : -1);
        if (index === -1) return;
        given.set(runner, index);
        runner.give(index);
      }
    };

    const mergeInOrder = () => {
      for (let result = waiting.get(merged); result !== undefined; result = waiting.get(merged)) {
        waiting.delete(merged);
        work.merge(result, tasks[merged]!);
        merged++;
      }
    };

    const settleIfDone = () => {
      if (merged < needed) return;
      settle(() => (failure === undefined ? resolve() : reject(failure)));
    };

    const events: RunnerEvents<K> = {
      done(runner, index, result) {
        if (!open) return;
        try {
          given.delete(runner);
          feed(); // before merging, so that no thread waits for it
          waiting.set(index, result);
          mergeInOrder();
          feed();
          done += pairs[index]!;
          onProgress?.({ done, total });
        } catch (error) {
          settle(() => reject(error));
        }
        settleIfDone();
      },
      failed(runner, index, error) {
        if (!open) return;
        given.delete(runner);
        if (index < needed) {
          needed = index;
          failure = error;
        }
        feed();
        settleIfDone();
      },
      lost(runner) {
        if (!open || !runners.delete(runner)) return;
        runner.end();
        const index = given.get(runner);
        given.delete(runner);
        if (index !== undefined) returned.push(index);
        if (runners.size === 0) runners.add(runnerHere(openHere, tasks, events));
        feed();
      },
    };

    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    signal?.addEventListener('abort', abort);
    for (const runner of runnersInThreads(job, tasks, helps ? threads - 1 : threads, events)) runners.add(runner);
    if (helps || runners.size === 0) runners.add(runnerHere(openHere, tasks, events));
    feed();
  });
}
