import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { balancedBatches } from '../../../src/nn/batching/balanced-batches.js';
import type { Sampler } from '../../../src/nn/batching/sampler.js';
import { shuffledBatches } from '../../../src/nn/batching/shuffled-batches.js';
import { countPositives, noPositives, positivesByClass } from '../../../src/nn/training/positive-counts.js';
import { normalTail } from '../../../src/statistics/normal-tail.js';
import { pairAgreement } from '../../../src/studies/positives/pair-agreement.js';
import { positivePairAudit } from '../../../src/studies/positives/positive-pair-audit.js';

/** Labels with the given class sizes. */
function labelsOf(sizes: readonly number[]): string[] {
  return sizes.flatMap((size, c) => Array<string>(size).fill(`c${String(c).padStart(3, '0')}`));
}

/** What really happens over some epochs of a sampler. */
function simulate(labels: readonly string[], sampler: Sampler, epochs: number) {
  let anchors = 0;
  let valid = 0;
  let positives = 0;
  let batches = 0;
  let empty = 0;
  const byClass = new Map<string, { anchors: number; valid: number }>();
  for (let e = 0; e < epochs; e++) {
    for (const batch of sampler.epoch(e)) {
      batches++;
      let any = false;
      for (const i of batch) {
        const found = batch.filter((j) => j !== i && labels[j] === labels[i]).length;
        const own = byClass.get(labels[i]!) ?? { anchors: 0, valid: 0 };
        byClass.set(labels[i]!, own);
        anchors++;
        own.anchors++;
        positives += found;
        if (found === 0) continue;
        valid++;
        own.valid++;
        any = true;
      }
      if (!any) empty++;
    }
  }
  return { withPositive: valid / anchors, positives: positives / anchors, empty: empty / batches, byClass };
}

describe('positivePairAudit', () => {
  test.each([
    { sizes: [9, 6, 4, 2, 1, 1], batchSize: 5, dropLast: false },
    { sizes: [9, 6, 4, 2, 1, 1], batchSize: 5, dropLast: true },
    { sizes: [3, 2, 2, 2, 2, 1, 1, 1, 1, 1], batchSize: 3, dropLast: false },
    { sizes: [2, 2], batchSize: 16, dropLast: false },
  ])(
    'is what shuffled batches give: $sizes in batches of $batchSize, dropLast $dropLast',
    ({ sizes, batchSize, dropLast }) => {
      const labels = labelsOf(sizes);
      const audit = positivePairAudit(labels, { batchSize, dropLast });
      const real = simulate(labels, shuffledBatches(labels, { batchSize, dropLast, seed: 1 }), 6000);
      expect(audit.withPositive).toBeCloseTo(real.withPositive, 2);
      expect(Math.abs(audit.expectedPositives - real.positives)).toBeLessThan(0.02);
      expect(audit.emptyBatches.share).toBeCloseTo(real.empty, 1.9);
      for (const { label, withPositive } of audit.classes) {
        const { anchors, valid } = real.byClass.get(String(label))!;
        expect(Math.abs(withPositive - valid / anchors)).toBeLessThan(0.03);
      }
    },
  );

  test('is what balanced batches give, with the same number of batches', () => {
    const labels = labelsOf([12, 9, 7, 5, 3, 1]);
    const sampler = balancedBatches(labels, { classes: 3, samples: 2, seed: 1 });
    const audit = positivePairAudit(labels, { sampler: 'balanced', classes: 3, samples: 2 });
    const real = simulate(labels, sampler, 50);
    expect(audit).toMatchObject({
      batchSize: 6,
      batchesPerEpoch: sampler.batchesPerEpoch,
      rowsPerEpoch: sampler.rowsPerEpoch,
      withPositive: real.withPositive,
      expectedPositives: real.positives,
      leftOut: 1,
    });
    expect(audit.withPositive).toBe(1);
  });

  test('closed form by hand: two of four rows share a class, batches of two', () => {
    // The partner is one of the three others with probability 1/3; a batch misses with 5/6.
    const audit = positivePairAudit(['a', 'a', 'b', 'c'], { batchSize: 2 });
    expect(audit.classes[0]!.withPositive).toBeCloseTo(1 / 3, 14);
    expect(audit.withPositive).toBeCloseTo(1 / 6, 14);
    expect(audit.emptyBatches.share).toBeCloseTo(5 / 6, 14);
    expect(audit.neverPositive).toBe(2);
  });

  test('probabilities stay in range, and grow with the batch, for any class sizes', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 2, max: 300 }), (counts, batchSize) => {
        const labels = labelsOf(counts);
        const small = positivePairAudit(labels, { batchSize, dropLast: labels.length >= 2 * batchSize });
        for (const value of [
          small.withPositive,
          small.emptyBatches.share,
          ...small.classes.map((of) => of.withPositive),
        ]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
        if (labels.length < 4 * batchSize) return;
        const large = positivePairAudit(labels, { batchSize: 2 * batchSize, dropLast: true });
        expect(large.withPositive).toBeGreaterThanOrEqual(small.withPositive - 1e-12);
        expect(large.emptyBatches.share).toBeLessThanOrEqual(small.emptyBatches.share + 1e-12);
      }),
      { numRuns: 60 },
    );
  });

  test('refuses what no sampler could do', () => {
    expect(() => positivePairAudit(['a', 'b'], { sampler: 'balanced', classes: 2, samples: 2 })).toThrow(/got 0 of 2/);
    expect(() => positivePairAudit(['a', 'b'], { batchSize: 1 })).toThrow(/got 1/);
    expect(() => positivePairAudit(['a', 'b'], { batchSize: 3, dropLast: true })).toThrow(/2 rows and batchSize 3/);
    expect(() => positivePairAudit([])).toThrow(/got 0 labels/);
  });
});

/** What a training record holds after some epochs. */
function counted(labels: readonly string[], sampler: Sampler, epochs: number) {
  const classes = [...new Set(labels)].sort();
  const codes = Int32Array.from(labels, (label) => classes.indexOf(label));
  let counts = noPositives(classes.length);
  for (let e = 0; e < epochs; e++) counts = countPositives(counts, codes, sampler.epoch(e));
  return positivesByClass(classes, counts);
}

describe('counts of a training run beside the expectation', () => {
  const labels = labelsOf([30, 20, 9, 2, 1]);

  test('are shown by class and over all, as shares and means', () => {
    const observed = counted(labels, shuffledBatches(labels, { batchSize: 8, seed: 1 }), 30);
    const audit = positivePairAudit(labels, { batchSize: 8, observed });
    audit.classes.forEach(({ label, size, observed: own, withPositive, expectedPositives }, c) => {
      const of = observed[c]!;
      expect([own!.anchors, label]).toEqual([30 * size, of.label]);
      expect(own!.withPositive).toBe(of.withPositive / of.anchors);
      expect(own!.positives).toBe(of.positives / of.anchors);
      expect(Math.abs(own!.withPositive! - withPositive)).toBeLessThan(0.12);
      expect(Math.abs(own!.positives! - expectedPositives)).toBeLessThan(0.25);
    });
    const sum = (key: 'anchors' | 'withPositive' | 'positives') => observed.reduce((all, of) => all + of[key], 0);
    expect(audit.observed).toMatchObject({
      epochs: 30,
      anchors: sum('anchors'),
      withPositive: sum('withPositive') / sum('anchors'),
      positives: sum('positives') / sum('anchors'),
    });
    expect(positivePairAudit(labels, { batchSize: 8 }).observed).toBeNull();
    expect(positivePairAudit(labels, { batchSize: 8, observed: null }).classes[0]!.observed).toBeNull();
  });

  test('by hand: a class of two that met twice in three epochs of batches of two of four rows', () => {
    const three = { n: 4, kinds: [{ size: 2, count: 2 }], epochs: 3 };
    // Binomial with 3 trials of 1/3: P(X >= 2) = 7/27, P(X <= 0) = 8/27, P(X >= 3) = 1/27.
    expect(pairAgreement([2], three, 2)).toBeCloseTo(14 / 27, 12);
    expect(pairAgreement([2], three, 0)).toBeCloseTo(16 / 27, 12);
    expect(pairAgreement([2], three, 3)).toBeCloseTo(2 / 27, 12);
    expect(pairAgreement([2], three, 1)).toBe(1);
    expect(pairAgreement([1, 1], three, 0)).toBe(1);
  });

  test('of two batches: mean and variance are those over all ways to divide the class', () => {
    // X of the m rows fall into the first of two batches of 10: hypergeometric, and C(X, 2) + C(m - X, 2) meet.
    const choose = (of: number, some: number) => {
      let ways = 1;
      for (let j = 0; j < some; j++) ways *= (of - j) / (j + 1);
      return some > of ? 0 : ways;
    };
    const m = 8;
    let mean = 0;
    let square = 0;
    for (let x = 0; x <= m; x++) {
      const share = (choose(m, x) * choose(20 - m, 10 - x)) / choose(20, 10);
      const meetings = choose(x, 2) + choose(m - x, 2);
      mean += share * meetings;
      square += share * meetings ** 2;
    }
    const sd = Math.sqrt(12 * (square - mean ** 2));
    const p = pairAgreement([m], { n: 20, kinds: [{ size: 10, count: 2 }], epochs: 12 }, 170);
    expect(p).toBeCloseTo(2 * normalTail((170 - 0.5 - 12 * mean) / sd), 12);
    expect(p).toBeGreaterThan(0.01);
  });

  test('one batch of all rows leaves nothing to chance', () => {
    const whole = { n: 50, kinds: [{ size: 50, count: 1 }], epochs: 2 };
    expect(pairAgreement([30, 20], whole, 2 * (435 + 190))).toBe(1);
    expect(pairAgreement([30, 20], whole, 2 * (435 + 190) - 2)).toBe(0);
  });

  /** Sizes, batch size, epochs, dropLast: meetings are many, few, or tied together by large batches. */
  const designs: [number[], number, number, boolean][] = [
    [[9, 6, 4, 2, 1, 1], 5, 3, false],
    [[9, 6, 4, 2, 1, 1], 5, 40, true],
    [[40, 30, 20, 10], 16, 4, true],
    [[6, 6, 6], 9, 2, false],
    [[10, 10], 10, 4, false],
  ];

  test.each(designs)(
    'of class sizes %j in batches of %i over %i epochs (dropLast %s): p keeps its level',
    (...design) => {
      const [sizes, batchSize, epochs, dropLast] = design;
      const rows = labelsOf(sizes);
      const runs = 2000;
      const below = new Map<string, number>();
      const ps: number[] = [];
      for (let seed = 0; seed < runs; seed++) {
        const observed = counted(rows, shuffledBatches(rows, { batchSize, dropLast, seed }), epochs);
        const audit = positivePairAudit(rows, { batchSize, dropLast, observed });
        ps.push(audit.observed!.p);
        for (const { label, observed: own } of audit.classes)
          if (own!.p <= 0.05) below.set(String(label), (below.get(String(label)) ?? 0) + 1);
      }
      // 0.05 and three standard errors over the runs.
      const most = 0.05 + 3 * Math.sqrt((0.05 * 0.95) / runs);
      for (const found of below.values()) expect(found / runs).toBeLessThan(most);
      expect(ps.filter((p) => p <= 0.05).length / runs).toBeLessThan(most);
      // Not by never speaking: the lower half of the p of all classes is there.
      expect(ps.filter((p) => p <= 0.5).length / runs).toBeGreaterThan(0.3);
    },
  );

  test('of other batches, or batches that keep classes together, do not agree', () => {
    const small = counted(labels, shuffledBatches(labels, { batchSize: 7, seed: 1 }), 30);
    expect(positivePairAudit(labels, { batchSize: 8, observed: small }).observed!.p).toBeLessThan(1e-6);
    const sorted: Sampler = {
      ...shuffledBatches(labels, { batchSize: 8 }),
      epoch: () => Array.from({ length: 8 }, (_, b) => Int32Array.from(labels.keys()).slice(8 * b, 8 * b + 8)),
    };
    const audit = positivePairAudit(labels, { batchSize: 8, observed: counted(labels, sorted, 3) });
    expect(audit.observed!.p).toBeLessThan(1e-6);
    expect(audit.classes[0]!.observed!.p).toBeLessThan(1e-6);
    expect(audit.classes[4]!.observed!.p).toBe(1);
  });

  test('of balanced batches are exact: p is 1, and 0 for any other number', () => {
    const sampler = balancedBatches(labels, { classes: 2, samples: 3, seed: 1 });
    const observed = counted(labels, sampler, 5);
    const options = { sampler: 'balanced', classes: 2, samples: 3 } as const;
    const audit = positivePairAudit(labels, { ...options, observed });
    expect(audit.observed).toMatchObject({ epochs: 5, withPositive: 1, positives: 2, p: 1 });
    expect(audit.classes[4]!.observed).toEqual({ anchors: 0, withPositive: null, positives: null, p: 1 });
    const fewer = observed.map((of, c) => (c === 0 ? { ...of, positives: of.positives - 2 } : of));
    const off = positivePairAudit(labels, { ...options, observed: fewer });
    expect([off.observed!.p, ...off.classes.map(({ observed: own }) => own!.p)]).toEqual([0, 0, 1, 1, 1, 1]);
  });

  test('take text for the number that it spells, unless two labels are spelt alike', () => {
    const count = (label: string | number, anchors: number) => ({ label, anchors, withPositive: 0, positives: 0 });
    const read = (observed: ReturnType<typeof count>[], values: (string | number)[]) =>
      positivePairAudit(values, { batchSize: 2, observed }).classes.map(({ label, observed: own }) => [
        label,
        own!.anchors,
      ]);
    expect(read([count('2', 2), count('10', 4)], [10, 10, 2])).toEqual([
      [2, 2],
      [10, 4],
    ]);
    expect(read([count('2', 2), count(2, 4)], [2, 2, '2'])).toEqual([
      [2, 4],
      ['2', 2],
    ]);
  });

  test('that are of other labels or batches are refused, with the numbers', () => {
    const good = counted(labels, shuffledBatches(labels, { batchSize: 8, seed: 1 }), 2);
    const tried = (observed: unknown) => () => positivePairAudit(labels, { batchSize: 8, observed: observed as never });
    expect(tried(good.slice(1))).toThrow(/got no counts, or more than one, of the class "c000"/);
    expect(tried([...good.slice(1), good[1]])).toThrow(/of the class "c000"/);
    expect(tried([...good, { ...good[0], label: 'other' }])).toThrow(/of the class "c000"/);
    expect(tried(good.map((of) => ({ ...of, anchors: of.anchors + 1 })))).toThrow(/got 129 anchors, where .* has 62/);
    expect(tried(good.map((of) => ({ ...of, anchors: 0, withPositive: 0 })))).toThrow(/got 0 anchors/);
    const moved = good.map((of, c) => ({ ...of, anchors: of.anchors + [-2, 2, 0, 0, 0][c]!, withPositive: 0 }));
    expect(tried(moved)).toThrow(/got 42 anchors of the class "c001", which has 20 rows in an epoch/);
    const twice = labelsOf([7, 7, 6]);
    const balancedCounts = counted(twice, balancedBatches(twice, { classes: 2, samples: 3 }), 1).map((of, c) => ({
      ...of,
      anchors: of.anchors + [1, -1, 0][c]!,
      withPositive: 0,
    }));
    expect(() =>
      positivePairAudit(twice, { sampler: 'balanced', classes: 2, samples: 3, observed: balancedCounts }),
    ).toThrow(/got 7 anchors of the class "c000", which has 6 rows in an epoch/);
    expect(tried('counts')).toThrow(/observed must be an array of counts by class/);
    expect(tried([3])).toThrow(/observed\[0\] must be \{ label/);
    expect(tried([{ ...good[0], withPositive: 61 }])).toThrow(/withPositive must be an integer with .* <= 60, got 61/);
    expect(tried([{ ...good[0], positives: -1 }])).toThrow(/positives .* got -1/);
  });
});
