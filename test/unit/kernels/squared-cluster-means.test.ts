import { expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { clusterMoments } from '../../../src/kernels/cluster-moments.js';
import { squaredClusterMeans } from '../../../src/kernels/squared-cluster-means.js';

function inputOf(n: number, d: number, k: number, m: number, zeros: boolean) {
  const rng = new Rng(n + d);
  const points = Float64Array.from({ length: n * d }, () => (zeros ? rng.normal() / Math.sqrt(d) : rng.normal()));
  const directionless = zeros ? new Uint8Array(n) : undefined;
  for (let i = 0; directionless !== undefined && i < n; i += 7) {
    points.fill(0, i * d, (i + 1) * d);
    directionless[i] = 1;
  }
  const labels = Int32Array.from({ length: n }, (_, i) => (i < k ? i : rng.integer(k)));
  const total = new Float64Array(k);
  for (const label of labels) total[label]!++;
  const moments = clusterMoments(points, d, labels, k, { skip: directionless });
  const scored = Int32Array.from({ length: m }, (_, s) => (m === n ? s : rng.integer(n)));
  return { points, d, labels, moments, total, scored, directionless };
}

/** From all pairs. */
function naive({ points, d, labels, total, scored, directionless }: ReturnType<typeof inputOf>) {
  const means = Array.from(scored, (i) => {
    const sums = new Float64Array(total.length);
    for (let j = 0; j < labels.length; j++) {
      let square = 0;
      for (let c = 0; c < d; c++) square += (points[i * d + c]! - points[j * d + c]!) ** 2;
      if (directionless !== undefined) {
        square = directionless[i] === 1 || directionless[j] === 1 ? (i === j ? 0 : 1) : square / 2;
      }
      sums[labels[j]!]! += square;
    }
    return sums.map((sum, c) => (c === labels[i] ? (total[c]! > 1 ? sum / (total[c]! - 1) : 0) : sum / total[c]!));
  });
  return Array.from(scored, (i, s) => {
    const nearest = Math.min(...means[s]!.filter((_, c) => c !== labels[i]));
    return {
      own: means[s]![labels[i]!]!,
      nearest,
      neighbor: means[s]!.findIndex((v, c) => c !== labels[i] && v === nearest),
    };
  });
}

it.each([
  [2, 1, 2, 2, false],
  [9, 3, 4, 9, false],
  [65, 5, 3, 65, false],
  [64, 40, 63, 64, false],
  [300, 4, 257, 300, false],
  [400, 2, 260, 33, true],
  [130, 129, 7, 50, true],
  [40, 5000, 20, 40, false],
] as const)('n = %i, d = %i, k = %i, %i rows scored, zero vectors: %s', (n, d, k, m, zeros) => {
  // Unit vectors are not needed: half the squared distance is checked as it stands.
  const input = inputOf(n, d, k, m, zeros);
  const simd = squaredClusterMeans(input, 'simd');
  expect(squaredClusterMeans(input, 'plain')).toEqual(simd);
  naive(input).forEach(({ own, nearest, neighbor }, s) => {
    expect(Math.abs(simd.own[s]! - own)).toBeLessThanOrEqual(1e-12 * own);
    expect(Math.abs(simd.nearest[s]! - nearest)).toBeLessThanOrEqual(1e-12 * nearest);
    expect(simd.neighbor[s]).toBe(neighbor);
  });
});
