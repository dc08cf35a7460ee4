import { availableParallelism } from 'node:os';
import { LEAST_WORK } from '../../parallel/least-work.js';
import { type ThreadPool, threadPool } from './thread-pool.js';

const MOST_BY_DEFAULT = 8;

/**
 * Threads for work of about so many multiply-adds; undefined where one thread is wanted, or enough.
 * `threads` is what the user asked for.
 */
export function poolFor(threads: number | undefined, work: number): ThreadPool | undefined {
  const count = threads ?? Math.min(MOST_BY_DEFAULT, availableParallelism());
  return count > 1 && work >= LEAST_WORK ? threadPool(count) : undefined;
}
