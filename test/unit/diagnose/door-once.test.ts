import { afterEach, expect, test, vi } from 'vitest';

afterEach(() => {
  vi.doUnmock('../../../src/data/points.js');
  vi.doUnmock('../../../src/data/labels.js');
  vi.resetModules();
});

/** How often points and labels are read in one diagnosis. */
async function readsOf(extra: (rows: readonly number[][]) => object) {
  const reads = { points: [] as string[], labels: [] as string[] };
  vi.resetModules();
  vi.doMock('../../../src/data/points.js', async (original) => {
    const real = await original<typeof import('../../../src/data/points.js')>();
    return {
      ...real,
      readPoints: (...given: Parameters<typeof real.readPoints>) => {
        reads.points.push(given[0]);
        return real.readPoints(...given);
      },
    };
  });
  vi.doMock('../../../src/data/labels.js', async (original) => {
    const real = await original<typeof import('../../../src/data/labels.js')>();
    return {
      ...real,
      readLabels: (...given: Parameters<typeof real.readLabels>) => {
        reads.labels.push(given[0]);
        return real.readLabels(...given);
      },
    };
  });
  const { diagnose } = await import('../../../src/diagnose/diagnose.js');
  const { blobs } = await import('./worlds.js');
  const { points, labels } = blobs([30, 25, 20], 3, 3, 1);
  const copied = [...points, ...points.slice(0, 20)].map(([x, y, z]) => [x!, y!, 1000 * z!]);
  const all = [...labels, ...labels.slice(0, 20)];
  diagnose({ points: copied, labels: all, ...extra(copied) } as never, { permutations: 39 });
  return reads;
}

test('points and labels go through the door once', async () => {
  expect(await readsOf(() => ({}))).toEqual({ points: ['diagnose'], labels: ['diagnose'] });
});

test('every table that is given goes through the door once', async () => {
  const reads = await readsOf((rows) => ({
    spaces: { latent: rows.map(([x, y]) => [x! + 1, y!]) },
    heldOut: {
      points: rows.slice(0, 40).map((row) => row.map((v) => v + 0.01)),
      labels: rows.slice(0, 40).map((_, i) => (i < 30 ? 'class 0' : 'class 1')),
      spaces: { latent: rows.slice(0, 40).map(([x, y]) => [x!, y!]) },
    },
    claims: { silhouette: 0.9, daviesBouldin: 0.1, neighborAgreement: 0.5, imbalanceRatio: 2 },
    training: { targets: rows, outputs: rows.map((row) => row.map((v) => v / 2)) },
  }));
  expect(reads.points).toEqual([
    'diagnose',
    'diagnose (training.targets)',
    'diagnose (training.outputs)',
    'diagnose (latent)',
    'diagnose (heldOut)',
    'diagnose (latent)',
  ]);
  expect(reads.labels).toEqual(['diagnose', 'diagnose (heldOut)']);
});
