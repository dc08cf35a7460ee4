import type { Worker as NodeWorker } from 'node:worker_threads';
import { builtin } from '../core/builtin.js';
import type { FromThread, ToThread } from './messages.js';
import { workerSource } from './worker-source.js';

export interface Thread {
  post(message: ToThread): void;
  /** Stops the thread, in the middle of a task too. */
  end(): void;
}

export interface ThreadEvents {
  message(message: FromThread): void;
  /** The thread is no more, or never was. */
  lost(): void;
}

const name = 'clusterlens';

function startInNode(module: { readonly Worker: typeof NodeWorker }, events: ThreadEvents): Thread {
  // Nothing of the program's own flags and loaders: the source needs none of them.
  const worker = new module.Worker(workerSource, { eval: true, execArgv: [], env: {}, name });
  worker.on('message', events.message);
  for (const event of ['error', 'messageerror', 'exit']) worker.on(event, events.lost);
  return {
    post: (message) => worker.postMessage(message),
    end() {
      worker.unref();
      void worker.terminate();
    },
  };
}

function startInBrowser(events: ThreadEvents): Thread {
  const url = URL.createObjectURL(new Blob([workerSource], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name });
  worker.onmessage = ({ data }) => events.message(data);
  worker.onmessageerror = events.lost;
  worker.onerror = (event) => {
    event.preventDefault();
    events.lost();
  };
  return {
    post: (message) => worker.postMessage(message),
    end() {
      worker.terminate();
      URL.revokeObjectURL(url);
    },
  };
}

/** Starts a worker thread; undefined where there are none, or none is allowed. */
export function startThread(events: ThreadEvents): Thread | undefined {
  const module = builtin('node:worker_threads') as { readonly Worker: typeof NodeWorker } | undefined;
  try {
    if (module !== undefined) return startInNode(module, events);
    return typeof Worker === 'function' ? startInBrowser(events) : undefined;
  } catch {
    return undefined;
  }
}
