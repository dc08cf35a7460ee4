import threads from 'node:worker_threads';
import { vi } from 'vitest';

/** Worker threads that were started since `watchWorkers`. */
export interface StartedWorkers {
  readonly count: () => number;
  /** Resolves when all of them have ended. */
  readonly ended: () => Promise<unknown>;
}

/** Lets threads start as they do, and takes note. `each` sees every new worker. */
export function watchWorkers(each: (worker: threads.Worker) => void = () => {}): StartedWorkers {
  const exits: Promise<unknown>[] = [];
  class Watched extends threads.Worker {
    constructor(...given: ConstructorParameters<typeof threads.Worker>) {
      super(...given);
      exits.push(new Promise((resolve) => this.once('exit', resolve)));
      each(this);
    }
  }
  replaceBuiltin({ Worker: Watched });
  return { count: () => exits.length, ended: () => Promise.all(exits) };
}

/** Makes `node:worker_threads` something else, or nothing, for those who ask at run time. */
export function replaceBuiltin(module: object | undefined): void {
  const original = process.getBuiltinModule.bind(process);
  vi.spyOn(process, 'getBuiltinModule').mockImplementation(((name: string) =>
    name === 'node:worker_threads' ? module : original(name)) as typeof process.getBuiltinModule);
}
