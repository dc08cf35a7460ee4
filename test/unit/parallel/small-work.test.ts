import { afterEach, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import * as sync from '../../../src/index.js';
import { type ParallelOptions, type Progress, pairwiseDistances, silhouette } from '../../../src/parallel/index.js';
import { bits } from '../../support/bits.js';
import { clockWithStep, turnsOf } from '../../support/clock.js';
import { watchWorkers } from '../../support/worker-spy.js';

afterEach(() => vi.restoreAllMocks());

const rng = new Rng(1);
const rowsOf = (n: number, d: number) => Array.from({ length: n }, () => Array.from({ length: d }, () => rng.normal()));
const points = rowsOf(6500, 40);
const labels = points.map((_, i) => i % 4);

/** Workers that a call starts, which is stopped before it has computed much. */
async function started(call: (options: ParallelOptions) => Promise<unknown>): Promise<number> {
  const workers = watchWorkers();
  const controller = new AbortController();
  const stop = () => controller.abort('enough');
  await expect(call({ threads: 2, signal: controller.signal, onProgress: stop })).rejects.toBe('enough');
  await workers.ended();
  return workers.count();
}

it('starts no thread for work that takes less time than the start', async () => {
  const first = (n: number) => (options: ParallelOptions) =>
    silhouette(points.slice(0, n), labels.slice(0, n), options);
  expect(await started(first(5000))).toBe(0);
  expect(await started(first(6500))).toBe(1); // beside the calling one
});

it('starts none for a matrix whose numbers cost less than their way from thread to thread', async () => {
  const wide = rowsOf(2500, 256);
  expect(await started((options) => pairwiseDistances(points.slice(0, 4500), options))).toBe(0);
  expect(await started((options) => pairwiseDistances(wide, options))).toBe(1);
});

it('computes such a matrix in slices, between which other events pass', async () => {
  clockWithStep(8); // every slice is over at the first look
  const n = 700;
  const some = points.slice(0, n);
  const progress: Progress[] = [];
  let matrix: Awaited<ReturnType<typeof pairwiseDistances>> | undefined;
  const turns = await turnsOf(async () => {
    matrix = await pairwiseDistances(some, { onProgress: (at) => void progress.push(at) });
  });
  expect(turns).toBeGreaterThanOrEqual(Math.ceil(n / 64));
  expect(bits(matrix!)).toEqual(bits(sync.pairwiseDistances(some)));
  expect(progress.length).toBe(Math.ceil(n / 64));
  expect(progress.map(({ done }) => done)).toEqual(progress.map((_, i) => Math.min(n, 64 * (i + 1)) * n));
  expect(new Set(progress.map(({ total }) => total))).toEqual(new Set([n * n]));
});

it('stops between slices with the reason of the signal, and starts nothing when it is too late', async () => {
  clockWithStep(8);
  const controller = new AbortController();
  setImmediate(() => controller.abort('enough'));
  const progress: number[] = [];
  const options = { signal: controller.signal, onProgress: ({ done }: Progress) => void progress.push(done) };
  await expect(pairwiseDistances(points.slice(0, 700), options)).rejects.toBe('enough');
  // What the first slice computed, at most: other events pass after it.
  expect(progress.length).toBeLessThanOrEqual(1);
  const before = progress.length;
  await expect(pairwiseDistances(points.slice(0, 10), options)).rejects.toBe('enough');
  expect(progress.length).toBe(before);
});
