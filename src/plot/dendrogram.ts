import type { Joint } from '../statistics/average-linkage.js';

/** A straight piece of a dendrogram: along the leaves from `leaf` to `leaf2`, up from `height` to `height2`. */
export interface Branch {
  readonly leaf: number;
  readonly leaf2: number;
  readonly height: number;
  readonly height2: number;
  /** The node at the upper end of the piece. */
  readonly node: number;
}

/** Three pieces per merge; leaf i of `order` sits at i + 0.5. */
export function branches(joints: readonly Joint[], order: readonly number[]): Branch[] {
  const k = order.length;
  const at = new Array<number>(2 * k - 1);
  order.forEach((leaf, position) => {
    at[leaf] = position + 0.5;
  });
  const heightOf = (node: number) => (node < k ? 0 : joints[node - k]!.height);
  return joints.flatMap(({ left, right, height }, m) => {
    const node = k + m;
    const [a, b] = [at[left]!, at[right]!];
    at[node] = (a + b) / 2;
    return [
      { leaf: a, leaf2: a, height: heightOf(left), height2: height, node },
      { leaf: b, leaf2: b, height: heightOf(right), height2: height, node },
      { leaf: Math.min(a, b), leaf2: Math.max(a, b), height, height2: height, node },
    ];
  });
}
