import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calinskiHarabasz, daviesBouldin, kSelection, silhouette } from '../../src/index.js';
import { clusterings } from '../support/clusterings.js';
import { near } from '../support/near.js';
import { farthestFirst, naiveGap, naiveLogDispersion } from './k-selection.js';

/** Scales at which the definition itself neither overflows nor loses the digits. */
const cases = clusterings(['random', 'negative', 'huge', 'tiny']);

describe('kSelection equals its definition', () => {
  it.each(['pca', 'ranges'] as const)('the gap, reference %s', (reference) => {
    let compared = 0;
    fc.assert(
      fc.property(cases, fc.nat(), ({ points }, seed) => {
        const k = [1, 2, Math.min(3, points.length - 1)].filter((count, at, all) => all.indexOf(count) === at);
        const seen: { points: number[][]; labels: number[] }[] = [];
        const { rows } = kSelection(
          points,
          (given, count) => {
            const labels = farthestFirst(given, count);
            seen.push({ points: given, labels });
            return labels;
          },
          { k, references: 4, reference, seed },
        );
        // The points come first, then every reference set, each with every k.
        const logs = seen.map((call) => naiveLogDispersion(call.points, call.labels));
        expect(seen.slice(0, k.length).every((call) => call.points.flat().join() === points.flat().join())).toBe(true);
        rows.forEach(({ gap }, at) => {
          // Rows that differ in their last digits only have a scatter of rounding errors.
          if (gap === null || gap.gap > 20) return;
          const expected = naiveGap(
            logs[at]!,
            [1, 2, 3, 4].map((b) => logs[b * k.length + at]!),
          );
          near(gap.gap, expected.gap, 1e-9, 1, 'gap');
          near(gap.standardError, expected.standardError, 1e-9, 1, 'standard error');
          near(gap.logDispersion, logs[at]!, 1e-9, 1, 'dispersion');
          near(gap.expected - gap.logDispersion, gap.gap, 1e-9, Math.abs(gap.expected), 'expected');
          compared++;
        });
      }),
      { numRuns: 40 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it('the indices, which are those of each labeling, to the last bit', () => {
    fc.assert(
      fc.property(cases, ({ points, labels }) => {
        const two = labels.map((label) => Math.min(label, 1));
        const labelings = new Set(labels).size === 2 ? [labels] : [labels, two];
        for (const { k, ...row } of kSelection(points, labelings, { metric: 'manhattan' }).rows) {
          const own = k === 2 && labelings.length === 2 ? two : labels;
          expect(row.silhouette).toBe(silhouette(points, own, { metric: 'manhattan' }).score);
          expect(row.daviesBouldin).toBe(daviesBouldin(points, own).score);
          if (row.calinskiHarabasz !== null) {
            expect(row.calinskiHarabasz).toBe(calinskiHarabasz(points, own).score);
          } else expect(row.reasons.calinskiHarabasz).toContain('equal rows');
        }
      }),
      { numRuns: 60 },
    );
  });
});
