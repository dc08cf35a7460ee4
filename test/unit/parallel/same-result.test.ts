import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import * as sync from '../../../src/index.js';
import * as parallel from '../../../src/parallel/index.js';
import { bits } from '../../support/bits.js';
import { clusterings } from '../../support/clusterings.js';
import { replaceBuiltin, watchWorkers } from '../../support/worker-spy.js';

vi.mock('../../../src/parallel/least-work.js', () => ({ LEAST_WORK: 0, LEAST_PER_NUMBER: 0 }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

/** A cluster of several chunks between small ones, a singleton, and rows that repeat. */
function sample(d: number, n = 1500) {
  const rng = new Rng(d);
  const labels = Array.from({ length: n }, (_, i) => (i === 7 ? 'alone' : i % 5 < 3 ? 'large' : `c${i % 23}`));
  const rows = labels.map((label) => Array.from({ length: d }, () => rng.normal() + label.length));
  rows[100] = rows[3]!;
  rows[n - 9] = rows[4]!;
  return { rows, labels };
}

const three = sample(3);
const wide = sample(70, 1100);
const some = sample(4, 200);
const weights = three.labels.map((_, i) => 1 + (i % 4));
const manhattan = (a: Float64Array, b: Float64Array) => a.reduce((sum, v, c) => sum + Math.abs(v - b[c]!), 0);

type Points = { readonly rows: number[][]; readonly labels: readonly sync.Label[] };
type Threads = { readonly threads: number };
/** The result, or the error: Canberra's distance of two zeros is undefined. */
const outcome = (act: () => Promise<unknown>): Promise<unknown> => act().catch((error: unknown) => error);

type Twin = (rows: never, labels: never, options: never) => unknown;
const PAIRS: Record<string, readonly [Twin, Twin]> = {
  silhouette: [sync.silhouette, parallel.silhouette],
  neighborAgreement: [sync.neighborAgreement, parallel.neighborAgreement],
  significance: [sync.significance, parallel.significance],
};
const both = (name: string, { rows, labels }: Points, options?: object) => {
  const [here, there] = PAIRS[name]!;
  return {
    here: () => here(rows as never, labels as never, options as never),
    there: async (threads: Threads) => there(rows as never, labels as never, { ...options, ...threads } as never),
  };
};
const matrix = ({ rows }: Points, options?: sync.PairwiseDistancesOptions) => ({
  here: () => bits(sync.pairwiseDistances(rows, options)),
  there: async (threads: Threads) => bits(await parallel.pairwiseDistances(rows, { ...options, ...threads })),
});
const square: Points = {
  ...some,
  rows: some.rows.map((a) => some.rows.map((b) => Math.hypot(...a.map((v, c) => v - b[c]!)))),
};

const CROSSING = {
  'silhouette, euclidean': both('silhouette', three),
  'silhouette, wide rows': both('silhouette', wide),
  'silhouette, manhattan, noise penalised': both('silhouette', three, {
    metric: 'manhattan',
    noiseLabel: 'c4',
    noise: 'penalise',
  }),
  'silhouette, noise as singletons': both('silhouette', three, { noiseLabel: 'large', noise: 'singletons' }),
  'silhouette, sqeuclidean': both('silhouette', sample(2, 2100), { metric: 'sqeuclidean' }),
  'silhouette, correlation': both('silhouette', sample(3, 2100), { metric: 'correlation' }),
  'silhouette, weights': both('silhouette', three, { weights }),
  'silhouette, sampled': both('silhouette', three, { sampleSize: 300, seed: 5 }),
  'silhouette, a distance of ml-distance': both('silhouette', some, { metric: 'lorentzian' }),
  'silhouette, mahalanobis': both('silhouette', three, { metric: 'mahalanobis' }),
  'silhouette, gower, sampled': both('silhouette', three, { metric: 'gower', sampleSize: 300 }),
  'silhouette, minkowski': both('silhouette', some, { metric: { name: 'minkowski', p: 3 } }),
  'neighborAgreement, mahalanobis, noise out': both('neighborAgreement', three, {
    metric: 'mahalanobis',
    noiseLabel: 'large',
  }),
  'significance, seuclidean': both('significance', some, { metric: 'seuclidean', permutations: 9 }),
  'neighborAgreement, euclidean': both('neighborAgreement', three),
  'neighborAgreement, cosine, noise out': both('neighborAgreement', three, { metric: 'cosine', noiseLabel: 'large' }),
  'significance, euclidean': both('significance', some, { permutations: 30, seed: 2 }),
  'significance, correlation': both('significance', some, { metric: 'correlation', permutations: 9 }),
  'pairwiseDistances, euclidean': matrix(some),
  'pairwiseDistances, sqeuclidean far from the origin': matrix(
    { ...some, rows: some.rows.map((row) => row.map((v) => 1e7 + v)) },
    { metric: 'sqeuclidean' },
  ),
  'pairwiseDistances, chebyshev': matrix(sample(9, 300), { metric: 'chebyshev' }),
};

const STAYING = {
  'silhouette, a function': both('silhouette', some, { metric: manhattan }),
  // A function with the name of another metric must not be taken for it.
  'silhouette, a function with a known name': both('silhouette', some, {
    metric: Object.defineProperty((...rows: Parameters<typeof manhattan>) => manhattan(...rows), 'name', {
      value: 'euclidean',
    }),
  }),
  'silhouette, precomputed': both('silhouette', square, { metric: 'precomputed' }),
  'neighborAgreement, precomputed': both('neighborAgreement', square, { metric: 'precomputed' }),
  'significance, a function': both('significance', some, { metric: manhattan, permutations: 5 }),
  'pairwiseDistances, a function': matrix(some, { metric: manhattan }),
};

/** Pages leave all the work to workers. */
const inPage = () => vi.stubGlobal('document', {});

describe('by 1, 2 and 3 threads: the very result of the function of the main entry', () => {
  it.each(Object.entries(CROSSING))('workers only: %s', async (_, { here, there }) => {
    inPage();
    const expected = here();
    for (const threads of [1, 2, 3]) {
      const workers = watchWorkers();
      expect(await there({ threads })).toStrictEqual(expected);
      expect(workers.count()).toBe(threads);
      vi.restoreAllMocks();
    }
  });

  it.each(Object.entries(CROSSING))('with the calling thread: %s', async (_, { here, there }) => {
    const expected = here();
    for (const threads of [1, 2, 3]) {
      const workers = watchWorkers();
      expect(await there({ threads })).toStrictEqual(expected);
      expect(workers.count()).toBe(threads - 1);
      vi.restoreAllMocks();
    }
  });

  it('takes a dataset', async () => {
    const data = sync.dataset(some.rows, some.labels);
    expect(await parallel.silhouette(data, { threads: 2 })).toStrictEqual(sync.silhouette(data));
  });

  it('on small and degenerate input', async () => {
    const metric = fc.constantFrom('euclidean', 'sqeuclidean', 'cosine', 'manhattan', 'canberra' as const);
    await fc.assert(
      fc.asyncProperty(clusterings(), metric, fc.constantFrom(1, 2, 3), async ({ points, labels }, metric, threads) => {
        for (const name of ['silhouette', 'neighborAgreement']) {
          const { here, there } = both(name, { rows: points, labels }, { metric });
          expect(await outcome(() => there({ threads }))).toStrictEqual(await outcome(async () => here()));
        }
      }),
      { numRuns: 12 },
    );
  });
});

describe('on the calling thread: the same result', () => {
  it.each(Object.entries(STAYING))('metrics that cannot cross: %s', async (_, { here, there }) => {
    const workers = watchWorkers();
    expect(await there({ threads: 2 })).toStrictEqual(here());
    expect(workers.count()).toBe(0);
  });

  it.each(Object.entries(CROSSING))('where there are no threads: %s', async (_, { here, there }) => {
    replaceBuiltin(undefined);
    expect(await there({ threads: 2 })).toStrictEqual(here());
  });

  it('where threads are not allowed', async () => {
    inPage();
    const refuse = vi.fn();
    replaceBuiltin({
      Worker: class {
        constructor() {
          refuse();
          throw new Error('not allowed');
        }
      },
    });
    const { here, there } = CROSSING['silhouette, euclidean'];
    expect(await there({ threads: 2 })).toStrictEqual(here());
    expect(refuse).toHaveBeenCalledOnce();
  });

  it('when threads are lost on the way: one of two, or both', async () => {
    inPage();
    for (const lost of [1, 2]) {
      let count = 0;
      const workers = watchWorkers((worker) => {
        if (count++ < lost) worker.once('message', () => void worker.terminate());
      });
      const { here, there } = CROSSING['silhouette, euclidean'];
      expect(await there({ threads: 2 })).toStrictEqual(here());
      expect(workers.count()).toBe(2);
      vi.restoreAllMocks();
    }
  });

  it('on small and degenerate input', async () => {
    replaceBuiltin(undefined);
    await fc.assert(
      fc.asyncProperty(
        clusterings(),
        fc.constantFrom('euclidean', 'correlation', 'chebyshev'),
        async ({ points, labels }, metric) => {
          const options = { metric } as never;
          expect(await parallel.silhouette(points, labels, options)).toStrictEqual(
            sync.silhouette(points, labels, options),
          );
          const few = { metric, permutations: 3 } as never;
          expect(await parallel.significance(points, labels, few)).toStrictEqual(
            sync.significance(points, labels, few),
          );
          expect(await parallel.pairwiseDistances(points, options)).toStrictEqual(
            sync.pairwiseDistances(points, options),
          );
        },
      ),
      { numRuns: 60 },
    );
  });
});
