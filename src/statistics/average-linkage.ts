import { TIE } from './tie.js';

/** One merge: leaves are 0 .. k - 1, merge m makes node k + m. */
export interface Joint {
  readonly left: number;
  readonly right: number;
  readonly height: number;
}

export interface Arrangement {
  /** Leaves from one end to the other, so that no branches cross. */
  readonly order: readonly number[];
  /** k - 1 merges, lowest first. */
  readonly joints: readonly Joint[];
}

/** Leaves in the order in which the tree draws them; the tighter branch first, of equal ones the one with the first leaf. */
export function leafOrder(joints: readonly Joint[], k: number): number[] {
  const below = (node: number): number[] => {
    if (node < k) return [node];
    const { left, right } = joints[node - k]!;
    const heightOf = (n: number) => (n < k ? 0 : joints[n - k]!.height);
    return heightOf(right) < heightOf(left) * (1 - TIE)
      ? [...below(right), ...below(left)]
      : [...below(left), ...below(right)];
  };
  return k === 1 ? [0] : below(2 * k - 2);
}

function firstPair(from: readonly number[], fits: (i: number, j: number) => boolean): readonly [number, number] {
  for (const i of from) for (const j of from) if (i < j && fits(i, j)) return [i, j];
  return [from[0]!, from[1]!];
}

/**
 * An order of rows that puts similar ones side by side: average linkage (Sokal and Michener 1958) of a
 * symmetric k x k matrix of distances. It arranges the picture and measures nothing. Ties (to 1e-12):
 * the pair with the earliest row first, so that label order decides. Cost O(k^3), for the tens of classes that a picture can show.
 */
export function averageLinkage(matrix: ReadonlyArray<ArrayLike<number>>): Arrangement {
  const k = matrix.length;
  const gap = matrix.map((row) => Array.from(row));
  const size = new Array<number>(k).fill(1);
  const node = Array.from({ length: k }, (_, i) => i);
  const alive = Array.from({ length: k }, (_, i) => i);
  const joints: Joint[] = [];
  let height = 0;
  while (alive.length > 1) {
    let least = Infinity;
    for (const i of alive) for (const j of alive) if (i < j) least = Math.min(least, gap[i]![j]!);
    const [a, b] = firstPair(alive, (i, j) => gap[i]![j]! <= least * (1 + TIE));
    // Rounding must not put a merge below the one before it.
    height = Math.max(height, least);
    joints.push({ left: node[a]!, right: node[b]!, height });
    for (const c of alive) {
      if (c === a || c === b) continue;
      const merged = (size[a]! * gap[a]![c]! + size[b]! * gap[b]![c]!) / (size[a]! + size[b]!);
      gap[a]![c] = merged;
      gap[c]![a] = merged;
    }
    size[a]! += size[b]!;
    node[a] = k + joints.length - 1;
    alive.splice(alive.indexOf(b), 1);
  }
  return { order: leafOrder(joints, k), joints };
}
