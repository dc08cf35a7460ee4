import { countText, numberText, percentText } from '../../core/words.js';
import type { PointTable } from '../../data/points.js';
import { columnCell, sayColumns } from './column-words.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { countOf, FROM_ZERO, finding, LOWER, measuredBy, SHARE, untested } from './words.js';

/** Share of values out of reach that is worth a finding. */
const WORTH = 0.05;
const MOST_COLUMNS = 60;
/** Outputs within this share of their range from an end stand at that end. */
const END = 0.02;
/** An end is a bound when this share of outputs stands there, and this share of these has its target beyond. */
const STANDING = 0.2;
const BEYOND = 0.75;

type Range = readonly [number | null, number | null];

/**
 * Bounds that outputs show by themselves: an output that never varies, and an end at which outputs
 * pile up while their targets lie beyond it, as behind a sigmoid. Free outputs have few values at
 * their ends; those of tight classes pile up too, but with targets on both sides.
 */
function shownRange(targets: PointTable, outputs: PointTable, c: number): Range {
  const { n, d } = outputs;
  let low = Infinity;
  let high = -Infinity;
  for (let i = 0; i < n; i++) {
    low = Math.min(low, outputs.data[i * d + c]!);
    high = Math.max(high, outputs.data[i * d + c]!);
  }
  if (high - low <= 1e-9 * Math.max(1, Math.abs(low))) return [low, high];
  const isBound = (end: number, side: 1 | -1) => {
    let standing = 0;
    let beyond = 0;
    for (let i = 0; i < n; i++) {
      if (side * (end - outputs.data[i * d + c]!) > END * (high - low)) continue;
      standing++;
      if (side * (targets.data[i * d + c]! - end) > 0) beyond++;
    }
    return standing >= STANDING * n && beyond >= BEYOND * standing;
  };
  return [isBound(low, -1) ? low : null, isBound(high, 1) ? high : null];
}

function rangesOf({ training }: Context, targets: PointTable): { ranges: Range[]; from: string } | string {
  const { n, d } = targets;
  const outputs = training?.outputs;
  if (training?.outputRange !== undefined) {
    if (training.outputRange.length === d) return { ranges: [...training.outputRange], from: 'outputRange' };
    return `there are ${training.outputRange.length} ranges for ${d} targets`;
  }
  if (outputs === undefined || outputs.n !== n || outputs.d !== d)
    return `the outputs do not have the shape of the targets, ${n} x ${d}`;
  return {
    ranges: Array.from({ length: d }, (_, c) => shownRange(targets, outputs, c)),
    from: 'the ends at which outputs pile up',
  };
}

function meanSquaredError(targets: PointTable, outputs: PointTable): number {
  let sum = 0;
  for (let p = 0; p < targets.data.length; p++) sum += (targets.data[p]! - outputs.data[p]!) ** 2;
  return sum / targets.data.length;
}

/** Whether the targets are the rows of the input, whose columns have names. */
function areInput({ raw }: Context, { data, n, d }: PointTable): boolean {
  return n === raw.n && d === raw.d && data.every((v, p) => v === raw.points[p]);
}

const about = {
  id: 'output-reach',
  title: 'Reach of the outputs',
  hypothesis:
    'The range of the outputs does not reach the targets, so that no training can bring the reconstruction error down.',
} as const;

const make: FindingMaker = (context) => {
  const { training } = context;
  if (training === null || (training.outputRange === undefined && training.outputs === undefined)) return null;
  const targets: PointTable = training.targets ?? { data: context.raw.points, n: context.raw.n, d: context.raw.d };
  const { data, n, d } = targets;
  const found = rangesOf(context, targets);
  if (typeof found === 'string') return untested(about, 'range of outputs', found);
  let outside = 0;
  let floor = 0;
  const columns = found.ranges.map(([low, high], c) => {
    let missed = 0;
    let square = 0;
    for (let i = 0; i < n; i++) {
      const v = data[i * d + c]!;
      const excess = low !== null && v < low ? low - v : high !== null && v > high ? v - high : 0;
      if (excess > 0) missed++;
      square += excess * excess;
    }
    outside += missed;
    floor += square;
    return { column: c, low, high, share: missed / n, error: square / n };
  });
  const share = outside / (n * d);
  const most = columns.filter((of) => of.share > 0.5).length;
  const least = floor / (n * d);
  const confirmed = share >= WORTH;
  const named = areInput(context, targets) ? context : { columns: null };
  const worst = [...columns].sort((x, y) => y.share - x.share || x.column - y.column);
  const missing = worst.filter((of) => of.share > 0.5).map(({ column }) => column);
  const { outputs } = training;
  const error = outputs !== undefined && outputs.n === n && outputs.d === d ? meanSquaredError(targets, outputs) : null;
  const test = `targets against ${found.from}`;
  const shown = measuredBy(test, LOWER);
  return finding(about, confirmed ? 'confirmed' : 'rejected', !confirmed ? 'info' : share > 0.25 ? 'high' : 'medium', {
    summary:
      `${percentText(share)} of the target values are out of reach; ${numberText(most)} of ${countText(d, 'output')} cannot reach most of their targets${missing.length === 0 ? '' : `: ${sayColumns(named, missing)}`}. ` +
      `The mean squared error cannot fall below ${numberText(least)}${error === null ? '' : `; it is ${numberText(error)}`}.`,
    evidence: [
      shown('shareOutside', 'Share of target values out of reach', share, SHARE),
      shown('columnsMostlyOutside', 'Outputs that cannot reach most of their targets', most, countOf('columns', d)),
      shown('errorFloor', 'Least mean squared error that these ranges allow', least, FROM_ZERO),
      ...(error === null
        ? []
        : [
            measuredBy('targets against outputs')('error', 'Mean squared error of the outputs given', error, {
              ...FROM_ZERO,
              ...LOWER,
            }),
          ]),
    ],
    tables: [
      {
        name: 'columns',
        text: 'Outputs by share of targets out of reach',
        test,
        columns: ['column', 'low', 'high', 'shareOutside', 'errorFloor'],
        rows: worst
          .map((of) => [columnCell(named, of.column), of.low, of.high, of.share, of.error])
          .slice(0, MOST_COLUMNS),
        omitted: Math.max(0, d - MOST_COLUMNS),
      },
    ],
    changesIf: `Confirmed from ${percentText(WORTH)} of values out of reach on (now ${percentText(share)}).`,
    recommendation: confirmed
      ? {
          text: 'Use a linear output, or bring the targets into the range of the outputs.',
          call: `residualAutoencoder({ inputSize: ${d}, decoder: 'linear' })`,
        }
      : null,
  });
};

export const outputReach: FindingModule = { ...about, make };
