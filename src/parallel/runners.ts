import { slices } from '../core/slices.js';
import type { Compute, Job, JobKind, Result, Task } from './jobs.js';
import { errorFromPlain } from './messages.js';
import { share } from './share.js';
import { startThread, type Thread } from './start-thread.js';

/** Computes tasks of a job, one at a time. */
export interface Runner {
  give(index: number): void;
  end(): void;
}

export interface RunnerEvents<K extends JobKind> {
  done(runner: Runner, index: number, result: Result<K>): void;
  /** index -1: no task of the job can be computed. */
  failed(runner: Runner, index: number, error: unknown): void;
  /** The runner is no more; what it was given is not done. */
  lost(runner: Runner): void;
}

/** Time in ms after which the calling thread lets other events pass. */
const SLICE = 8;

/** Computes on the calling thread, in slices of time. `open` makes the job ready, at its first task. */
export function runnerHere<K extends JobKind>(
  open: () => Compute<K>,
  tasks: readonly Task<K>[],
  events: RunnerEvents<K>,
): Runner {
  let compute: Compute<K> | undefined;
  let ended = false;
  const { over, next } = slices(SLICE);
  let at = -1;
  let steps: Generator<void, Result<K>> | undefined;
  const perform = () => {
    if (ended) {
      steps?.return(undefined as never); // gives back what it borrowed
      return;
    }
    try {
      compute ??= open();
      steps ??= compute(tasks[at]!);
      for (;;) {
        const step = steps.next();
        if (step.done) {
          steps = undefined;
          events.done(runner, at, step.value);
          return;
        }
        if (over()) {
          next(perform);
          return;
        }
      }
    } catch (error) {
      steps = undefined;
      events.failed(runner, compute === undefined ? -1 : at, error);
    }
  };
  const runner: Runner = {
    give(index) {
      at = index;
      if (over()) next(perform);
      else queueMicrotask(perform);
    },
    end() {
      ended = true;
    },
  };
  return runner;
}

/** Up to `count` threads; fewer or none where they cannot be had. */
export function runnersInThreads<K extends JobKind>(
  job: Job<K>,
  tasks: readonly Task<K>[],
  count: number,
  events: RunnerEvents<K>,
): Runner[] {
  const started: { readonly thread: Thread; readonly runner: Runner }[] = [];
  for (let t = 0; t < count; t++) {
    const thread = startThread({
      message(message) {
        if ('error' in message) events.failed(runner, message.index, errorFromPlain(message.error));
        else events.done(runner, message.index, message.result);
      },
      lost: () => events.lost(runner),
    });
    if (thread === undefined) break;
    const runner: Runner = {
      give: (index) => thread.post({ index, task: tasks[index]! }),
      end: thread.end,
    };
    started.push({ thread, runner });
  }
  try {
    // Threads start up while the input is copied.
    const shared = started.length === 0 ? job : share(job);
    for (const { thread } of started) thread.post({ job: shared });
  } catch {
    for (const { runner } of started) runner.end();
    return []; // no memory for a second copy
  }
  return started.map(({ runner }) => runner);
}
