import fc from 'fast-check';
import { describe, it } from 'vitest';
import { resolveMetric } from '../../src/distance/metric.js';
import { pairwiseDistances } from '../../src/index.js';
import { neighborhoods } from '../../src/studies/rows/neighborhoods.js';
import { near } from '../support/near.js';

/** Votes of the nearest others of row i: sorted distances, tied rows share the places that are left. */
function naiveVotes(distances: readonly number[], i: number, labels: readonly number[], size: number) {
  const others = labels.map((label, j) => ({ label, gap: distances[j]!, j })).filter(({ j }) => j !== i);
  others.sort((a, b) => a.gap - b.gap);
  const last = others[size - 1]!.gap;
  const nearer = others.filter(({ gap }) => gap < last);
  const tied = others.filter(({ gap }) => gap === last);
  const votes = new Map<number, number>();
  const vote = (label: number, count: number) => votes.set(label, (votes.get(label) ?? 0) + count);
  for (const { label } of nearer) vote(label, 1);
  for (const { label } of tied) vote(label, (size - nearer.length) / tied.length);
  return votes;
}

describe('neighborhoods', () => {
  it('are those of the textbook, ties and copies included', () => {
    const rows = fc.integer({ min: 6, max: 30 }).chain((n) =>
      fc.record({
        points: fc.array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), {
          minLength: n,
          maxLength: n,
        }),
        labels: fc.array(fc.nat(2), { minLength: n, maxLength: n }),
        size: fc.integer({ min: 1, max: n - 1 }),
      }),
    );
    fc.assert(
      fc.property(rows, ({ points, labels, size }) => {
        const n = points.length;
        const source = resolveMetric('test', undefined).source('test', {
          points: Float64Array.from(points.flat()),
          n,
          d: 2,
        });
        const found = neighborhoods(source, Int32Array.from(labels), 3, size);
        const { data } = pairwiseDistances(points);
        for (let i = 0; i < n; i++) {
          const votes = naiveVotes(Array.from(data.subarray(i * n, i * n + n)), i, labels, size);
          near(found.modeVotes[i]!, Math.max(...votes.values()), 1e-9, 1);
          near(votes.get(found.mode[i]!) ?? 0, found.modeVotes[i]!, 1e-9, 1);
          near(found.ownVotes[i]!, votes.get(labels[i]!) ?? 0, 1e-9, 1);
        }
      }),
    );
  });
});
