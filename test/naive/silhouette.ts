type Matrix = readonly (readonly number[])[];

export interface NaiveSilhouette {
  readonly score: number;
  readonly macroScore: number;
  readonly samples: number[];
  /** a and b of the definition, and the mean distance to each cluster. */
  readonly own: number[];
  readonly nearest: number[];
  readonly means: number[][];
  readonly neighbors: number[];
}

/**
 * Rousseeuw's definition on a matrix of distances. `weights` are counts of points: a row of weight w
 * has w - 1 copies of itself at distance 0. Labels are 0 .. k - 1, and each occurs.
 */
export function naiveSilhouette(
  distances: Matrix,
  labels: readonly number[],
  weights: readonly number[] = labels.map(() => 1),
  singleton = 0,
): NaiveSilhouette {
  const n = labels.length;
  const k = Math.max(...labels) + 1;
  const size = Array.from({ length: k }, (_, c) =>
    labels.reduce((total, label, i) => (label === c ? total + weights[i]! : total), 0),
  );
  const out = { samples: [], own: [], nearest: [], means: [], neighbors: [] } as {
    samples: number[];
    own: number[];
    nearest: number[];
    means: number[][];
    neighbors: number[];
  };
  for (let i = 0; i < n; i++) {
    const means: number[] = [];
    let b = Number.POSITIVE_INFINITY;
    let neighbor = -1;
    for (let c = 0; c < k; c++) {
      let total = 0;
      for (let j = 0; j < n; j++) if (labels[j] === c && j !== i) total += weights[j]! * distances[i]![j]!;
      const mean = total / (c === labels[i] ? size[c]! - 1 : size[c]!);
      means.push(mean);
      if (c !== labels[i] && mean < b) {
        b = mean;
        neighbor = c;
      }
    }
    const alone = size[labels[i]!]! <= 1;
    const a = alone ? 0 : means[labels[i]!]!;
    out.samples.push(alone ? singleton : Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b));
    out.own.push(a);
    out.nearest.push(b);
    out.means.push(means);
    out.neighbors.push(neighbor);
  }
  let score = 0;
  const byCluster = new Array<number>(k).fill(0);
  for (let i = 0; i < n; i++) {
    score += weights[i]! * out.samples[i]!;
    byCluster[labels[i]!]! += (weights[i]! * out.samples[i]!) / size[labels[i]!]!;
  }
  return {
    ...out,
    score: score / size.reduce((total, value) => total + value, 0),
    macroScore: byCluster.reduce((total, value) => total + value, 0) / k,
  };
}
