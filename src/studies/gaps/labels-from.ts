import { cutTree, wardTree } from '../../statistics/ward.js';
import { contentOrder } from './content-halves.js';
import { eachNeighborhood, everyRow } from './neighborhoods.js';
import { sketched } from './sketched.js';

/** A rule of the points that gives the labels again, and the share of rows for which it does. */
export interface Reproduced {
  readonly by: 'centres' | 'neighbors' | 'ward';
  readonly share: number;
  /** Whether the rule leaves no row out, as that which made them: then no row lies on the wrong side of a border. */
  readonly exact: boolean;
}

/** The rows that are made for: each label is 0 .. k - 1. */
interface Labelled {
  readonly rows: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly labels: Int32Array;
  readonly k: number;
  /** An order of rows that does not depend on where they stand. */
  readonly prints: Uint32Array;
}

/** Share of rows that a rule gives again when they are left out, from which labels look made from the points. */
const LEFT_OUT = 0.9;
/** k-means leaves no row nearer to another centre; with few rows in many columns a row left out moves its centre away. */
const EXACT = 0.995;
const EXACT_LEFT_OUT = 0.75;
/** Share of rows whose nearest row has their label. Of groups with a Bayes error of 3% no rule gives more than 0.97 again. */
const EXACT_NEAREST = 0.98;
const SCORED = 400;
/** Ward's tree needs n^2 memory. */
const WARD_ROWS = 3000;

/** Shares of rows that are nearest to the centre of their own group, counting and not counting themselves in it. */
function byCentres({ rows, n, d, labels, k }: Labelled): { own: number; leftOut: number } {
  const counts = new Float64Array(k);
  const centres = new Float64Array(k * d);
  for (let i = 0; i < n; i++) counts[labels[i]!]!++;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) centres[labels[i]! * d + c]! += rows[i * d + c]! / counts[labels[i]!]!;
  }
  let own = 0;
  let leftOut = 0;
  for (let i = 0; i < n; i++) {
    let [mine, others] = [0, Infinity];
    for (let g = 0; g < k; g++) {
      let square = 0;
      for (let c = 0; c < d && (g === labels[i] || square < others); c++) {
        square += (rows[i * d + c]! - centres[g * d + c]!) ** 2;
      }
      if (g === labels[i]) mine = square;
      else others = Math.min(others, square);
    }
    const count = counts[labels[i]!]!;
    if (mine <= others) own++;
    // Without the row itself the centre is farther from it by the factor m / (m - 1).
    if (count > 1 && mine * (count / (count - 1)) ** 2 <= others) leftOut++;
  }
  return { own: own / n, leftOut: leftOut / n };
}

/** Shares of rows whose label is the most frequent one among their nearest other rows, and that of the nearest of all. */
function byNeighbors(given: Labelled): { most: number; nearest: number } {
  const { rows, n, d, labels, k, prints } = given;
  const scored = contentOrder(prints).subarray(0, Math.min(n, SCORED));
  const votes = new Float64Array(k);
  let [most, nearest] = [0, 0];
  eachNeighborhood(rows, d, scored, (i, squares, reach) => {
    votes.fill(0);
    let [mine, others] = [Infinity, Infinity];
    for (let j = 0; j < n; j++) {
      if (squares[j]! > reach) continue;
      votes[labels[j]!]!++;
      if (labels[j] === labels[i]) mine = Math.min(mine, squares[j]!);
      else others = Math.min(others, squares[j]!);
    }
    if (mine <= others) nearest++;
    if (votes[labels[i]!]! > 0 && votes.every((count) => count <= votes[labels[i]!]!)) most++;
  });
  return { most: most / scored.length, nearest: nearest / scored.length };
}

/**
 * Share of rows in the largest piece of their label, rows being joined to nearest rows with their label. What an
 * algorithm makes of neighbours is in one piece; classes that lie about in many were named by someone else.
 */
function inOnePiece(given: Labelled): number {
  const { n, labels, k } = given;
  const { rows, d } = sketched(given.rows, n, given.d);
  const parent = Int32Array.from({ length: n }, (_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]!]!;
      root = parent[root]!;
    }
    return root;
  };
  eachNeighborhood(rows, d, everyRow(n), (i, squares, reach) => {
    for (let j = 0; j < n; j++) {
      if (squares[j]! <= reach && labels[i] === labels[j]) parent[rootOf(j)] = rootOf(i);
    }
  });
  const size = new Float64Array(n);
  const largest = new Float64Array(k);
  for (let i = 0; i < n; i++) {
    const root = rootOf(i);
    size[root]!++;
    largest[labels[i]!] = Math.max(largest[labels[i]!]!, size[root]!);
  }
  return largest.reduce((sum, rows) => sum + rows, 0) / n;
}

/** Share of rows that Ward's k groups put where the labels do, each group under its most frequent label. */
function byWard({ rows, n, d, labels, k }: Labelled): number {
  const groups = cutTree(wardTree(rows, new Float64Array(n).fill(1), n, d), n, k);
  const table = new Float64Array(k * k);
  for (let i = 0; i < n; i++) table[groups[i]! * k + labels[i]!]!++;
  let agreed = 0;
  for (let g = 0; g < k; g++) agreed += Math.max(...table.subarray(g * k, g * k + k));
  return agreed / n;
}

/**
 * Whether a rule of the points gives the labels again: the nearest centre or the nearest neighbours on rows that
 * are left out, or Ward's clustering with as many groups. Labels in many pieces each do not come from neighbours, however
 * well these give them again. null: none does, and the labels come from elsewhere.
 *
 * @param costly whether pieces and Ward's clustering may be looked at, which take O(n^2 d).
 */
export function reproducedBy(given: Labelled, costly: boolean): Reproduced | null {
  const { n, k } = given;
  if (k < 2 || k >= n) return null;
  const { own, leftOut } = byCentres(given);
  if (leftOut >= LEFT_OUT || (own >= EXACT && leftOut >= EXACT_LEFT_OUT)) {
    return { by: 'centres', share: leftOut, exact: own >= EXACT };
  }
  const { most, nearest } = byNeighbors(given);
  const affordable = costly && n <= WARD_ROWS;
  if (most >= LEFT_OUT && !(affordable && inOnePiece(given) < LEFT_OUT)) {
    return { by: 'neighbors', share: most, exact: nearest >= EXACT_NEAREST };
  }
  if (!affordable) return null;
  const ward = byWard(given);
  return ward >= LEFT_OUT ? { by: 'ward', share: ward, exact: false } : null;
}
