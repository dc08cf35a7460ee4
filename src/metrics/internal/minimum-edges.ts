/** Lengths of edges, compared by reach and then by direct distance. */
export interface EdgeLengths {
  readonly reach: Float64Array;
  readonly direct: Float64Array;
}

/** A minimum spanning tree: each row but the first with its edge to its parent, which was added before it. */
export interface SpanningTree extends EdgeLengths {
  readonly added: readonly number[];
  readonly parent: Int32Array;
}

export interface MinimumEdges {
  /** Edges at each row. */
  readonly degree: Int32Array;
  /** Largest reach of an edge. */
  readonly longest: number;
  /** Largest reach of an edge between rows with two edges or more; undefined where there is none. */
  readonly longestInternal: number | undefined;
}

/**
 * The edges that are in some minimum spanning tree, found from one of them: those that are no longer
 * than the longest edge on the tree's path between their ends. Unlike a tree they do not depend on the
 * order of rows where edges tie. `fill` writes the lengths of all edges of a row.
 * Cost O(n^2) and n calls of `fill`, O(n) memory.
 */
export function minimumEdges(tree: SpanningTree, fill: (row: number, out: EdgeLengths) => void): MinimumEdges {
  const size = tree.added.length;
  const empty = (): EdgeLengths => ({ reach: new Float64Array(size), direct: new Float64Array(size) });
  const [lengths, path] = [empty(), empty()];
  const degree = new Int32Array(size);
  /** Of a row with one edge, the reach of that edge. */
  const only = new Float64Array(size);
  const countAt = new Map<number, number>();
  const visit = pathsOf(tree);
  for (let p = 0; p < size; p++) {
    fill(p, lengths);
    visit(p, path);
    for (let q = p + 1; q < size; q++) {
      if (lengths.reach[q]! > path.reach[q]!) continue;
      if (lengths.reach[q] === path.reach[q] && lengths.direct[q]! > path.direct[q]!) continue;
      const reach = lengths.reach[q]!;
      for (const end of [p, q]) {
        degree[end]!++;
        only[end] = reach;
      }
      countAt.set(reach, (countAt.get(reach) ?? 0) + 1);
    }
  }
  const reaches = [...countAt.keys()].sort((a, b) => b - a);
  // Where three rows or more are joined, no two rows with one edge share it.
  if (size > 2) for (let q = 0; q < size; q++) if (degree[q] === 1) countAt.set(only[q]!, countAt.get(only[q]!)! - 1);
  return {
    degree,
    longest: reaches[0]!,
    longestInternal: size > 2 ? reaches.find((reach) => countAt.get(reach)! > 0) : undefined,
  };
}

/** Writes, for a row, the longest edge on the tree's path to each other row. */
function pathsOf({ added, parent, reach, direct }: SpanningTree): (row: number, out: EdgeLengths) => void {
  const size = added.length;
  // Neighbours in the tree: those of row q are at next[starts[q]] .. next[starts[q + 1] - 1], with the row whose edge it is.
  const starts = new Int32Array(size + 1);
  for (let t = 1; t < size; t++) {
    starts[added[t]! + 1]!++;
    starts[parent[added[t]!]! + 1]!++;
  }
  for (let q = 0; q < size; q++) starts[q + 1]! += starts[q]!;
  const at = starts.slice(0, size);
  const next = new Int32Array(2 * size);
  for (let t = 1; t < size; t++) {
    const q = added[t]!;
    next[at[q]!++] = parent[q]!;
    next[at[parent[q]!]!++] = q;
  }
  const stack = new Int32Array(size);
  const from = new Int32Array(size);
  return (row, out) => {
    out.reach[row] = 0;
    out.direct[row] = 0;
    from[row] = -1;
    stack[0] = row;
    for (let top = 1; top > 0; ) {
      const q = stack[--top]!;
      for (let e = starts[q]!; e < starts[q + 1]!; e++) {
        const r = next[e]!;
        if (r === from[q]) continue;
        const edge = parent[r] === q ? r : q;
        const longer = reach[edge]! > out.reach[q]! || (reach[edge] === out.reach[q] && direct[edge]! > out.direct[q]!);
        out.reach[r] = longer ? reach[edge]! : out.reach[q]!;
        out.direct[r] = longer ? direct[edge]! : out.direct[q]!;
        from[r] = q;
        stack[top++] = r;
      }
    }
  };
}
