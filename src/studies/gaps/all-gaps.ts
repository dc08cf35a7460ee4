import { centredFrame } from '../../kernels/frame.js';
import type { BenchmarkOf } from './benchmark.js';
import { contentOrder, fingerprints } from './content-halves.js';
import { facingRows } from './facing-rows.js';
import type { LineGap } from './gap-types.js';
import { lineGap } from './line-gap.js';
import { lineSpaces } from './line-spaces.js';
import { touchingPairs } from './neighbor-groups.js';
import { prototypesOf } from './prototypes.js';
import { withoutRounding } from './without-rounding.js';

/** Parts of a group at most, and products of rows and parts that are affordable. */
const MOST_PARTS = 16;
const EFFORT = 1e8;
/** Third groups that are looked at for one pair: the nearest to the middle between the two. */
const THIRDS = 16;
/** Rows of a group below which no line can be judged. */
const FEWEST = 4;

export interface TouchingGap extends LineGap {
  readonly pair: readonly [number, number];
}

/** Gaps of the pairs that touch, and the rows as they were compared: centred, each with its group, noise with the nearest. */
export interface TouchingGaps {
  readonly gaps: TouchingGap[];
  readonly rows: Float64Array;
  readonly own: Int32Array;
  readonly prints: Uint32Array;
}

/** The groups other than a and b whose centres are nearest to the middle between theirs. */
function thirdsOf(
  centres: Float64Array,
  d: number,
  k: number,
  a: number,
  b: number,
  able: readonly boolean[],
): number[] {
  const middle = Float64Array.from({ length: d }, (_, c) => (centres[a * d + c]! + centres[b * d + c]!) / 2);
  const far: { group: number; square: number }[] = [];
  for (let g = 0; g < k; g++) {
    if (g === a || g === b || !able[g]) continue;
    let square = 0;
    for (let c = 0; c < d; c++) square += (centres[g * d + c]! - middle[c]!) ** 2;
    far.push({ group: g, square });
  }
  far.sort((x, y) => x.square - y.square || x.group - y.group);
  return far.slice(0, THIRDS).map(({ group }) => group);
}

/**
 * The gap, or none, between any two groups that touch. Labels are 0 .. k - 1, and -1 for rows of no group: these
 * choose no line, and are judged with the group whose part is nearest, so that a gap that was made by leaving
 * rows out is none.
 */
export function allGaps(
  points: Float64Array,
  n: number,
  d: number,
  labels: Int32Array,
  k: number,
  seed: number,
  benchmark: BenchmarkOf,
): TouchingGaps {
  const prints = fingerprints(points, n, d, seed);
  const { rows } = centredFrame(withoutRounding(points, n, d, contentOrder(prints), seed), n, d);
  const spaces = lineSpaces(rows, d, labels, k, prints);
  const most = Math.max(1, Math.min(MOST_PARTS, Math.floor(EFFORT / (n * d * k))));
  const prototypes = spaces.training.map((training) => prototypesOf(rows, d, labels, k, training, { most, seed }));
  const facing = facingRows(rows, d, labels, spaces.half, [prototypes[0]!, prototypes[1]!]);
  const members: number[][] = Array.from({ length: k }, () => []);
  facing.own.forEach((g, i) => {
    if (g >= 0) members[g]!.push(i);
  });
  const able = members.map((own) => own.length >= FEWEST);
  const gaps = touchingPairs(facing, labels, k)
    .filter(([a, b]) => able[a] && able[b])
    .map((pair) => {
      const [a, b] = pair;
      const placed = (own: number, other: number, sign: number) =>
        members[own]!.filter((i) => facing.faced[i] === other && !Number.isNaN(facing.place[i]!)).map(
          (i) => sign * facing.place[i]!,
        );
      const first = placed(a, b, 1);
      const parts = { at: Float64Array.from([...first, ...placed(b, a, -1)]), first: first.length };
      const thirds = thirdsOf(spaces.plain[0].centres, d, k, a, b, able);
      const both = [Int32Array.from(members[a]!), Int32Array.from(members[b]!)] as const;
      // Without several parts the line between parts is that between centres.
      return { pair, ...lineGap(spaces, pair, both, thirds, most === 1 ? null : parts, benchmark) };
    });
  return { gaps, rows, own: facing.own, prints };
}
