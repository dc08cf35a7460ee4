import { type Part, sampleRows } from '../../data/row-sample.js';
import { classCounts } from '../../kernels/class-counts.js';
import { gatherRows } from '../../kernels/cluster-order.js';
import { adjustedMutualInformation } from '../../metrics/external/adjusted-mutual-information.js';
import { clusteredGroups } from './clustered-groups.js';
import { splitIntoGroups } from './find-split.js';
import { affordableRows, groupFrame, inContentOrder } from './group-frame.js';
import type { GroupSettings } from './hidden-groups-of.js';
import type { OtherGroups } from './other-types.js';

/**
 * Labels that tell less than this share of what they could tell of the groups do not follow them. Labels that follow the
 * groups in every second row and are dealt at random in the others tell about a quarter: docs/borders.md.
 */
export const FOLLOWS = 0.25;
const MOST_GROUPS = 20;
/** Rows of which groups are looked for at most; gaps between groups need no more. */
const ENOUGH = 500;

function largestFirst(labels: Int32Array, groups: number): { labels: Int32Array; sizes: number[] } {
  const counts = classCounts(labels, groups);
  const first = Array.from(counts, (_, g) => labels.indexOf(g));
  const order = Array.from(counts.keys()).sort((g, h) => counts[h]! - counts[g]! || first[g]! - first[h]!);
  return { labels: labels.map((g) => order.indexOf(g)), sizes: order.map((g) => counts[g]!) };
}

/** The group of the nearest of the rows whose group is known. */
function spreadOut(rows: Float64Array, d: number, chosen: Int32Array, groupOf: Int32Array, sizes: readonly number[]) {
  const centres = sizes.map(() => new Float64Array(d));
  chosen.forEach((i, p) => {
    const centre = centres[groupOf[p]!]!;
    for (let c = 0; c < d; c++) centre[c]! += rows[i * d + c]! / sizes[groupOf[p]!]!;
  });
  const out = Int32Array.from({ length: rows.length / d }, (_, i) => {
    let best = 0;
    let least = Infinity;
    centres.forEach((centre, g) => {
      let square = 0;
      for (let c = 0; c < d; c++) square += (rows[i * d + c]! - centre[c]!) ** 2;
      if (square < least) {
        least = square;
        best = g;
      }
    });
    return best;
  });
  chosen.forEach((i, p) => {
    out[i] = groupOf[p]!;
  });
  return out;
}

function inputOrder(groupOf: Int32Array, order: Int32Array): number[] {
  const out = new Array<number>(order.length).fill(0);
  order.forEach((i, p) => {
    out[i] = groupOf[p]! + 1;
  });
  return out;
}

/** `otherGroups` for rows that are past the door; `groupOf` are the groups of the rows of the part. */
export function otherGroupsOf(input: Part, settings: GroupSettings): OtherGroups {
  const { metric, alpha, seed } = settings;
  const { part, order } = inContentOrder(input, seed);
  const { d } = part;
  const most = Math.min(settings.sampleSize, d > 500 ? 200 : affordableRows(d), ENOUGH);
  const chosen = sampleRows(part, most, seed);
  const whole = groupFrame(part, metric, seed);
  const rows = gatherRows(whole.rows, d, chosen);
  const prints = Uint32Array.from(chosen, (i) => whole.prints[i]!);
  // Half of the level for each of the two ways.
  const clustered = clusteredGroups(rows, d, prints, { seed, alpha: alpha / 2 });
  const split = splitIntoGroups(rows, d, prints, { seed, level: alpha / 2, most: MOST_GROUPS });
  const common = {
    alpha,
    metric,
    seed,
    n: part.n,
    ...(chosen.length === part.n ? {} : { sample: { rows: chosen.length, of: part.n } }),
  };
  if (clustered === null && split.groups === 1) {
    const none = { groups: 1, p: null, by: null, agreement: null, explained: null, missed: false };
    return { ...none, sizes: [chosen.length], groupOf: new Array<number>(part.n).fill(1), ...common };
  }
  const byMeans = clustered !== null && clustered.groups >= split.groups;
  const groups = byMeans ? clustered.groups : split.groups;
  const ordered = largestFirst(byMeans ? clustered.labels : split.groupOf, groups);
  const splitP = split.splits.map(({ p }) => p);
  const p = byMeans ? clustered.p : splitP.includes(null) ? null : Math.max(...splitP.map((value) => value!));
  const given = Array.from(chosen, (i) => part.labels[i]!);
  const explained = adjustedMutualInformation(given, ordered.labels, { average: 'min' });
  return {
    groups,
    sizes: ordered.sizes,
    p: p === null ? null : Math.min(1, 2 * p),
    by: byMeans ? 'k-means' : 'splits',
    agreement: adjustedMutualInformation(given, ordered.labels),
    explained,
    missed: part.k > 1 && part.k < part.n && explained <= FOLLOWS,
    groupOf: inputOrder(spreadOut(whole.rows, d, chosen, ordered.labels, ordered.sizes), order),
    ...common,
  };
}
