// What a worker thread runs. scripts/build-worker.mjs bundles it into worker-source.ts.
import { builtin } from '../core/builtin.js';
import { type Compute, type JobKind, openJob, type Result } from './jobs.js';
import { type FromThread, plainError, type ToThread } from './messages.js';

interface Port {
  onmessage: ((event: { readonly data: ToThread }) => void) | null;
  postMessage(message: FromThread, transfer: ArrayBufferLike[]): void;
}

const threads = builtin('node:worker_threads') as { readonly parentPort: Port | null } | undefined;
const port = threads?.parentPort ?? (globalThis as unknown as Port);

let compute: Compute<JobKind> | undefined;

function buffersOf(result: Result<JobKind>): ArrayBufferLike[] {
  return (ArrayBuffer.isView(result) ? [result] : Object.values(result)).map(({ buffer }) => buffer);
}

port.onmessage = ({ data }) => {
  const index = 'job' in data ? -1 : data.index;
  try {
    if ('job' in data) {
      compute = openJob(data.job);
    } else if (compute !== undefined) {
      const steps = compute(data.task);
      let step = steps.next();
      while (!step.done) step = steps.next();
      port.postMessage({ index, result: step.value }, buffersOf(step.value));
    }
  } catch (error) {
    port.postMessage({ index, error: plainError(error) }, []);
  }
};
