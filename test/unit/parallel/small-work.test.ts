import { afterEach, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import * as sync from '../../../src/index.js';
import { type Progress, pairwiseDistances, silhouette } from '../../../src/parallel/index.js';
import { watchWorkers } from '../../support/worker-spy.js';

afterEach(() => vi.restoreAllMocks());

const rng = new Rng(1);
const points = Array.from({ length: 6500 }, () => Array.from({ length: 40 }, () => rng.normal()));
const labels = points.map((_, i) => i % 4);

it('starts no thread for work that takes less time than the start', async () => {
  const workers = watchWorkers();
  await silhouette(points.slice(0, 5000), labels.slice(0, 5000), { threads: 2 });
  expect(workers.count()).toBe(0);
  await silhouette(points, labels, { threads: 2 });
  expect(workers.count()).toBe(1); // beside the calling one
});

it('starts none for a matrix whose numbers cost less than their way from thread to thread', async () => {
  const workers = watchWorkers();
  await pairwiseDistances(points.slice(0, 4500), { threads: 2 });
  expect(workers.count()).toBe(0);
  const wide = Array.from({ length: 2500 }, () => Array.from({ length: 256 }, () => rng.uniform()));
  await pairwiseDistances(wide, { threads: 2 });
  expect(workers.count()).toBe(1);
});

it('computes such a matrix in slices, between which other events pass', async () => {
  const some = points.slice(0, 2500);
  let turns = 0;
  const counter = setInterval(() => turns++, 1);
  const progress: Progress[] = [];
  const matrix = await pairwiseDistances(some, { onProgress: (at) => void progress.push(at) });
  clearInterval(counter);
  expect(matrix).toStrictEqual(sync.pairwiseDistances(some));
  expect(turns).toBeGreaterThan(1);
  expect(progress.length).toBe(Math.ceil(2500 / 64));
  expect(progress.map(({ done }) => done)).toEqual(progress.map((_, i) => Math.min(2500, 64 * (i + 1)) * 2500));
  expect(new Set(progress.map(({ total }) => total))).toEqual(new Set([2500 * 2500]));
});

it('stops between slices with the reason of the signal, and starts nothing when it is too late', async () => {
  const controller = new AbortController();
  setTimeout(() => controller.abort('enough'), 5);
  const progress: number[] = [];
  const options = { signal: controller.signal, onProgress: ({ done }: Progress) => void progress.push(done) };
  await expect(pairwiseDistances(points.slice(0, 4500), options)).rejects.toBe('enough');
  expect(progress.length).toBeLessThan(Math.ceil(4500 / 64));
  const before = progress.length;
  await expect(pairwiseDistances(points.slice(0, 10), options)).rejects.toBe('enough');
  expect(progress.length).toBe(before);
});
