import { eachRow } from '../distance/each-row.js';
import type { DistanceSource } from '../distance/source.js';
import { nearestFew, shareOfLast } from '../kernels/nearest-few.js';
import { addTerm, emptySum, type OrderFreeSum, type Splitter, splitterFor, sumOf } from '../kernels/order-free-sum.js';

/** Neighbours between classes, by their codes. */
export interface SharedNeighbors {
  /** For each class how many neighbours its rows have in each class; classes without any are left out. */
  readonly counts: ReadonlyArray<ReadonlyMap<number, number>>;
  /** For each class its confusions, neighbours of its rows in other classes; half of a mutual one belongs to each side. */
  readonly outgoing: Float64Array;
  /** Pairs of neighbouring rows of two classes a < b, mutual ones counted once, by class. */
  readonly between: ReadonlyArray<{ readonly a: number; readonly b: number; readonly count: number }>;
}

/** Sums by class, added up in any order. */
function classSums(splitter: Splitter) {
  const sums = new Map<number, OrderFreeSum>();
  return {
    add(c: number, term: number) {
      const sum = sums.get(c) ?? emptySum();
      sums.set(c, sum);
      addTerm(sum, term, splitter);
    },
    values: () => [...sums].sort(([a], [b]) => a - b).map(([c, sum]) => [c, sumOf(sum)] as const),
  };
}

/**
 * Counts the k nearest of each of the rows `used` by class. Rows that tie for the last places share them
 * equally, as if lots were drawn: nothing depends on the order of rows. A pair of rows is a join with the
 * probability that one of the two draws the other. Cost O(n^2 d) time, twice; O(n) memory.
 */
export function sharedNeighbors(
  source: DistanceSource,
  used: Int32Array,
  codes: Int32Array,
  classes: number,
  k: number,
): SharedNeighbors {
  const { n } = source;
  /** Distance of the k-th neighbour, and the share of a place that each row at that distance has. */
  const reach = new Float64Array(n);
  const room = new Float64Array(n);
  const part = (i: number, distance: number) => (distance < reach[i]! ? 1 : distance === reach[i]! ? room[i]! : 0);
  const splitter = splitterFor(n * n, n * k);
  const counts = Array.from({ length: classes }, () => classSums(splitter));
  const few = nearestFew(k);
  eachRow(
    source,
    (i, distances) => {
      few.read(distances, i, used);
      reach[i] = few.gaps[k - 1]!;
      room[i] = shareOfLast(few, distances, i, used);
      const own = counts[codes[i]!]!;
      for (const j of used) if (j !== i && distances[j]! <= reach[i]!) own.add(codes[j]!, part(i, distances[j]!));
    },
    used,
  );
  const between = classSums(splitter);
  const outside = classSums(splitter);
  const back = new Float64Array(1);
  eachRow(
    source,
    (i, distances) => {
      for (const j of used) {
        if (j === i || distances[j]! > reach[i]!) continue;
        back[0] = distances[j]!;
        if (!source.symmetric) source.fillPairs(Int32Array.of(j), Int32Array.of(i), back);
        const [there, here] = [part(i, distances[j]!), part(j, back[0]!)];
        // A mutual pair is counted from its first row only.
        if (j < i && here > 0) continue;
        const [own, other] = [codes[i]!, codes[j]!];
        if (own === other) continue;
        const both = (there * here) / 2;
        outside.add(own, there - both);
        outside.add(other, here - both);
        between.add(Math.min(own, other) * classes + Math.max(own, other), there + here - there * here);
      }
    },
    used,
  );
  const outgoing = new Float64Array(classes);
  for (const [c, value] of outside.values()) outgoing[c] = value;
  return {
    counts: counts.map((sums) => new Map(sums.values())),
    outgoing,
    between: between.values().map(([pair, count]) => ({ a: Math.floor(pair / classes), b: pair % classes, count })),
  };
}
