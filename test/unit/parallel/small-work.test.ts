import { afterEach, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { silhouette } from '../../../src/parallel/index.js';
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
