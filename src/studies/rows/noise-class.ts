import type { Label } from '../../core/types.js';
import type { Part } from '../../data/row-sample.js';
import { eachRow } from '../../distance/each-row.js';
import type { DistanceSource } from '../../distance/source.js';
import { beyondChance } from '../../statistics/beyond-chance.js';
import { median } from '../../statistics/median.js';
import { pairChance } from '../../statistics/pair-chance.js';

/** How one class lies to the others. */
export interface ClassReach<L extends Label = Label> {
  readonly label: L;
  readonly rows: number;
  /**
   * Distance from rows of other classes to the nearest row of this one, over the same distance from its own rows:
   * medians, geometric mean over the other classes. About 1 where the class is as dense among the others as at home.
   */
  readonly cover: number;
  /** The same ratio to the other class where it is largest: about 1 where the class is as dense among all others as at home. */
  readonly every: number;
  /** The other way round: from its rows to each other class, over the distance of rows of that class to each other. */
  readonly apart: number;
  /**
   * Distance to the fifth nearest row of the class around the densest tenth of its rows, over the median of the same
   * distance in the other class where it is largest. Above 1 where it is nowhere as dense as the others mostly are.
   */
  readonly thin: number;
  /** Share of its rows that lie beyond the centre of another class, seen from its own centre; mean without the largest. */
  readonly beyond: number;
  /** Without it, share of the other rows whose nearest row has their label: between chance (0) and perfect (1). */
  readonly rest: number;
  /** Whether it is spread over the others and thinner than they are, which hold without it. */
  readonly spread: boolean;
}

/**
 * A class that is spread over the others has rows near theirs (cover), while the others keep out of its rows (apart:
 * classes that overlap evenly have 1 here), and some of its rows lie on the far side of several of them (beyond: a wide
 * class in many columns is near to all that is beside it, but on one side of it).
 *
 * It is nowhere as dense as they are (thin): wide classes have a middle, and classes with wrong labels have a place where
 * most of them are. A class that is little thinner is noise only where the others keep apart without it (rest); one of
 * so many rows that it is as dense as the thinnest of them, only where it is everywhere about as dense as at home, too.
 * docs/noise-bounds.md has the rates of each bound and of others.
 */
export interface NoiseBounds {
  readonly cover: number;
  readonly apart: number;
  readonly beyond: number;
  /** One of them must hold. */
  readonly thin: ReadonlyArray<{ readonly thin: number; readonly rest: number; readonly every: number }>;
}

export const BOUNDS: NoiseBounds = {
  cover: 6,
  apart: 1.7,
  beyond: 0.005,
  thin: [
    { thin: 1.5, rest: 0.5, every: Infinity },
    { thin: 1.2, rest: 0.95, every: Infinity },
    { thin: 0.8, rest: 0.95, every: 1.5 },
  ],
};

/** Whether a class that lies so to the others is spread over them. */
export function isSpread(
  { cover, apart, beyond, every, thin, rest }: Omit<ClassReach, 'spread'>,
  bounds: NoiseBounds = BOUNDS,
): boolean {
  const over = cover <= bounds.cover && apart >= bounds.apart && beyond >= bounds.beyond;
  return over && bounds.thin.some((of) => thin >= of.thin && rest >= of.rest && every <= of.every);
}

/** Neighbours that tell how dense a class is around a row, and the share of its rows that are its densest. */
const NEAR = 5;
const DENSEST = 0.1;
/** Rows of a class that is judged, and of one that it is compared with. */
const ENOUGH = 8;
const LEAST = 3;
/** A ratio of distances tells no more than this. */
const MOST = 1000;

const ratio = (a: number, b: number) => (a === b ? 1 : Math.min(MOST, Math.max(1 / MOST, a / b)));

/**
 * Distance of each row to the nearest other row of each class, the mean of the squares of its distances to them, and
 * its distance to the fifth nearest row of its own class, or to the last where it has fewer.
 */
function distancesToClasses({ n, labels, k, counts }: Part, source: DistanceSource) {
  const nearest = new Float64Array(n * k).fill(Infinity);
  const squares = new Float64Array(n * k);
  const fifth = new Float64Array(n);
  const gaps = new Float64Array(NEAR);
  eachRow(source, (i, distances) => {
    const at = i * k;
    const own = labels[i]!;
    gaps.fill(Infinity);
    for (let j = 0; j < n; j++) {
      const c = at + labels[j]!;
      const distance = distances[j]!;
      squares[c]! += distance * distance;
      if (j === i) continue;
      if (distance < nearest[c]!) nearest[c] = distance;
      if (labels[j] !== own || distance >= gaps[NEAR - 1]!) continue;
      let place = NEAR - 1;
      for (; place > 0 && gaps[place - 1]! > distance; place--) gaps[place] = gaps[place - 1]!;
      gaps[place] = distance;
    }
    for (let c = 0; c < k; c++) squares[at + c]! /= counts[c]!;
    fifth[i] = gaps[Math.max(0, Math.min(NEAR, counts[own]! - 1) - 1)]!;
  });
  return { nearest, squares, fifth };
}

/** Share of the rows of class c behind the centre of class g; all by distances, so that no coordinates are needed. */
function behind(members: readonly number[][], squares: Float64Array, k: number, c: number, g: number): number {
  const mean = (rows: readonly number[], to: number) =>
    rows.reduce((sum, i) => sum + squares[i * k + to]!, 0) / rows.length;
  const own = mean(members[c]!, c) / 2;
  const other = mean(members[g]!, g) / 2;
  const between = mean(members[c]!, g) - own - other;
  const far = members[c]!.filter((i) => squares[i * k + c]! - own > squares[i * k + g]! - other + between);
  return far.length / members[c]!.length;
}

/** Agreement of the other classes among themselves when class c is left out, adjusted for chance. */
function restAgreement({ n, k, labels, counts }: Part, nearest: Float64Array, c: number): number {
  const left = n - counts[c]!;
  let agree = 0;
  for (let i = 0; i < n; i++) {
    const own = labels[i]!;
    if (own === c) continue;
    let least = Infinity;
    for (let g = 0; g < k; g++) if (g !== c) least = Math.min(least, nearest[i * k + g]!);
    if (nearest[i * k + own]! === least && least < Infinity) agree++;
  }
  return beyondChance(
    agree / left,
    pairChance(
      counts.filter((_, g) => g !== c),
      left,
    ),
  );
}

const geometricMean = (values: readonly number[]) =>
  Math.exp(values.reduce((sum, value) => sum + Math.log(value), 0) / values.length);

/**
 * How the classes lie to each other, to tell a class of scattered rows (noise, background) from one that is only
 * wide. Classes with fewer than 8 rows are not judged, and it takes two others of three rows or more: beside
 * one other class nothing tells noise from a class around it. Cost O(n^2 d) time, O(n k) memory.
 */
export function classReaches(part: Part, source: DistanceSource): ClassReach[] {
  const { n, k, labels, counts, classes } = part;
  const large = Array.from(counts.keys()).filter((c) => counts[c]! >= LEAST);
  if (large.length < 3 || large.every((c) => counts[c]! < ENOUGH)) return [];
  const { nearest, squares, fifth } = distancesToClasses(part, source);
  const members: number[][] = Array.from({ length: k }, () => []);
  for (let i = 0; i < n; i++) members[labels[i]!]!.push(i);
  const reach = (a: number, b: number) => median(members[a]!.map((i) => nearest[i * k + b]!));
  const within = Float64Array.from(counts, (size, c) => (size < LEAST ? 0 : reach(c, c)));
  const sorted = members.map((own) => Float64Array.from(own, (i) => fifth[i]!).sort());
  const usual = sorted.map((own) => (own.length < LEAST ? 0 : median(own)));
  return large
    .filter((c) => counts[c]! >= ENOUGH)
    .map((c) => {
      const others = large.filter((g) => g !== c);
      const covers = others.map((g) => ratio(reach(g, c), within[c]!));
      const apart = geometricMean(others.map((g) => ratio(reach(c, g), within[g]!)));
      const shares = others.map((g) => behind(members, squares, k, c, g)).sort((a, b) => a - b);
      const beyond = shares.slice(0, -1).reduce((sum, share) => sum + share, 0) / (shares.length - 1);
      const rest = restAgreement(part, nearest, c);
      // Classes of few rows look thin.
      const many = others.filter((g) => counts[g]! >= ENOUGH);
      const thinnest = Math.max(...(many.length > 0 ? many : others).map((g) => usual[g]!));
      const thin = ratio(sorted[c]![Math.floor(DENSEST * counts[c]!)]!, thinnest);
      const found = {
        label: classes[c]!,
        rows: counts[c]!,
        cover: geometricMean(covers),
        every: Math.max(...covers),
        apart,
        thin,
        beyond,
        rest,
      };
      return { ...found, spread: isSpread(found) };
    });
}

/** The class that is spread over the others, the one that they keep apart from most if several are; null for none. */
export function noiseClassAmong(reaches: readonly ClassReach[]): ClassReach | null {
  const spread = reaches.filter((of) => of.spread);
  return spread.reduce<ClassReach | null>((best, one) => (best === null || one.apart > best.apart ? one : best), null);
}
