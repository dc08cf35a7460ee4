import { Worker } from 'node:worker_threads';
import { errorFromPlain, type PlainError } from '../../parallel/messages.js';
import { type Call, type CallInput, type CallKind, type CallResult, perform } from './calls.js';

type Outcome = { readonly result: CallResult<CallKind> } | { readonly error: PlainError };

interface Order {
  readonly call: Call;
  readonly resolve: (result: CallResult<CallKind>) => void;
  readonly reject: (error: unknown) => void;
}

/** Stands beside the built command; where it is not built, all is done on this thread. */
const THREAD = new URL('./thread.js', import.meta.url);

/** Threads that compute whole calls, in the order in which they were asked for. */
export interface ThreadPool {
  run<K extends CallKind>(kind: K, input: CallInput<K>): Promise<CallResult<K>>;
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

  const settle = ({ resolve, reject }: Order, act: () => CallResult<CallKind>) => {
    try {
      resolve(act());
    } catch (error) {
      reject(error);
    }
  };

  const start = (): Worker => {
    const worker = new Worker(THREAD, { name: 'clusterlens' });
    workers.add(worker);
    worker.on('message', (outcome: Outcome) => {
      const order = given.get(worker)!;
      given.delete(worker);
      idle.push(worker);
      feed();
      settle(order, () => {
        if ('error' in outcome) throw errorFromPlain(outcome.error);
        return outcome.result;
      });
    });
    // A thread that broke down, for want of memory: its call is done here.
    const lost = () => {
      if (!workers.delete(worker)) return;
      if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1);
      const order = given.get(worker);
      given.delete(worker);
      if (order !== undefined) settle(order, () => perform(order.call));
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
      worker.postMessage(order.call);
    }
  };

  return {
    run: <K extends CallKind>(kind: K, input: CallInput<K>) =>
      new Promise<CallResult<K>>((resolve, reject) => {
        waiting.push({ call: { kind, input } as Call, resolve: resolve as Order['resolve'], reject });
        feed();
      }),
    end() {
      const all = [...workers];
      workers.clear();
      for (const worker of all) void worker.terminate();
    },
  };
}
