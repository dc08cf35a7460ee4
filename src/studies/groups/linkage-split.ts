import { eachSquares, squaresWithin } from '../../kernels/row-distances.js';

/** Rows whose distance says how dense it is around a row, as in HDBSCAN. */
const CORE = 4;

/** Edges of the minimum spanning tree of mutual reachability distances, by Prim; three numbers each. */
function spanningEdges(between: Float64Array, m: number): { a: number; b: number; length: number }[] {
  const core = new Float64Array(m);
  for (let i = 0; i < m; i++) {
    core[i] = between.slice(i * m, (i + 1) * m).sort()[Math.min(CORE, m - 1)]!;
  }
  const least = new Float64Array(m).fill(Infinity);
  const from = new Int32Array(m);
  const inside = new Uint8Array(m);
  const edges: { a: number; b: number; length: number }[] = [];
  let at = 0;
  for (let step = 1; step < m; step++) {
    inside[at] = 1;
    let next = -1;
    for (let j = 0; j < m; j++) {
      if (inside[j] === 1) continue;
      const length = Math.max(between[at * m + j]!, core[at]!, core[j]!);
      if (length < least[j]!) {
        least[j] = length;
        from[j] = at;
      }
      if (next === -1 || least[j]! < least[next]!) next = j;
    }
    edges.push({ a: from[next]!, b: next, length: least[next]! });
    at = next;
  }
  return edges;
}

/**
 * The two largest parts that a density-based linkage joins last: the highest merge of the tree of mutual
 * reachability distances (Campello 2013) that has `least` rows on both sides. Rows that are joined later,
 * and rows that are no makers, go with their nearest row of the parts. null: no such merge.
 */
export function linkageSplit(rows: Float64Array, d: number, makers: Int32Array, least: number): Int8Array | null {
  const m = makers.length;
  if (m < 2 * least) return null;
  const block = { points: rows, d, order: makers };
  const edges = spanningEdges(squaresWithin(block), m).sort((x, y) => x.length - y.length);
  const root = Int32Array.from({ length: m }, (_, i) => i);
  const members: number[][] = Array.from({ length: m }, (_, i) => [i]);
  let sides: readonly [number[], number[]] | null = null;
  for (const { a, b } of edges) {
    const [p, q] = [root[a]!, root[b]!];
    const [x, y] = [members[p]!, members[q]!];
    if (x.length >= least && y.length >= least) sides = [x.slice(), y.slice()];
    const [into, moved] = x.length >= y.length ? [p, q] : [q, p];
    for (const i of members[moved]!) {
      root[i] = into;
      members[into]!.push(i);
    }
  }
  if (sides === null) return null;
  const n = rows.length / d;
  const out = new Int8Array(n);
  eachSquares({ points: rows, d }, block, (i, squares, at) => {
    const near = sides.map((side) => side.reduce((best, j) => Math.min(best, squares[at + j]!), Infinity));
    out[i] = near[1]! < near[0]! ? 1 : 0;
  });
  return out;
}
