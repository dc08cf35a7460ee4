// What a thread of the command runs: one call after the other.
import { parentPort } from 'node:worker_threads';
import { plainError } from '../../parallel/messages.js';
import { type Call, perform } from './calls.js';

parentPort?.on('message', (call: Call) => {
  try {
    parentPort?.postMessage({ result: perform(call) });
  } catch (error) {
    parentPort?.postMessage({ error: plainError(error) });
  }
});
