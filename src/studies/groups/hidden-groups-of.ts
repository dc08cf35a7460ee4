import type { Label } from '../../core/types.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { gatherRows } from '../../kernels/cluster-order.js';
import { median } from '../../statistics/median.js';
import { FEWEST, splitIntoGroups } from './find-split.js';
import { affordableRows, type GroupMetric, groupFrame, inContentOrder } from './group-frame.js';
import type { ClassGroups, HiddenGroups } from './hidden-types.js';
import { separation } from './separation.js';

export interface GroupSettings {
  readonly metric: GroupMetric;
  readonly alpha: number;
  readonly seed: number;
  readonly sampleSize: number;
}

/** Sides this deep, in separations between classes, are as far apart as classes are: docs/borders.md. */
export const AS_DEEP = 0.75;
/** Groups of one class at most. */
const MOST_GROUPS = 12;
/** Other classes, nearest by their centres, of which the least separated is looked for. */
const CANDIDATES = 3;

function membersOf({ labels, k }: Part): Int32Array[] {
  const members: number[][] = Array.from({ length: k }, () => []);
  labels.forEach((c, i) => {
    members[c]!.push(i);
  });
  return members.map((rows) => Int32Array.from(rows));
}

function centreOf(rows: Float64Array, d: number, members: Int32Array): Float64Array {
  const centre = new Float64Array(d);
  for (const i of members) for (let c = 0; c < d; c++) centre[c]! += rows[i * d + c]! / members.length;
  return centre;
}

const squareOf = (x: Float64Array, y: Float64Array) => x.reduce((sum, v, c) => sum + (v - y[c]!) ** 2, 0);

/** Separation of each class from the least separated of its nearest classes; null without another class of two rows. */
function fromNearestClass(rows: Float64Array, d: number, members: readonly Int32Array[]): (number | null)[] {
  const eligible = members.flatMap((own, c) => (own.length >= 2 ? [c] : []));
  const centres = members.map((own) => centreOf(rows, d, own));
  return members.map((own, c) => {
    if (own.length < FEWEST) return null;
    const near = eligible
      .filter((other) => other !== c)
      .map((other) => ({ other, square: squareOf(centres[c]!, centres[other]!) }))
      .sort((x, y) => x.square - y.square || x.other - y.other)
      .slice(0, CANDIDATES);
    if (near.length === 0) return null;
    return Math.min(...near.map(({ other }) => separation(rows, d, own, members[other]!)));
  });
}

/** The nearest group centre of each row of a class, for rows that were not in the sample too. */
function assignAll(part: Part, all: Float64Array, c: number, centres: readonly Float64Array[]): Map<number, number> {
  const found = new Map<number, number>();
  const { d, labels } = part;
  for (let i = 0; i < part.n; i++) {
    if (labels[i] !== c) continue;
    const row = all.subarray(i * d, i * d + d);
    const squares = centres.map((centre) => squareOf(row, centre));
    found.set(i, squares.indexOf(Math.min(...squares)));
  }
  return found;
}

/** `hiddenGroups` for rows that are past the door; `subLabels` are those of the rows of the part. */
export function hiddenGroupsOf(given: Part, settings: GroupSettings): HiddenGroups {
  const { metric, alpha, seed } = settings;
  const { part, order } = inContentOrder(given, seed);
  const { d, classes } = part;
  const chosen = sampleRows(part, Math.min(settings.sampleSize, affordableRows(d)), seed);
  const whole = groupFrame(part, metric, seed);
  const rows = gatherRows(whole.rows, d, chosen);
  const labels = Int32Array.from(chosen, (i) => part.labels[i]!);
  const members = membersOf({ ...part, n: chosen.length, labels });
  const tested = members.flatMap((own, c) => (own.length >= FEWEST ? [c] : []));
  const near = fromNearestClass(rows, d, members);
  const level = alpha / Math.max(1, tested.length);
  const subLabels: (Label | string)[] = Array.from(given.labels, (c) => given.classes[c]!);
  const directions: Float64Array[] = [];
  const found = tested.map((c): ClassGroups => {
    const own = members[c]!;
    const inside = gatherRows(rows, d, own);
    const prints = Uint32Array.from(own, (p) => whole.prints[chosen[p]!]!);
    const { groupOf, groups, splits } = splitIntoGroups(inside, d, prints, { seed, level, most: MOST_GROUPS });
    const about = { label: classes[c]!, rows: own.length, groups, fromNearest: near[c]! };
    const first = splits[0];
    if (first === undefined) {
      return { ...about, sizes: [own.length], p: null, by: null, crossing: null, separation: null };
    }
    const sides = [0, 1].map((side) => first.rows.filter((_, p) => first.sides[p] === side));
    const groupsOf = Array.from({ length: groups }, (_, g) =>
      Int32Array.from(groupOf.keys()).filter((p) => groupOf[p] === g),
    );
    const [left, right] = sides.map((side) => centreOf(inside, d, side));
    directions.push(left!.map((v, j) => right![j]! - v));
    const centres = groupsOf.map((group) => centreOf(inside, d, group));
    const sampled = new Map(own.map((p) => chosen[p]!).entries());
    const nearest = assignAll(part, whole.rows, c, centres);
    for (const [position, i] of sampled) nearest.set(i, groupOf[position]!);
    for (const [i, g] of nearest) subLabels[order[i]!] = `${String(classes[c]!)} (${g + 1})`;
    return {
      ...about,
      sizes: groupsOf.map((group) => group.length),
      p: first.p === null ? null : Math.min(1, first.p * tested.length),
      by: first.by,
      crossing: first.crossing,
      separation: separation(inside, d, sides[0]!, sides[1]!),
    };
  });
  const several = found.filter(({ groups }) => groups > 1);
  const between = near.filter((value): value is number => value !== null);
  const betweenClasses = between.length === 0 ? null : median(between);
  const deep = several.filter(
    ({ separation: inside }) => betweenClasses === null || inside! >= AS_DEEP * betweenClasses,
  );
  return {
    classes: found,
    leftOut: classes.filter((_, c) => members[c]!.length < FEWEST),
    found: several.map(({ label }) => label),
    deep: deep.map(({ label }) => label),
    betweenClasses,
    sameDirection: directions.length < 2 ? null : meanCosine(directions),
    subLabels,
    alpha,
    metric,
    seed,
    n: part.n,
    ...(chosen.length === part.n ? {} : { sample: { rows: chosen.length, of: part.n } }),
  };
}

/** Mean absolute cosine over pairs of directions. */
function meanCosine(directions: readonly Float64Array[]): number {
  const length = (x: Float64Array) => Math.sqrt(x.reduce((sum, v) => sum + v * v, 0));
  let sum = 0;
  let pairs = 0;
  for (let a = 0; a < directions.length; a++) {
    for (let b = 0; b < a; b++) {
      const [x, y] = [directions[a]!, directions[b]!];
      const dot = x.reduce((total, v, j) => total + v * y[j]!, 0);
      const scale = length(x) * length(y);
      sum += scale > 0 ? Math.abs(dot) / scale : 0;
      pairs++;
    }
  }
  return Math.min(1, sum / pairs);
}

/** The part without one label, as the diagnosis leaves noise out. */
export function withoutLabel(part: Part, label: Label | undefined): { part: Part; kept: Int32Array } {
  const kept = Int32Array.from({ length: part.n }, (_, i) => i).filter((i) => part.classes[part.labels[i]!] !== label);
  return { part: kept.length === part.n ? part : partOf(part, kept), kept };
}
