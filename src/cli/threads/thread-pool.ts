import { Worker } from 'node:worker_threads';
import { fromPlain, type PlainError } from '../../parallel/messages.js';
import { perform, type Task, type TaskInput, type TaskKind, type TaskResult } from './tasks.js';

type Answer = { readonly result: TaskResult<TaskKind> } | { readonly error: PlainError };

interface Order {
  readonly task: Task;
  readonly resolve: (result: TaskResult<TaskKind>) => void;
  readonly reject: (error: unknown) => void;
}

/** Stands beside the built command; where it is not built, all is done on this thread. */
const THREAD = new URL('./thread.js', import.meta.url);

/** Threads that compute whole tasks, in the order in which they were asked for. */
export interface ThreadPool {
  run<K extends TaskKind>(kind: K, input: TaskInput<K>): Promise<TaskResult<K>>;
  /** Stops the threads; what is not done by then never will be. */
  end(): void;
}

/**
 * At most `count` threads, each started when there is work for it. What no thread
 * can do, this one does.
 */
export function threadPool(count: number): ThreadPool {
  const waiting: Order[] = [];
  const workers = new Set<Worker>();
  const idle: Worker[] = [];
  const given = new Map<Worker, Order>();

  const settle = ({ resolve, reject }: Order, act: () => TaskResult<TaskKind>) => {
    try {
      resolve(act());
    } catch (error) {
      reject(error);
    }
  };

  const start = (): Worker => {
    const worker = new Worker(THREAD, { name: 'clusterlens' });
    workers.add(worker);
    worker.on('message', (answer: Answer) => {
      const order = given.get(worker)!;
      given.delete(worker);
      idle.push(worker);
      feed();
      settle(order, () => {
        if ('error' in answer) throw fromPlain(answer.error);
        return answer.result;
      });
    });
    // A thread that broke down, for want of memory: its task is done here.
    const lost = () => {
      if (!workers.delete(worker)) return;
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
      const order = given.get(worker);
      given.delete(worker);
      if (order !== undefined) settle(order, () => perform(order.task));
      feed();
    };
    for (const event of ['error', 'messageerror', 'exit']) worker.on(event, lost);
    return worker;
  };

  const feed = () => {
    while (waiting.length > 0) {
      const worker = idle.pop() ?? (workers.size < count ? start() : undefined);
      if (worker === undefined) return;
      const order = waiting.shift()!;
      given.set(worker, order);
      worker.postMessage(order.task);
    }
  };

  return {
    run: <K extends TaskKind>(kind: K, input: TaskInput<K>) =>
      new Promise<TaskResult<K>>((resolve, reject) => {
        waiting.push({ task: { kind, input } as Task, resolve: resolve as Order['resolve'], reject });
        feed();
      }),
    end() {
      const all = [...workers];
      workers.clear();
      for (const worker of all) void worker.terminate();
    },
  };
}
