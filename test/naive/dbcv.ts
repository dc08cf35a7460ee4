type Matrix = readonly (readonly number[])[];

/**
 * DBCV by its definition: all core distances, the edges of all minimum spanning trees (reach, then
 * distance) by Kruskal's algorithm, degrees counted over edges. Labels below 0 are noise.
 */
export function naiveDbcv(distances: Matrix, labels: readonly number[], dimensions: number): number {
  const names = [...new Set(labels)]
    .filter((label) => label >= 0 && labels.filter((other) => other === label).length > 1)
    .sort((a, b) => a - b);
  const core = labels.map((label, i) => {
    const others = labels.flatMap((other, j) => (other === label && j !== i ? [distances[i]![j]!] : []));
    if (others.includes(0)) return 0;
    // In one order, so that rows with the same distances have the same core distance.
    const nearest = Math.min(...others);
    const terms = others.map((value) => (nearest / value) ** dimensions).sort((a, b) => a - b);
    const mean = terms.reduce((total, value) => total + value, 0) / others.length;
    return nearest * mean ** (-1 / dimensions);
  });
  const reach = (i: number, j: number) => Math.max(distances[i]![j]!, core[i]!, core[j]!);
  const trees = names.map((name) => {
    const rows = labels.flatMap((label, i) => (label === name ? [i] : []));
    const edges = rows.flatMap((i, a) => rows.slice(a + 1).map((j) => ({ i, j, reach: reach(i, j) })));
    type Edge = (typeof edges)[number];
    const compare = (x: Edge, y: Edge) => x.reach - y.reach || distances[x.i]![x.j]! - distances[y.i]![y.j]!;
    edges.sort(compare);
    const part = new Map(rows.map((i) => [i, i]));
    const tree: Edge[] = [];
    while (edges.length > 0) {
      // Of equal edges each may be taken that joins two parts of those before them.
      const equal = edges.splice(0, edges.filter((edge) => compare(edge, edges[0]!) === 0).length);
      tree.push(...equal.filter(({ i, j }) => part.get(i) !== part.get(j)));
      for (const { i, j } of equal) {
        const [from, to] = [part.get(i)!, part.get(j)!];
        for (const [row, other] of part) if (other === from) part.set(row, to);
      }
    }
    const degree = (row: number) => tree.filter(({ i, j }) => i === row || j === row).length;
    const inner = rows.filter((row) => degree(row) > 1);
    const innerEdges = tree.filter(({ i, j }) => inner.includes(i) && inner.includes(j));
    return {
      size: rows.length,
      inner: inner.length > 0 ? inner : rows,
      sparseness: Math.max(...(innerEdges.length > 0 ? innerEdges : tree).map((edge) => edge.reach)),
    };
  });
  let score = 0;
  trees.forEach((tree, a) => {
    const separation = Math.min(
      ...trees.flatMap((other, b) => (a === b ? [] : tree.inner.flatMap((i) => other.inner.map((j) => reach(i, j))))),
    );
    const larger = Math.max(separation, tree.sparseness);
    score += (tree.size / labels.length) * (larger === 0 ? 0 : (separation - tree.sparseness) / larger);
  });
  return score;
}
