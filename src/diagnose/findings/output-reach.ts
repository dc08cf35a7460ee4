import type { PointTable } from '../../data/points.js';
import type { Evidence } from '../types.js';
import type { Context, FindingMaker } from './context.js';
import { percent, SHARE, say, untested } from './words.js';

/** Share of values out of reach that is worth a finding. */
const WORTH = 0.05;
/** An output that varies this much less than its target stands still. */
const STILL = 1e-9;

type Range = readonly [number | null, number | null];

/** Without ranges, an output that never varies is a range of one point. */
function rangesOf({ training }: Context, d: number): { ranges: Range[]; from: string } | null {
  if (training?.outputRange !== undefined) return { ranges: [...training.outputRange], from: 'outputRange' };
  const outputs = training?.outputs;
  if (outputs === undefined) return null;
  const ranges = Array.from({ length: d }, (_, c): Range => {
    let low = Infinity;
    let high = -Infinity;
    for (let i = 0; i < outputs.n; i++) {
      low = Math.min(low, outputs.data[i * d + c]!);
      high = Math.max(high, outputs.data[i * d + c]!);
    }
    return high - low <= STILL * Math.max(1, Math.abs(low)) ? [low, high] : [null, null];
  });
  return { ranges, from: 'outputs that never vary' };
}

function meanSquaredError(targets: PointTable, outputs: PointTable): number {
  let sum = 0;
  for (let p = 0; p < targets.data.length; p++) sum += (targets.data[p]! - outputs.data[p]!) ** 2;
  return sum / targets.data.length;
}

export const outputReach: FindingMaker = (context) => {
  const { training } = context;
  if (training === null || (training.outputRange === undefined && training.outputs === undefined)) return null;
  const about = {
    id: 'output-reach' as const,
    title: 'Targets out of reach of the outputs',
    hypothesis:
      'The range of the outputs cannot reach the targets, so that no training can bring the reconstruction error down.',
  };
  const targets: PointTable = training.targets ?? { data: context.raw.points, n: context.raw.n, d: context.raw.d };
  const { data, n, d } = targets;
  const found = rangesOf(context, d)!;
  if (found.ranges.length !== d)
    return untested(about, 'range of outputs', `there are ${found.ranges.length} ranges for ${d} targets`);
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
  const error =
    training.outputs !== undefined && training.outputs.n === n && training.outputs.d === d
      ? meanSquaredError(targets, training.outputs)
      : null;
  const test = `targets against ${found.from}`;
  const evidence: Evidence[] = [
    {
      name: 'shareOutside',
      text: 'Share of target values out of reach',
      value: share,
      unit: 'share',
      range: SHARE,
      better: 'lower',
      test,
    },
    {
      name: 'columnsMostlyOutside',
      text: 'Outputs that cannot reach most of their targets',
      value: most,
      unit: 'columns',
      range: [0, d],
      better: 'lower',
      test,
    },
    {
      name: 'errorFloor',
      text: 'Least mean squared error that these ranges allow',
      value: least,
      range: [0, null],
      better: 'lower',
      test,
    },
    ...(error === null
      ? []
      : [
          {
            name: 'error',
            text: 'Mean squared error of the outputs given',
            value: error,
            range: [0, null] as const,
            better: 'lower' as const,
            test: 'targets against outputs',
          },
        ]),
  ];
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity: !confirmed ? 'info' : share > 0.25 ? 'high' : 'medium',
    summary:
      `${percent(share)} of the target values are out of reach; ${say(most)} of ${say(d)} outputs cannot reach most of their targets. ` +
      `The mean squared error cannot fall below ${say(least)}${error === null ? '' : `; it is ${say(error)}`}.`,
    evidence,
    tables: [
      {
        name: 'columns',
        text: 'Outputs by share of targets out of reach',
        test,
        columns: ['column', 'low', 'high', 'shareOutside', 'errorFloor'],
        rows: [...columns]
          .sort((a, b) => b.share - a.share || a.column - b.column)
          .map((of) => [of.column, of.low, of.high, of.share, of.error])
          .slice(0, 60),
        omitted: Math.max(0, d - 60),
      },
    ],
    changesIf: `Confirmed from ${percent(WORTH)} of values out of reach on (now ${percent(share)}).`,
    recommendation: confirmed
      ? {
          text: 'Use a linear output, or bring the targets into the range of the outputs.',
          call: "residualAutoencoder({ decoder: 'linear' })",
        }
      : null,
  };
};
