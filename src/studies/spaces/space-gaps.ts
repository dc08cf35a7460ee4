import { isPrecomputed } from '../../data/condensed.js';
import { type Part, partOf, sampleRows } from '../../data/row-sample.js';
import { classCounts } from '../../kernels/class-counts.js';
import { squaresAround } from '../../statistics/mean.js';
import type { SpaceParts } from './read-spaces.js';
import { type CompareSettings, SPACE_METRICS, type SpaceGap } from './space-types.js';
import { gapAgainst, splitGaps } from './split-gap.js';

/** Training and held-out rows of a space as one, with labels numbered together. */
function joined(training: Part, heldOut: Part): { part: Part; side: Uint8Array } {
  const classes = [...training.classes];
  const code = new Map(classes.map((label, c) => [label, c]));
  for (const label of heldOut.classes) {
    if (code.has(label)) continue;
    code.set(label, classes.length);
    classes.push(label);
  }
  const n = training.n + heldOut.n;
  const points = new Float64Array(n * training.d);
  points.set(training.points);
  points.set(heldOut.points, training.points.length);
  const labels = new Int32Array(n);
  labels.set(training.labels);
  labels.set(
    heldOut.labels.map((c) => code.get(heldOut.classes[c]!)!),
    training.n,
  );
  const counts = classCounts(labels, classes.length);
  const side = new Uint8Array(n).fill(1, training.n);
  return { part: { n, d: training.d, k: classes.length, points, labels, classes, counts }, side };
}

/** The rows of classes that have two rows or more on either side: there an index can be compared. */
function comparableRows({ labels, k }: Part, side: Uint8Array): Int32Array {
  const counts = new Int32Array(2 * k);
  labels.forEach((c, i) => {
    counts[2 * c + side[i]!]!++;
  });
  return Int32Array.from(labels.keys()).filter((i) => counts[2 * labels[i]!]! >= 2 && counts[2 * labels[i]! + 1]! >= 2);
}

interface Measured extends Omit<SpaceGap, 'corrected'> {
  readonly dealt: readonly number[];
}

function minus(a: Measured, b: Measured): Measured {
  const gap = a.gap - b.gap;
  // The same deals were made in both spaces.
  const dealt = a.dealt.map((value, t) => value - b.dealt[t]!);
  return {
    ...a,
    over: b.space,
    training: a.training - b.training,
    heldOut: a.heldOut - b.heldOut,
    ...gapAgainst(gap, dealt),
  };
}

/** Gaps between training and held-out rows of each space, and how far they are from those of the first. */
export function spaceGaps(where: string, parts: SpaceParts, settings: CompareSettings): SpaceGap[] {
  if (parts.heldOut === null || isPrecomputed(settings.metric)) return [];
  const alone = parts.names.flatMap((space, p): Measured[] => {
    const other = parts.heldOut![p]!;
    if (other === null) return [];
    const both = joined(parts.training[p]!, other);
    const comparable = comparableRows(both.part, both.side);
    const chosen = sampleRows(partOf(both.part, comparable), settings.sampleSize, settings.seed);
    const rows = chosen.map((i) => comparable[i]!);
    const part = partOf(both.part, rows);
    const side = Uint8Array.from(rows, (i) => both.side[i]!);
    if (part.k < 2 || !side.includes(0) || !side.includes(1)) return [];
    const found = splitGaps(where, part, side, settings);
    const heldOutRows = side.reduce((sum, s) => sum + s, 0);
    const compared = {
      trainingRows: part.n - heldOutRows,
      heldOutRows,
      classes: part.k,
      ...(part.n === comparable.length ? {} : { sample: { rows: part.n, of: comparable.length } }),
    };
    return SPACE_METRICS.map((metric) => ({ space, over: null, metric, ...found[metric], ...compared }));
  });
  const beyond = alone.slice(SPACE_METRICS.length).flatMap((of) => {
    const first = alone.find(({ space, metric }) => space === parts.names[0] && metric === of.metric);
    return first === undefined ? [] : [minus(of, first)];
  });
  const found = [...alone, ...beyond];
  const inUnits = found.map(({ gap, expectedGap, dealt }) => {
    const sd = Math.sqrt(squaresAround(expectedGap, dealt) / dealt.length);
    const scaled = (value: number) => (sd === 0 ? 0 : (value - expectedGap) / sd);
    return { observed: scaled(gap), dealt: dealt.map(scaled) };
  });
  const largest = found[0]?.dealt.map((_, t) => Math.max(...inUnits.map(({ dealt }) => dealt[t]!))) ?? [];
  return found.map(({ dealt: _, ...gap }, g): SpaceGap => {
    const reached = largest.filter((value) => value >= inUnits[g]!.observed - 1e-12).length;
    return { ...gap, corrected: Math.max(gap.p, (1 + reached) / (1 + largest.length)) };
  });
}
