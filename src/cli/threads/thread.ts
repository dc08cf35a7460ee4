// What a thread of the command runs: one task after the other.
import { parentPort } from 'node:worker_threads';
import { toPlain } from '../../parallel/messages.js';
import { perform, type Task } from './tasks.js';

parentPort?.on('message', (task: Task) => {
  try {
    parentPort?.postMessage({ result: perform(task) });
  } catch (error) {
    parentPort?.postMessage({ error: toPlain(error) });
  }
});
