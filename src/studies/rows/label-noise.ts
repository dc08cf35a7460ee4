import { UndefinedMetricError } from '../../core/errors.js';
import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { firstEqualRow } from '../../data/equal-rows.js';
import { nothingMore } from '../../data/options.js';
import { rowNameOf } from '../../data/row-name.js';
import { partOf } from '../../data/row-sample.js';
import { sourceOf } from '../../distance/held-source.js';
import { binomialTail } from '../../statistics/binomial-tail.js';
import { shareInterval } from '../../statistics/share-interval.js';
import { type Neighborhoods, neighborhoods } from './neighborhoods.js';
import { type NoiseShare, noiseShare } from './noise-share.js';
import { type RowsOptions, type RowsToStudy, readRows } from './read-rows.js';

/** A row whose neighbours agree with each other and not with its label. */
export interface MislabelledRow<L extends Label = Label> {
  /** Row of the input. */
  readonly row: number;
  readonly label: L;
  /** The label that most of its neighbours have. */
  readonly nearer: L;
  /** Share of its neighbours with that label, and with its own. */
  readonly agreement: number;
  readonly own: number;
}

export interface LabelNoise<L extends Label = Label> extends NoiseShare {
  /** Classes that were not judged, since most of their rows lie among others: they have no region to be out of. */
  readonly withoutRegion: readonly L[];
  /** Rows of the input that were not judged: of such a class, or among its rows. Share and interval say nothing of their labels. */
  readonly notJudged: readonly number[];
  /** The rows whose neighbours agree with each other and not with the label; those with the purest neighbourhoods first. */
  readonly rows: readonly MislabelledRow<L>[];
  /** Neighbours that were asked for each row. */
  readonly neighbors: number;
  /** Copies of a row with the same label; they had no vote. */
  readonly copies: number;
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

/** Neighbours that are asked at most, odd so that two classes do not tie; small classes are asked about fewer. */
const MOST = 21;
const LEAST = 5;
/** Part of each region whose neighbourhoods are purest. */
const PURE = 1 / 3;
/** Normal quantile at 99%: so sure is it that a region is more than half its own. */
const SURE = 2.326;

/** Odd, at most half of the class of the middle row: a class must be able to win among the neighbours of its rows. */
function askedNeighbors(n: number, counts: Int32Array): number {
  const sizes = Array.from(counts).sort((a, b) => a - b);
  let rows = 0;
  const middle = sizes.find((size) => {
    rows += size;
    return 2 * rows >= n;
  });
  const half = Math.max(LEAST, Math.min(MOST, Math.floor((middle ?? 0) / 2)));
  return Math.min(half % 2 === 0 ? half - 1 : half, n - 1);
}

/** Classes that have a region of their own: most rows there are theirs, and most of theirs are there. */
function classesWithCore({ mode }: Neighborhoods, labels: Int32Array, counts: Int32Array): boolean[] {
  const region = new Int32Array(counts.length);
  const own = new Int32Array(counts.length);
  for (let i = 0; i < mode.length; i++) {
    region[mode[i]!]!++;
    if (mode[i] === labels[i]) own[mode[i]!]!++;
  }
  return Array.from(counts, (count, c) => {
    if (2 * own[c]! < count) return false;
    return region[c]! > 0 && shareInterval(own[c]! / region[c]!, region[c]!, SURE)[0] > 0.5;
  });
}

/** Rows of each region with the number of neighbours that disagree with it, and how many of its purest third are labelled otherwise. */
function regionsOf(found: Neighborhoods, labels: Int32Array, judged: (c: number) => boolean, k: number) {
  const members: number[][] = Array.from({ length: k }, () => []);
  for (let i = 0; i < labels.length; i++) {
    if (judged(labels[i]!) && judged(found.mode[i]!)) members[found.mode[i]!]!.push(i);
  }
  const dissent = (i: number) => found.size - found.modeVotes[i]!;
  return members.map((rows, c) => {
    const ranked = Float64Array.from(rows, dissent).sort();
    // All rows as pure as the last of the third.
    const cut = ranked[Math.ceil(PURE * rows.length) - 1] ?? 0;
    const pure = rows.filter((i) => dissent(i) <= cut);
    const wrong = (some: readonly number[]) => some.filter((i) => labels[i] !== c).length;
    return { c, members: rows, rows: rows.length, pure: pure.length, wrong: wrong(rows), wrongPure: wrong(pure) };
  });
}

/** Most of `size` neighbours that disagree where each does with this probability, but for 5% of the neighbourhoods. */
function mostDissent(size: number, rate: number): number {
  let most = 0;
  while (most < size && binomialTail(most + 1, size, rate) > 0.05) most++;
  return most;
}

/** A row of each kind: copies of a row with its label would vote for it. `standsFor` names the one of each row. */
function kindsOf({ points, labels, n, d }: RowsToStudy['part'], square: boolean) {
  const first = square ? Int32Array.from(labels.keys()) : firstEqualRow(points, n, d);
  const kinds = new Map<string, number>();
  const standsFor = first.map((kind, i) => {
    const key = `${kind} ${labels[i]}`;
    if (!kinds.has(key)) kinds.set(key, i);
    return kinds.get(key)!;
  });
  return { standsFor, kept: Int32Array.from(kinds.values()) };
}

/** The study of rows that have been read. */
export function labelNoiseOf(where: string, { part, metric, rowOf, source: held }: RowsToStudy): LabelNoise {
  const square = metric.kind === 'precomputed';
  const { standsFor, kept } = kindsOf(part, square);
  const data = kept.length === part.n ? part : partOf(part, kept, square);
  const { n, d, k, labels, counts, classes } = data;
  if (k < 2 || n <= LEAST) {
    throw new UndefinedMetricError(
      k < 2 ? 'too-few-clusters' : 'undefined-metric',
      `${where}: needs 2 classes and ${LEAST + 1} different rows or more, got ${k} and ${n}; give more`,
    );
  }
  const size = askedNeighbors(n, counts);
  const known = held !== undefined && data !== part ? sourceOf(held, kept) : held;
  const found = neighborhoods(
    known ?? metric.source(where, { points: data.points, n, d }, { rowName: rowNameOf(data) }),
    labels,
    k,
    size,
  );
  const core = classesWithCore(found, labels, counts);
  const cores = core.filter(Boolean).length;
  if (cores < 2) {
    throw new UndefinedMetricError(
      'undefined-metric',
      `${where}: needs 2 classes whose rows have mostly their own among ${size} neighbours, got ${cores} of ${k}; a label is out of place only where labels have places`,
    );
  }
  const regions = regionsOf(found, labels, (c) => core[c]!, k).filter(({ members }) => members.length > 0);
  const listed = new Map<number, Omit<MislabelledRow, 'row'>>();
  for (const { c, members, pure, wrongPure } of regions) {
    const most = mostDissent(size, wrongPure / pure);
    for (const i of members) {
      if (labels[i] === c || size - found.modeVotes[i]! > most) continue;
      const [label, nearer] = [classes[labels[i]!]!, classes[c]!];
      listed.set(kept[i]!, { label, nearer, agreement: found.modeVotes[i]! / size, own: found.ownVotes[i]! / size });
    }
  }
  const judged = new Set(regions.flatMap(({ members }) => members.map((i) => kept[i]!)));
  return {
    ...noiseShare(regions),
    withoutRegion: classes.filter((_, c) => !core[c]),
    notJudged: Array.from(standsFor).flatMap((kind, i) => (judged.has(kind) ? [] : [rowOf(i)])),
    rows: Array.from(standsFor)
      .flatMap((kind, i) => {
        const row = listed.get(kind);
        return row === undefined ? [] : [{ row: rowOf(i), ...row }];
      })
      .sort((a, b) => b.agreement - a.agreement || a.own - b.own || a.row - b.row),
    neighbors: size,
    copies: part.n - n,
    metric: metric.name,
    n: part.n,
    d: part.d,
    k: part.k,
  };
}

/**
 * How many labels are wrong, and which? A label looks wrong where the neighbours of the row agree with each other
 * and not with the label. Classes that overlap have such rows too, but there neighbourhoods are mixed. Wrong labels
 * are as frequent where neighbourhoods are pure. So the study takes each region (the rows whose neighbours mostly
 * have one label) and looks at the third with the purest neighbourhoods; the row's own label has no vote. The share
 * of rows there with another label comes from wrong labels, and at most a known part of it from overlap. `score`
 * subtracts half of that part, `interval` none or all of it. `p` asks whether overlap alone explains the share.
 * Confident learning (Northcutt, Jiang and Chuang 2021, arXiv:1911.00068) takes the mean confidence of a class as
 * its threshold and counts overlap as label noise; this study does not.
 *
 * It cannot tell wrong labels from a class that really lies in the middle of another class. It does not judge a
 * class without a region of its own, such as a noise class (`withoutRegion`). It misses few wrong labels beside
 * much overlap; docs/rows.md has the rates.
 *
 * Ties: rows at the distance of the last neighbour share its place. So the order of rows does not matter.
 *
 * Cost O(n^2 d) time, O(n) memory.
 *
 * @throws UndefinedMetricError with fewer than two classes that have regions of their own; InputError and
 *   ShapeError for bad input.
 *
 * @example
 * import { labelNoise } from 'clusterlens';
 * // Two squares of 100 rows, far apart. Rows 0, 12, 24, ... have the label of the other square.
 * const points = Array.from({ length: 200 }, (_, i) => [(i % 10) + (i < 100 ? 0 : 50), Math.floor((i % 100) / 10)]);
 * const labels = points.map(([x], i) => ((x! < 25) === (i % 12 > 0) ? 'left' : 'right'));
 * const { score, p, rows } = labelNoise(points, labels);
 * console.log(score.toFixed(3), p < 0.001, rows.length); // 0.085 true 17
 * console.log(rows.slice(0, 2).map(({ row, label, nearer }) => `${row}: ${label} among ${nearer}`)); // [ '108: left among right', '48: right among left' ]
 */
export function labelNoise<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: RowsOptions,
): LabelNoise<ReadLabel<L>>;
export function labelNoise<L extends Label>(dataset: Dataset<L>, options?: RowsOptions): LabelNoise<L>;
export function labelNoise(
  first: Points | Dataset,
  second?: Labels | RowsOptions,
  third?: RowsOptions,
  ...more: []
): LabelNoise {
  nothingMore('labelNoise', more, [first, second, third]);
  return labelNoiseOf('labelNoise', readRows('labelNoise', [first, second, third]).study);
}
