import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import { dataset, type InternalMetric, internalMetrics, silhouette } from '../../src/index.js';
import { iris } from '../support/fixture.js';
import { near } from '../support/near.js';

interface Sample {
  readonly points: number[][];
  readonly labels: number[];
}

/** Normal rows, no singletons, no equal distances. */
const samples: fc.Arbitrary<Sample> = fc
  .record({
    seed: fc.nat(),
    sizes: fc.array(fc.integer({ min: 3, max: 12 }), { minLength: 2, maxLength: 5 }),
    d: fc.integer({ min: 2, max: 6 }),
  })
  .map(({ seed, sizes, d }) => {
    const rng = new Rng(seed);
    const centres = sizes.map(() => Array.from({ length: d }, () => 2 * rng.normal()));
    const labels = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
    return { points: labels.map((c) => centres[c]!.map((value) => value + rng.normal())), labels };
  });

const runs = { numRuns: 25 };
const score = (metric: InternalMetric, { points, labels }: Sample) => metric.score(dataset(points, labels));

/** Turns by a random orthogonal matrix: a product of reflections. */
function rotate(points: number[][], rng: Rng): number[][] {
  const d = points[0]!.length;
  let rows = points;
  for (let t = 0; t < d; t++) {
    const v = Array.from({ length: d }, () => rng.normal());
    const square = v.reduce((sum, value) => sum + value * value, 0);
    rows = rows.map((row) => {
      const along = (2 * row.reduce((sum, value, c) => sum + value * v[c]!, 0)) / square;
      return row.map((value, c) => value - along * v[c]!);
    });
  }
  return rows;
}

const changes: Readonly<Record<string, { tolerance: number; of: (sample: Sample, seed: number) => Sample }>> = {
  'labels are renamed': {
    tolerance: 1e-12,
    of: ({ points, labels }) => ({ points, labels: labels.map((label) => 17 - 3 * label) }),
  },
  'rows are permuted': {
    tolerance: 1e-12,
    of: ({ points, labels }, seed) => {
      const order = new Rng(seed).shuffle(labels.map((_, i) => i));
      return { points: order.map((i) => points[i]!), labels: order.map((i) => labels[i]!) };
    },
  },
  'columns are permuted': {
    tolerance: 1e-10,
    of: ({ points, labels }, seed) => {
      const order = new Rng(seed).shuffle(points[0]!.map((_, c) => c));
      return { points: points.map((row) => order.map((c) => row[c]!)), labels };
    },
  },
  'rows are moved by 1e7 (the input loses 8 digits, the score no more)': {
    tolerance: 1e-6,
    of: ({ points, labels }) => ({ points: points.map((row) => row.map((value) => value + 1e7)), labels }),
  },
  'rows are turned': {
    tolerance: 1e-9,
    of: ({ points, labels }, seed) => ({ points: rotate(points, new Rng(seed)), labels }),
  },
  'rows are scaled by 1e-9': {
    tolerance: 1e-10,
    of: ({ points, labels }) => ({ points: points.map((row) => row.map((value) => value * 1e-9)), labels }),
  },
  'rows are scaled by 1e9': {
    tolerance: 1e-10,
    of: ({ points, labels }) => ({ points: points.map((row) => row.map((value) => value * 1e9)), labels }),
  },
  'rows are scaled by 2^-400': {
    tolerance: 0,
    of: ({ points, labels }) => ({ points: points.map((row) => row.map((value) => value * 2 ** -400)), labels }),
  },
};

describe.each(internalMetrics)('$name does not change when', (metric) => {
  it.each(Object.entries(changes))('%s', (_, { tolerance, of }) => {
    fc.assert(
      fc.property(samples, fc.nat(), (sample, seed) => {
        near(score(metric, of(sample, seed)), score(metric, sample), tolerance);
      }),
      runs,
    );
  });
});

describe.each(internalMetrics)('$name', (metric) => {
  it(`${metric.duplication === 'same' ? 'does not change' : 'changes'} when every row is written twice`, () => {
    let changed = 0;
    fc.assert(
      fc.property(samples, (sample) => {
        const twice = {
          points: [...sample.points, ...sample.points],
          labels: [...sample.labels, ...sample.labels],
        };
        if (metric.duplication === 'same') near(score(metric, twice), score(metric, sample), 1e-10);
        else if (Math.abs(score(metric, twice) - score(metric, sample)) > 1e-6) changed++;
      }),
      runs,
    );
    if (metric.duplication === 'changes') expect(changed).toBeGreaterThan(0);
  });

  it('stays in its range', () => {
    fc.assert(
      fc.property(samples, fc.nat(), ({ points, labels }, seed) => {
        const dealt = new Rng(seed).shuffle(labels.slice());
        for (const value of [score(metric, { points, labels }), score(metric, { points, labels: dealt })]) {
          expect(value).toBeGreaterThanOrEqual(metric.range[0]);
          expect(value).toBeLessThanOrEqual(metric.range[1]);
        }
      }),
      runs,
    );
  });

  it(`is ${metric.direction} for clusters that are apart than for the same labels dealt at random`, () => {
    const rng = new Rng(1);
    const labels = [0, 1, 2].flatMap((c) => new Array<number>(20).fill(c));
    const points = labels.map((c) => [8 * c + rng.normal(), rng.normal()]);
    const apart = score(metric, { points, labels });
    const dealt = score(metric, { points, labels: rng.shuffle(labels.slice()) });
    if (metric.direction === 'higher') expect(apart).toBeGreaterThan(dealt);
    else expect(apart).toBeLessThan(dealt);
  });

  it('gives the same bits twice', () => {
    expect(metric.score(dataset(iris.points, iris.labels))).toBe(metric.score(dataset(iris.points, iris.labels)));
  });
});

describe('the registry', () => {
  it('holds every index that src/index.ts exports from src/metrics/internal', () => {
    // One reads many labelings, each through these indices; the other takes memberships and no labels.
    const noIndex = ['kSelection', 'softSilhouette'];
    const source = readFileSync(new URL('../../src/index.ts', import.meta.url), 'utf8');
    const exported: string[] = [];
    for (const [, names] of source.matchAll(/export \{([^}]*)\} from '\.\/metrics\/internal\/[^']+'/g)) {
      for (const name of names!.split(',').map((part) => part.trim())) {
        if (name !== '' && !name.startsWith('type ') && !noIndex.includes(name)) exported.push(name);
      }
    }
    expect(exported.length).toBeGreaterThanOrEqual(9);
    expect(internalMetrics.map(({ name }) => name).sort()).toEqual(exported.sort());
  });
});

describe('every index', () => {
  const texts = (folder: string) => {
    const at = new URL(`../${folder}/`, import.meta.url);
    return readdirSync(at)
      .filter((name) => name.endsWith('.test.ts'))
      .map((name) => readFileSync(new URL(name, at), 'utf8'))
      .join('\n');
  };
  const missing = (text: string) =>
    internalMetrics.map(({ name }) => name).filter((name) => !new RegExp(`\\b${name}\\b`).test(text));

  it('is held equal to a naive twin', () => {
    expect(missing(texts('naive'))).toEqual([]);
  });

  it('stands in the changelog', () => {
    expect(missing(readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8'))).toEqual([]);
  });
});

describe('iris far from the origin', () => {
  it('moved by 1e7 it still scores 0.5035, to 1e-6 (scikit-learn: 0.4988)', () => {
    const far = iris.points.map((row) => row.map((value) => value + 1e7));
    near(silhouette(far, iris.labels).score, 0.503477440693296, 1e-6);
    near(silhouette(far, iris.labels, { metric: 'sqeuclidean' }).score, 0.6566670178786607, 1e-6);
  });
});
