import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import * as index from '../../src/index.js';

const {
  adjustedMutualInformation,
  adjustedRandIndex,
  bCubed,
  fowlkesMallows,
  matchingAccuracy,
  mutualInformation,
  normalizedMutualInformation,
  pairConfusion,
  purity,
  randIndex,
  variationOfInformation,
  vMeasure,
} = index;

type Codes = readonly number[];
type Flow = 'symmetric' | 'asymmetric';

/** Every number that an external index gives, with what is known of it. */
const SCORES: Readonly<
  Record<
    string,
    {
      readonly of: (a: Codes, b: Codes) => number;
      readonly flow: Flow;
      readonly low: number;
      readonly high: number;
      /** The value for the same partition; none where it depends on it. */
      readonly same?: number;
      /** Unchanged when every row is written twice. */
      readonly duplication: boolean;
    }
  >
> = {
  adjustedRandIndex: {
    of: adjustedRandIndex,
    flow: 'symmetric',
    low: -0.5,
    high: 1,
    same: 1,
    duplication: false,
  },
  randIndex: { of: randIndex, flow: 'symmetric', low: 0, high: 1, same: 1, duplication: false },
  fowlkesMallows: { of: fowlkesMallows, flow: 'symmetric', low: 0, high: 1, duplication: false },
  mutualInformation: {
    of: mutualInformation,
    flow: 'symmetric',
    low: 0,
    high: Number.POSITIVE_INFINITY,
    duplication: true,
  },
  variationOfInformation: {
    of: variationOfInformation,
    flow: 'symmetric',
    low: 0,
    high: Number.POSITIVE_INFINITY,
    same: 0,
    duplication: true,
  },
  purity: { of: purity, flow: 'asymmetric', low: 0, high: 1, same: 1, duplication: true },
  matchingAccuracy: { of: matchingAccuracy, flow: 'symmetric', low: 0, high: 1, same: 1, duplication: true },
  homogeneity: {
    of: (a, b) => vMeasure(a, b).homogeneity,
    flow: 'asymmetric',
    low: 0,
    high: 1,
    same: 1,
    duplication: true,
  },
  completeness: {
    of: (a, b) => vMeasure(a, b).completeness,
    flow: 'asymmetric',
    low: 0,
    high: 1,
    same: 1,
    duplication: true,
  },
  vMeasure: { of: (a, b) => vMeasure(a, b).vMeasure, flow: 'symmetric', low: 0, high: 1, same: 1, duplication: true },
  bCubedPrecision: {
    of: (a, b) => bCubed(a, b).precision,
    flow: 'asymmetric',
    low: 0,
    high: 1,
    same: 1,
    duplication: true,
  },
  bCubedRecall: { of: (a, b) => bCubed(a, b).recall, flow: 'asymmetric', low: 0, high: 1, same: 1, duplication: true },
  bCubedF: { of: (a, b) => bCubed(a, b).f, flow: 'symmetric', low: 0, high: 1, same: 1, duplication: true },
  ...Object.fromEntries(
    (['arithmetic', 'geometric', 'min', 'max'] as const).flatMap((average) => [
      [
        `normalizedMutualInformation ${average}`,
        {
          of: (a: Codes, b: Codes) => normalizedMutualInformation(a, b, { average }),
          flow: 'symmetric',
          low: 0,
          high: 1,
          same: 1,
          duplication: true,
        },
      ],
      [
        `adjustedMutualInformation ${average}`,
        {
          of: (a: Codes, b: Codes) => adjustedMutualInformation(a, b, { average }),
          flow: 'symmetric',
          low: Number.NEGATIVE_INFINITY,
          high: 1,
          same: 1,
          duplication: false,
        },
      ],
    ]),
  ),
};

const pairOfLabelings = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }))
  .chain(([n, k, m]) =>
    fc.tuple(
      fc.array(fc.nat(k - 1), { minLength: n, maxLength: n }),
      fc.array(fc.nat(m - 1), { minLength: n, maxLength: n }),
      fc.nat(),
    ),
  );

function close(actual: number, expected: number): void {
  expect(Math.abs(actual - expected), `${actual} against ${expected}`).toBeLessThanOrEqual(
    1e-11 * Math.max(1, Math.abs(expected)),
  );
}

describe.each(Object.entries(SCORES))('%s', (_, { of, flow, low, high, same, duplication }) => {
  it('keeps its bounds and is never NaN', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a, b]) => {
        const score = of(a, b);
        expect(score).toBeGreaterThanOrEqual(low);
        expect(score).toBeLessThanOrEqual(high);
      }),
    );
  });

  it('does not change, to the bit, with the order of the rows', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a, b, seed]) => {
        const order = new Rng(seed).shuffle(a.map((_, i) => i));
        expect(
          of(
            order.map((i) => a[i]!),
            order.map((i) => b[i]!),
          ),
        ).toBe(of(a, b));
      }),
    );
  });

  it('does not change with the names of the labels', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a, b]) => {
        const names = ['x', 'y', true, -3.5, 'warm', '', false, 1e9, 'z', 'q', '0', 7];
        const renamed = a.map((v) => names[v]!) as unknown as Codes;
        close(
          of(
            renamed,
            b.map((v) => 100 - 3 * v),
          ),
          of(a, b),
        );
      }),
    );
  });

  it.runIf(flow === 'symmetric')('is symmetric', () => {
    fc.assert(fc.property(pairOfLabelings, ([a, b]) => close(of(b, a), of(a, b))));
  });

  it.runIf(flow === 'asymmetric')('is not symmetric', () => {
    const a = [0, 0, 0, 0, 1, 1];
    const b = [0, 1, 2, 3, 4, 5];
    expect(Math.abs(of(a, b) - of(b, a))).toBeGreaterThan(0.3);
  });

  it.runIf(same !== undefined)('has its best value, to the bit, for the same partition', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a]) => {
        expect(
          of(
            a,
            a.map((v) => -v),
          ),
        ).toBe(same);
      }),
    );
  });

  it('duplication of every row', () => {
    if (duplication)
      fc.assert(fc.property(pairOfLabelings, ([a, b]) => close(of([...a, ...a], [...b, ...b]), of(a, b))));
    else {
      const a = [0, 0, 1, 1, 2];
      const b = [0, 1, 1, 2, 2];
      expect(Math.abs(of([...a, ...a], [...b, ...b]) - of(a, b))).toBeGreaterThan(0.01);
    }
  });
});

describe('against naive twins', () => {
  it('pair indices and BCubed: every pair of rows visited', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a, b]) => {
        const n = a.length;
        const confusion = [
          [0, 0],
          [0, 0],
        ];
        let precision = 0;
        let recall = 0;
        for (let i = 0; i < n; i++) {
          let inClass = 0;
          let inCluster = 0;
          let inBoth = 0;
          for (let j = 0; j < n; j++) {
            const sameClass = a[i] === a[j] ? 1 : 0;
            const sameCluster = b[i] === b[j] ? 1 : 0;
            if (i !== j) confusion[sameClass]![sameCluster]!++;
            inClass += sameClass;
            inCluster += sameCluster;
            inBoth += sameClass * sameCluster;
          }
          precision += inBoth / inCluster / n;
          recall += inBoth / inClass / n;
        }
        const [[tn, fp], [fn, tp]] = confusion as [[number, number], [number, number]];
        expect(pairConfusion(a, b)).toEqual(confusion);
        close(randIndex(a, b), n === 1 ? 1 : (tp + tn) / (n * (n - 1)));
        close(fowlkesMallows(a, b), tp === 0 ? 0 : tp / Math.sqrt((tp + fp) * (tp + fn)));
        // Hubert and Arabie: (index - expected) / (maximum - expected), in pairs.
        const index = tp;
        const expected = n === 1 ? 0 : ((tp + fn) * (tp + fp)) / (n * (n - 1));
        const maximum = (tp + fn + tp + fp) / 2;
        close(adjustedRandIndex(a, b), fp + fn === 0 ? 1 : (index - expected) / (maximum - expected));
        close(bCubed(a, b).precision, precision);
        close(bCubed(a, b).recall, recall);
      }),
    );
  });

  it('information: sums over the full table', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a, b]) => {
        const n = a.length;
        const share = (test: (i: number) => boolean) => a.filter((_, i) => test(i)).length / n;
        const plogp = (p: number) => (p > 0 ? -p * Math.log(p) : 0);
        const classes = [...new Set(a)];
        const clusters = [...new Set(b)];
        const h = (codes: Codes, values: Codes) =>
          values.reduce((sum, v) => sum + plogp(share((i) => codes[i] === v)), 0);
        let joint = 0;
        for (const x of classes) for (const y of clusters) joint += plogp(share((i) => a[i] === x && b[i] === y));
        const mutual = h(a, classes) + h(b, clusters) - joint;
        close(mutualInformation(a, b), mutual);
        close(variationOfInformation(a, b), 2 * joint - h(a, classes) - h(b, clusters));
        if (classes.length > 1) close(vMeasure(a, b).homogeneity, mutual / h(a, classes));
        if (clusters.length > 1) close(vMeasure(a, b).completeness, mutual / h(b, clusters));
      }),
    );
  });

  it('matching accuracy: every matching tried', () => {
    const small = fc
      .tuple(fc.integer({ min: 1, max: 24 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 }))
      .chain(([n, k, m]) =>
        fc.tuple(
          fc.array(fc.nat(k - 1), { minLength: n, maxLength: n }),
          fc.array(fc.nat(m - 1), { minLength: n, maxLength: n }),
        ),
      );
    fc.assert(
      fc.property(small, ([a, b]) => {
        const table = Array.from({ length: 6 }, () => new Array<number>(6).fill(0));
        a.forEach((v, i) => {
          table[v]![b[i]!]!++;
        });
        const best = (row: number, used: number): number => {
          if (row === 6) return 0;
          let most = 0;
          for (let j = 0; j < 6; j++) {
            if ((used & (1 << j)) === 0) most = Math.max(most, table[row]![j]! + best(row + 1, used | (1 << j)));
          }
          return most;
        };
        expect(matchingAccuracy(a, b)).toBe(best(0, 0) / a.length);
      }),
      { numRuns: 300 },
    );
  });

  it('AMI: the mean of MI over all orders of six rows', () => {
    const orders = (items: Codes): Codes[] =>
      items.length < 2
        ? [items]
        : items.flatMap((v, i) => orders([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [v, ...rest]));
    const all = orders([0, 1, 2, 3, 4, 5]);
    for (const [a, b] of [
      [
        [0, 0, 1, 1, 2, 2],
        [0, 0, 0, 1, 1, 1],
      ],
      [
        [0, 0, 0, 0, 0, 1],
        [0, 1, 1, 1, 2, 2],
      ],
      [
        [0, 1, 2, 3, 4, 4],
        [0, 0, 0, 1, 2, 3],
      ],
    ] as const) {
      let mean = 0;
      for (const order of all) {
        mean +=
          mutualInformation(
            a,
            order.map((i) => b[i]!),
          ) / all.length;
      }
      const half = (mutualInformation(a, a) + mutualInformation(b, b)) / 2;
      close(adjustedMutualInformation(a, b), (mutualInformation(a, b) - mean) / (half - mean));
    }
  });
});

describe('relations', () => {
  it('matching accuracy is at most purity, and exceeds it never when swapped', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a, b]) => {
        expect(matchingAccuracy(a, b)).toBeLessThanOrEqual(Math.min(purity(a, b), purity(b, a)));
      }),
    );
  });

  it('variation of information keeps the triangle inequality', () => {
    const three = fc.integer({ min: 1, max: 20 }).chain((n) => {
      const labeling = fc.array(fc.nat(5), { minLength: n, maxLength: n });
      return fc.tuple(labeling, labeling, labeling);
    });
    fc.assert(
      fc.property(three, ([a, b, c]) => {
        const detour = variationOfInformation(a, b) + variationOfInformation(b, c);
        expect(variationOfInformation(a, c)).toBeLessThanOrEqual(detour * (1 + 1e-13));
      }),
    );
  });

  it('mutual information is at most the smaller entropy, which is the information a labeling has of itself', () => {
    fc.assert(
      fc.property(pairOfLabelings, ([a, b]) => {
        const bound = Math.min(mutualInformation(a, a), mutualInformation(b, b));
        expect(mutualInformation(a, b)).toBeLessThanOrEqual(bound * (1 + 1e-13));
      }),
    );
  });
});
