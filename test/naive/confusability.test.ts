import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adjustForDiscoveries, confusability } from '../../src/index.js';
import { clusterings } from '../support/clusterings.js';
import { near } from '../support/near.js';
import { naiveDistances, naiveMatrix } from './distance.js';

/** P(X >= count), from the distribution after each trial. */
function tail(count: number, trials: number, probability: number): number {
  const chance = new Float64Array(trials + 1);
  chance[0] = 1;
  for (let t = 1; t <= trials; t++) {
    for (let x = t; x > 0; x--) chance[x] = chance[x]! * (1 - probability) + chance[x - 1]! * probability;
    chance[0]! *= 1 - probability;
  }
  return chance.subarray(count).reduce((sum, value) => sum + value, 0);
}

/** Chance that row j is drawn as one of the k nearest of row i when lots decide among equal distances. */
function drawn(distances: readonly (readonly number[])[], k: number): number[][] {
  return distances.map((row, i) => {
    const others = [...row.keys()].filter((j) => j !== i);
    return row.map((distance, j) => {
      if (j === i) return 0;
      const nearer = others.filter((other) => row[other]! < distance).length;
      const tied = others.filter((other) => row[other] === distance).length;
      return Math.max(0, Math.min(1, (k - nearer) / tied));
    });
  });
}

describe('confusability equals its definition', () => {
  // Whole numbers, so that equal distances are equal to the bit.
  it.each([1, 2])('pairs of classes, rivals and merge candidates, %s neighbours', (k) => {
    let merged = 0;
    fc.assert(
      fc.property(clusterings(['few integers']), ({ points, labels }) => {
        const n = points.length;
        const classes = Math.max(...labels) + 1;
        const sizes = Array.from({ length: classes }, (_, c) => labels.filter((label) => label === c).length);
        const chance = drawn(naiveMatrix(points, naiveDistances.manhattan), k);
        const counts = sizes.map(() => sizes.map(() => 0));
        chance.forEach((row, i) => {
          row.forEach((share, j) => {
            counts[labels[i]!]![labels[j]!]! += share;
          });
        });
        const found = confusability(points, labels, { neighbors: k, metric: 'manhattan', alpha: 0.5 });
        for (const { from, to, count, expected } of found.pairs) {
          const [a, b] = [from as number, to as number];
          near(count, counts[a]![b]!, 1e-12);
          const outside = counts[a]!.reduce((sum, value, c) => sum + (c === a ? 0 : value), 0);
          const by = a === b ? (k * sizes[a]! * (sizes[a]! - 1)) / (n - 1) : (outside * sizes[b]!) / (n - sizes[a]!);
          near(expected, by, 1e-12);
        }
        expect(found.pairs.length).toBe(counts.flat().filter((count) => count > 0).length);
        found.classes.forEach(({ rival, rivalShare }, c) => {
          const others = counts[c]!.map((count, b) => (b === c ? -1 : count));
          const most = Math.max(...others);
          // The first with the most, but for rounding of shares.
          expect(rival).toBe(most > 0 ? others.findIndex((count) => count > most - 1e-9) : null);
          near(rivalShare, Math.max(0, most) / (k * sizes[c]!), 1e-12);
        });
        // Two rows are joined when one draws the other, or both do; a mutual join belongs to both classes by half.
        const joined = (i: number, j: number) => 1 - (1 - chance[i]![j]!) * (1 - chance[j]![i]!);
        const pairs = labels.flatMap((_, j) => labels.slice(0, j).map((__, i) => ({ i, j, join: joined(i, j) })));
        const own = sizes.map(() => 0);
        for (const { i, j } of pairs) {
          if (labels[i] === labels[j]) continue;
          const both = chance[i]![j]! * chance[j]![i]!;
          own[labels[i]!]! += chance[i]![j]! - both / 2;
          own[labels[j]!]! += chance[j]![i]! - both / 2;
        }
        const tests: { labels: [number, number]; count: number; trials: number; expected: number }[] = [];
        for (let a = 0; a < classes; a++) {
          for (let b = a + 1; b < classes; b++) {
            const count = pairs
              .filter(({ i, j }) => Math.min(labels[i]!, labels[j]!) === a && Math.max(labels[i]!, labels[j]!) === b)
              .reduce((sum, { join }) => sum + join, 0);
            const expected = (own[a]! * sizes[b]!) / (n - sizes[a]!) + (own[b]! * sizes[a]!) / (n - sizes[b]!);
            tests.push({ labels: [a, b], count, trials: Math.ceil(own[a]! + own[b]! - 1e-9), expected });
          }
        }
        near(
          found.confusions,
          tests.reduce((sum, { count }) => sum + count, 0),
          1e-12,
        );
        near(found.mostConfused?.count ?? 0, Math.max(...tests.map(({ count }) => count)), 1e-12);
        const p = tests.map(({ count, trials, expected }) =>
          trials === 0 ? 1 : tail(Math.floor(count + 1e-9), trials, expected / trials),
        );
        // Tarone: K is the least number such that at most K pairs can reach alpha / K with all their confusions.
        const least = tests.map(({ trials, expected }) => (trials === 0 ? 1 : (expected / trials) ** trials));
        const reach = (number: number) => least.map((value) => value <= (0.5 / number) * (1 + 1e-12));
        let number = 1;
        while (reach(number).filter(Boolean).length > number) number++;
        const within = [...reach(number).keys()].filter((at) => reach(number)[at]);
        const among = adjustForDiscoveries(within.map((at) => Math.min(1, p[at]!)));
        const q = tests.map((_, at) => (within.includes(at) ? among[within.indexOf(at)]! : 1));
        const { mergeCandidates, mostConfused } = found;
        for (const candidate of mostConfused === null ? [] : [mostConfused, ...mergeCandidates]) {
          const at = tests.findIndex(({ labels: pair }) => pair.join() === candidate.labels.join());
          near(candidate.count, tests[at]!.count, 1e-12);
          near(candidate.expected, tests[at]!.expected, 1e-12);
          near(candidate.p, p[at]!, 1e-10, 0);
          near(candidate.q, q[at]!, 1e-10, 0);
          merged++;
        }
        const chosen = tests.filter(({ count }, at) => count > 0 && q[at]! <= 0.5 - 1e-9).length;
        expect(found.mergeCandidates.length).toBeGreaterThanOrEqual(chosen);
      }),
      { numRuns: 150 },
    );
    expect(merged).toBeGreaterThan(5);
  });
});
