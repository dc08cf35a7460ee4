import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { labelingMeans } from '../../../src/kernels/labeling-means.js';

/** The definition: each distance is added to the sum of its cluster, in the order of the rows; over the first `stage` clusters. */
function byDefinition(i: number, distances: Float64Array, labels: Int32Array, stage: number) {
  const sums = new Float64Array(stage);
  const counts = new Float64Array(stage);
  for (let j = 0; j < labels.length; j++) {
    if (labels[j]! >= stage) continue;
    sums[labels[j]!]! += distances[j]!;
    counts[labels[j]!]!++;
  }
  const means = sums.map((sum, c) =>
    c === labels[i] || counts[c] === 0 ? Number.POSITIVE_INFINITY : sum / counts[c]!,
  );
  return { own: sums[labels[i]!] ?? 0, nearest: Math.min(...means) };
}

function world(n: number, k: number, rows: number, count: number) {
  const rng = new Rng(n + k);
  const first = Int32Array.from({ length: n }, (_, i) => (i < k ? i : Math.min(k - 1, rng.integer(k + 2))));
  const labelings = Array.from({ length: count }, () => rng.shuffle(first.slice()));
  const chosen = rng.shuffle(Int32Array.from({ length: n }, (_, i) => i)).slice(0, rows);
  const distances = new Float64Array(rows * n).map(() => rng.uniform() * 3);
  chosen.forEach((i, s) => {
    distances[s * n + i] = 0;
  });
  const sizes = new Int32Array(k);
  for (const c of first) sizes[c]!++;
  return { rows: chosen, distances, labelings: { labels: labelings, sizes } };
}

describe('own sums and nearest means under labelings are the definition, to the bit', () => {
  it.each([
    ['one group', 40, 3, 8, 5],
    ['a part of a group', 40, 3, 3, 5],
    ['groups and a part', 101, 7, 21, 9],
    ['singletons', 30, 30, 9, 4],
    ['two clusters, an odd number of rows', 17, 2, 17, 3],
  ])('%s', (_, n, k, count, labelings) => {
    const { rows, distances, labelings: ordered } = world(n, k, count, labelings);
    const expected = ordered.labels.flatMap((labels, p) =>
      Array.from(rows, (i, s) => [p, i, byDefinition(i, distances.subarray(s * n, (s + 1) * n), labels, k)]),
    );
    for (const choice of ['simd', 'plain'] as const) {
      const seen: unknown[] = [];
      labelingMeans(rows, distances, ordered, (p, i, own, nearest) => seen.push([p, i, { own, nearest }]), choice);
      expect(seen).toStrictEqual(expected);
    }
  });

  it('at stages, with rows in no cluster, empty clusters and sizes for each labeling', () => {
    const [n, k] = [60, 6];
    const { rows, distances, labelings } = world(n, k, 11, 4);
    const labels = labelings.labels.map((own, p) => own.map((c, i) => ((i + p) % 3 === 0 || c === p ? k : c)));
    const sizes = labels.map((own) => Int32Array.from({ length: k }, (_, c) => own.filter((one) => one === c).length));
    const stages = [2, 3, k];
    for (const choice of ['simd', 'plain'] as const) {
      const seen = new Map<string, unknown>();
      labelingMeans(
        rows,
        distances,
        { labels, sizes, stages },
        (p, i, own, nearest, stage) => seen.set(`${p} ${i} ${stage}`, { own, nearest }),
        choice,
      );
      expect(seen.size).toBe(labels.length * rows.length * stages.length);
      rows.forEach((i, s) => {
        labels.forEach((own, p) => {
          stages.forEach((stage, at) => {
            const expected = byDefinition(i, distances.subarray(s * n, (s + 1) * n), own, stage);
            expect(seen.get(`${p} ${i} ${at}`)).toStrictEqual(expected);
          });
        });
      });
    }
  });
});
