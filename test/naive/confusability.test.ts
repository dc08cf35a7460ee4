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

/** The nearest other rows of each row, the first on ties. */
function neighborsOf(points: readonly (readonly number[])[], k: number): number[][] {
  return naiveMatrix(points, naiveDistances.manhattan).map((row, i) =>
    [...row.keys()]
      .filter((j) => j !== i)
      .sort((a, b) => row[a]! - row[b]! || a - b)
      .slice(0, k),
  );
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
        const neighbors = neighborsOf(points, k);
        const counts = sizes.map(() => sizes.map(() => 0));
        neighbors.forEach((list, i) => {
          for (const j of list) counts[labels[i]!]![labels[j]!]!++;
        });
        const found = confusability(points, labels, { k, metric: 'manhattan', alpha: 0.5 });
        for (const { from, to, count, expected } of found.pairs) {
          const [a, b] = [from as number, to as number];
          expect(count).toBe(counts[a]![b]);
          near(expected, (k * sizes[a]! * (a === b ? sizes[b]! - 1 : sizes[b]!)) / (n - 1), 1e-13);
        }
        expect(found.pairs.length).toBe(counts.flat().filter((count) => count > 0).length);
        found.classes.forEach(({ rival, rivalShare }, c) => {
          const others = counts[c]!.map((count, b) => (b === c ? -1 : count));
          const most = Math.max(...others);
          expect(rival).toBe(most > 0 ? others.indexOf(most) : null);
          near(rivalShare, Math.max(0, most) / (k * sizes[c]!), 1e-15);
        });
        // Each pair of neighbouring rows is one join, however many of the two name the other.
        const joins = new Set(neighbors.flatMap((list, i) => list.map((j) => `${Math.min(i, j)} ${Math.max(i, j)}`)));
        const tests: { labels: [number, number]; count: number; share: number }[] = [];
        for (let a = 0; a < classes; a++) {
          for (let b = a + 1; b < classes; b++) {
            const count = [...joins].filter((join) => {
              const [c, e] = join.split(' ').map((i) => labels[Number(i)]!) as [number, number];
              return (c === a && e === b) || (c === b && e === a);
            }).length;
            tests.push({ labels: [a, b], count, share: (2 * sizes[a]! * sizes[b]!) / (n * (n - 1)) });
          }
        }
        const p = tests.map(({ count, share }) => tail(count, joins.size, share));
        const q = adjustForDiscoveries(p.map((value) => Math.min(1, value)));
        for (const candidate of found.mergeCandidates) {
          const at = tests.findIndex(({ labels: pair }) => pair.join() === candidate.labels.join());
          expect(candidate.count).toBe(tests[at]!.count);
          near(candidate.expected, joins.size * tests[at]!.share, 1e-12);
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
