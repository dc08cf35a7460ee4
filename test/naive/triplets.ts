/** Triplets of a batch one by one, and the derivative of their sum by each distance. */
export interface NaiveTriplets {
  readonly sum: number;
  readonly triplets: number;
  readonly active: number;
  readonly fallback: number;
  /** n x n. */
  readonly slope: number[][];
}

type Choose = (distances: readonly number[], positive: number, negatives: readonly number[]) => readonly number[];

/** Of several rows, those at the smallest (sign 1) or largest (sign -1) distance. */
function extreme(distances: readonly number[], rows: readonly number[], sign: number): number[] {
  const best = Math.min(...rows.map((i) => sign * distances[i]!));
  return rows.filter((i) => sign * distances[i]! === best);
}

const farther = (distances: readonly number[], positive: number, negatives: readonly number[]) =>
  negatives.filter((q) => distances[q]! > distances[positive]!);

/** Schroff et al. 2015: the nearest negative that is farther than the positive; else the farthest one. */
const semiHard: Choose = (distances, positive, negatives) => {
  const beyond = farther(distances, positive, negatives);
  return beyond.length > 0 ? extreme(distances, beyond, 1) : extreme(distances, negatives, -1);
};

/** Every pair of rows of one label, in both directions, with every row, set or pair of sets that the rule names. */
export function naiveTriplets(
  distances: readonly (readonly number[])[],
  codes: readonly number[],
  mining: 'all' | 'hard' | 'semi-hard',
  margin: number,
): NaiveTriplets {
  const slope = distances.map((row) => row.map(() => 0));
  const found = { sum: 0, triplets: 0, active: 0, fallback: 0 };
  const count = (a: number, positives: readonly number[], negatives: readonly number[]) => {
    const own = distances[a]!;
    const violation = own[positives[0]!]! - own[negatives[0]!]! + margin;
    found.triplets++;
    if (violation <= 0) return;
    found.sum += violation;
    found.active++;
    for (const p of positives) slope[a]![p]! += 1 / positives.length;
    for (const q of negatives) slope[a]![q]! -= 1 / negatives.length;
  };
  codes.forEach((code, a) => {
    const own = distances[a]!;
    const rows = codes.map((_, i) => i);
    const positives = rows.filter((i) => i !== a && codes[i] === code);
    const negatives = rows.filter((i) => codes[i] !== code);
    if (positives.length === 0 || negatives.length === 0) return;
    if (mining === 'hard') {
      count(a, extreme(own, positives, -1), extreme(own, negatives, 1));
      return;
    }
    for (const p of positives) {
      if (mining === 'all') for (const q of negatives) count(a, [p], [q]);
      else {
        if (farther(own, p, negatives).length === 0) found.fallback++;
        count(a, [p], semiHard(own, p, negatives));
      }
    }
  });
  return { ...found, slope };
}
