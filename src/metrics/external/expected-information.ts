import { logOnePlus } from '../../kernels/log-one-plus.js';

/** What one labeling is expected to leave untold about the other when rows are dealt at random, in nats. */
export interface ExpectedInformation {
  readonly truthGivenPredicted: number;
  readonly predictedGivenTruth: number;
}

/** Weights below this share of the largest one are left out: nothing summed here is as small. */
const NEGLIGIBLE = 1e-30;

/** Distinct sizes, ascending, and how many classes have each. */
function distinctSizes(counts: Int32Array): [size: number, times: number][] {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  return [...times].sort((x, y) => x[0] - y[0]);
}

/**
 * Means over all labelings with the given class sizes (the permutation model): a cell of a class of
 * size a and a cluster of size b holds x rows with the hypergeometric probability
 * C(a, x) C(n - a, b - x) / C(n, b), so E H(truth | predicted) = (1 / n) sum E[x ln(b / x)] over cells.
 *
 * Exact: probabilities go outwards from the mode by their ratio and are divided by their sum, so no
 * factorial of n is needed, and every term is non-negative. Cells with the same a and b are computed
 * once: O(distinct class sizes x distinct cluster sizes x standard deviation of x).
 */
export function expectedInformation(
  truthCounts: Int32Array,
  predictedCounts: Int32Array,
  n: number,
): ExpectedInformation {
  const clusterSizes = distinctSizes(predictedCounts);
  let truthGivenPredicted = 0;
  let predictedGivenTruth = 0;
  for (const [a, classes] of distinctSizes(truthCounts)) {
    for (const [b, clusters] of clusterSizes) {
      const mode = Math.floor(((a + 1) * (b + 1)) / (n + 2));
      let total = 0;
      let inCluster = 0;
      let inClass = 0;
      const add = (x: number, weight: number) => {
        total += weight;
        if (x === 0) return;
        inCluster += weight * x * logOnePlus((b - x) / x);
        inClass += weight * x * logOnePlus((a - x) / x);
      };
      // The ratio is 0 at the ends of the range, which ends the loops there.
      let weight = 1;
      for (let x = mode; weight > NEGLIGIBLE; x++) {
        add(x, weight);
        weight *= ((a - x) / (x + 1)) * ((b - x) / (n - a - b + x + 1));
      }
      weight = (mode / (a - mode + 1)) * ((n - a - b + mode) / (b - mode + 1));
      for (let x = mode - 1; weight > NEGLIGIBLE; x--) {
        add(x, weight);
        weight *= (x / (a - x + 1)) * ((n - a - b + x) / (b - x + 1));
      }
      const cells = classes * clusters;
      truthGivenPredicted += (cells * inCluster) / total;
      predictedGivenTruth += (cells * inClass) / total;
    }
  }
  return { truthGivenPredicted: truthGivenPredicted / n, predictedGivenTruth: predictedGivenTruth / n };
}
