import { TIE } from './tie.js';

/** Merges of a tree in ascending height; leaves are 0 .. k - 1, merge m makes node k + m. */
export interface WardTree {
  readonly left: Int32Array;
  readonly right: Int32Array;
  readonly height: Float64Array;
  readonly size: Float64Array;
}

/**
 * Ward's minimum-variance clustering (Ward 1963, doi:10.1080/01621459.1963.10500845) of k groups
 * given by means and sizes. Squared dissimilarity of two groups: 2 a b / (a + b) |m_a - m_b|^2, twice
 * the rise of the sum of squares when they are merged, so that heights of single rows are distances
 * (as R's ward.D2). Updated by the formula of Lance and Williams along nearest-neighbour chains.
 *
 * Cost O(k^2 d) time, O(k^2) memory. Equal dissimilarities (to 1e-12): the lower index first.
 */
export function wardTree(means: Float64Array, sizes: ArrayLike<number>, k: number, d: number): WardTree {
  const squares = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      let square = 0;
      for (let c = 0; c < d; c++) {
        const e = means[a * d + c]! - means[b * d + c]!;
        square += e * e;
      }
      squares[a * k + b] = square;
    }
  }
  return wardTreeOf(squares, sizes, k);
}

/** `wardTree` from the squared distances between means: those of a < b, at a k + b. */
export function wardTreeOf(squares: Float64Array, sizes: ArrayLike<number>, k: number): WardTree {
  const gap = new Float64Array(k * k);
  for (let a = 0; a < k; a++) {
    for (let b = a + 1; b < k; b++) {
      const square = squares[a * k + b]! * ((2 * sizes[a]! * sizes[b]!) / (sizes[a]! + sizes[b]!));
      gap[a * k + b] = square;
      gap[b * k + a] = square;
    }
  }
  const size = Float64Array.from({ length: k }, (_, c) => sizes[c]!);
  const alive = new Uint8Array(k).fill(1);
  const chain: number[] = [];
  // Slots keep the lowest index of their members; nodes are named once the heights are sorted.
  const found: { a: number; b: number; height: number; order: number }[] = [];
  let start = 0;
  while (found.length < k - 1) {
    if (chain.length === 0) {
      while (alive[start] === 0) start++;
      chain.push(start);
    }
    const tip = chain[chain.length - 1]!;
    const before = chain.length > 1 ? chain[chain.length - 2]! : -1;
    let least = Infinity;
    for (let c = 0; c < k; c++) if (alive[c] === 1 && c !== tip) least = Math.min(least, gap[tip * k + c]!);
    const tied = least * (1 + TIE);
    // The one before wins ties, or the chain could run in a circle.
    if (before === -1 || gap[tip * k + before]! > tied) {
      let nearest = 0;
      while (alive[nearest] === 0 || nearest === tip || gap[tip * k + nearest]! > tied) nearest++;
      chain.push(nearest);
      continue;
    }
    chain.length -= 2;
    const a = Math.min(tip, before);
    const b = Math.max(tip, before);
    found.push({ a, b, height: Math.sqrt(Math.max(0, least)), order: found.length });
    const na = size[a]!;
    const nb = size[b]!;
    for (let c = 0; c < k; c++) {
      if (alive[c] === 0 || c === a || c === b) continue;
      const nc = size[c]!;
      const merged = ((na + nc) * gap[a * k + c]! + (nb + nc) * gap[b * k + c]! - nc * least) / (na + nb + nc);
      gap[a * k + c] = merged;
      gap[c * k + a] = merged;
    }
    alive[b] = 0;
    size[a] = na + nb;
  }
  found.sort((x, y) => x.height - y.height || x.order - y.order);
  // Of equal heights the one that was found first, which keeps parts before the whole.
  for (let from = 0, to = 1; from < found.length; from = to++) {
    while (to < found.length && found[to]!.height <= found[to - 1]!.height * (1 + TIE)) to++;
    const equal = found.slice(from, to).sort((x, y) => x.order - y.order);
    found.splice(from, equal.length, ...equal);
  }
  const tree: WardTree = {
    left: new Int32Array(k - 1),
    right: new Int32Array(k - 1),
    height: new Float64Array(k - 1),
    size: new Float64Array(k - 1),
  };
  const node = Int32Array.from({ length: k }, (_, c) => c);
  const below = Float64Array.from({ length: k }, (_, c) => sizes[c]!);
  const slot = Int32Array.from({ length: k }, (_, c) => c);
  const root = (c: number): number => {
    let r = c;
    while (slot[r] !== r) r = slot[r]!;
    return r;
  };
  found.forEach(({ a, b, height }, m) => {
    const ra = root(a);
    const rb = root(b);
    tree.left[m] = Math.min(node[ra]!, node[rb]!);
    tree.right[m] = Math.max(node[ra]!, node[rb]!);
    tree.height[m] = height;
    below[ra]! += below[rb]!;
    tree.size[m] = below[ra]!;
    slot[rb] = ra;
    node[ra] = k + m;
  });
  return tree;
}

/** For each merge the first leaf of either side, the lower one first. */
export function firstLeaves(tree: WardTree, k: number): (readonly [number, number])[] {
  const first = Int32Array.from({ length: 2 * k - 1 }, (_, node) => node);
  return Array.from(tree.left, (left, m) => {
    const pair = [first[left]!, first[tree.right[m]!]!].sort((a, b) => a - b) as [number, number];
    first[k + m] = pair[0];
    return pair;
  });
}

/** The group of each leaf when the tree is cut into `groups`; groups are numbered by their first leaf. */
export function cutTree(tree: WardTree, k: number, groups: number): Int32Array {
  const parent = Int32Array.from({ length: 2 * k - 1 }, (_, node) => node);
  for (let m = 0; m < k - groups; m++) {
    parent[tree.left[m]!] = k + m;
    parent[tree.right[m]!] = k + m;
  }
  // From the root down: a node that has a parent takes over its number.
  for (let node = 2 * k - 2; node >= 0; node--) parent[node] = parent[parent[node]!]!;
  const number = new Int32Array(2 * k - 1).fill(-1);
  let next = 0;
  return parent.slice(0, k).map((root) => {
    if (number[root] === -1) number[root] = next++;
    return number[root]!;
  });
}
