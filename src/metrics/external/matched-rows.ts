import type { Contingency } from './contingency.js';
import { Heap } from './heap.js';

const FREE = -1;
/** A class that is left without a cluster. */
const UNMATCHED = -2;

/**
 * The one-to-one matching of classes to clusters that holds the most data rows (the assignment
 * problem): the cluster of each class, or a negative number. Shortest augmenting paths with integer
 * prices over the occupied cells only, so that a table of 10,000 x 10,000 classes is never laid out.
 * A class may stay unmatched, which is what a rectangular table needs.
 */
export function bestMatching(table: Contingency): Int32Array {
  const { truthCounts, predictedCounts, cellTruth, cellPredicted, cellCounts } = table;
  const classes = truthCounts.length;
  const clusters = predictedCounts.length;
  const start = new Int32Array(classes + 1);
  for (const i of cellTruth) start[i + 1]!++;
  for (let i = 0; i < classes; i++) start[i + 1]! += start[i]!;

  // Cost of a cell is -count, of staying unmatched 0; cost - classPrice - clusterPrice stays >= 0.
  const classPrice = new Float64Array(classes);
  const clusterPrice = new Float64Array(clusters);
  const clusterOf = new Int32Array(classes).fill(FREE);
  const classOf = new Int32Array(clusters).fill(FREE);
  for (let i = 0; i < classes; i++) {
    let best = start[i]!;
    for (let p = best + 1; p < start[i + 1]!; p++) if (cellCounts[p]! > cellCounts[best]!) best = p;
    classPrice[i] = -cellCounts[best]!;
    const j = cellPredicted[best]!;
    if (classOf[j] !== FREE) continue;
    classOf[j] = i;
    clusterOf[i] = j;
  }

  const distance = new Float64Array(clusters).fill(Number.POSITIVE_INFINITY);
  const reachedFrom = new Int32Array(clusters);
  const settled = new Uint8Array(clusters);
  const heap = new Heap();
  for (let root = 0; root < classes; root++) {
    if (clusterOf[root] !== FREE) continue;
    const touched: number[] = [];
    const path: number[] = [];
    heap.clear();
    let i = root;
    let length = 0;
    let releaseLength = Number.POSITIVE_INFINITY;
    let release = root;
    let end = FREE;
    for (;;) {
      const toRelease = length - classPrice[i]!;
      if (toRelease < releaseLength) {
        releaseLength = toRelease;
        release = i;
      }
      for (let p = start[i]!; p < start[i + 1]!; p++) {
        const j = cellPredicted[p]!;
        if (settled[j] === 1) continue;
        const candidate = length - cellCounts[p]! - classPrice[i]! - clusterPrice[j]!;
        if (candidate >= distance[j]!) continue;
        if (distance[j] === Number.POSITIVE_INFINITY) touched.push(j);
        distance[j] = candidate;
        reachedFrom[j] = i;
        // Of equal lengths a free cluster first: it ends the search.
        heap.push(candidate, classOf[j] === FREE ? j : j + clusters);
      }
      let next = FREE;
      while (heap.size > 0 && next === FREE) {
        const j = heap.pop() % clusters;
        if (settled[j] === 0) next = j;
      }
      if (next === FREE || releaseLength <= distance[next]!) break;
      length = distance[next]!;
      if (classOf[next] === FREE) {
        end = next;
        break;
      }
      settled[next] = 1;
      path.push(next);
      i = classOf[next]!;
    }
    const total = end === FREE ? releaseLength : length;
    classPrice[root]! += total;
    for (const j of path) {
      clusterPrice[j]! -= total - distance[j]!;
      classPrice[classOf[j]!]! += total - distance[j]!;
    }
    // Walk back: each class on the path takes the next cluster, or none where one is released.
    let holder = end === FREE ? release : reachedFrom[end]!;
    let give = end === FREE ? UNMATCHED : end;
    for (;;) {
      const given = clusterOf[holder]!;
      clusterOf[holder] = give;
      if (give >= 0) classOf[give] = holder;
      if (holder === root) break;
      give = given;
      holder = reachedFrom[give]!;
    }
    for (const j of touched) {
      distance[j] = Number.POSITIVE_INFINITY;
      settled[j] = 0;
    }
  }
  return clusterOf;
}

/** The rows that a matching holds; see `bestMatching`. */
export function matchedRows({ cellTruth, cellPredicted, cellCounts }: Contingency, clusterOf: Int32Array): number {
  let matched = 0;
  for (let p = 0; p < cellCounts.length; p++) {
    if (clusterOf[cellTruth[p]!] === cellPredicted[p]) matched += cellCounts[p]!;
  }
  return matched;
}
