import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame } from '../../kernels/frame.js';
import { zScores } from '../../kernels/z-scores.js';
import { neighborAgreement } from '../../metrics/internal/neighbor-agreement.js';
import { silhouette } from '../../metrics/internal/silhouette.js';
import { asInput } from '../row-sample.js';
import type { Evidence } from '../types.js';
import { attempt, type Context, type FindingMaker } from './context.js';
import { commandOptions, FROM_ZERO, percent, SHARE, SIGNED, say, untested } from './words.js';

/** One column carries more than this share of the spread inside classes, and this many times the median column. */
const DOMINANT = 0.5;
const TIMES = 10;
/** Share of the squared length that a common offset may have before angles see little else. */
const OFFSET = 0.9;

/** Pooled variance inside classes of each column, in squared units of the frame. */
function withinVariances({ raw }: Context): Float64Array {
  const { n, d, k, labels, points } = raw;
  const { rows } = centredFrame(points, n, d);
  const { means } = clusterMoments(rows, d, labels, k);
  const out = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) out[c]! += (rows[i * d + c]! - means[labels[i]! * d + c]!) ** 2 / n;
  }
  return out;
}

/** Share of the mean row in the mean squared length of rows. */
function offsetShare({ data }: Context): number {
  const { n, d, points } = data;
  const mean = new Float64Array(d);
  let square = 0;
  let largest = 0;
  for (const v of points) largest = Math.max(largest, Math.abs(v));
  if (largest === 0) return 0;
  for (let i = 0; i < n; i++) {
    for (let c = 0; c < d; c++) {
      const v = points[i * d + c]! / largest;
      mean[c]! += v / n;
      square += (v * v) / n;
    }
  }
  return mean.reduce((sum, v) => sum + v * v, 0) / square;
}

function effectOfScaling(context: Context): { evidence: Evidence[]; change: number } {
  const { rawSample, metric } = context;
  const scaled = { ...rawSample, points: zScores(rawSample.points, rawSample.n, rawSample.d) };
  const both = attempt(() =>
    [rawSample, scaled].map((part) => {
      const [points, labels] = asInput(part);
      return [
        silhouette(points, labels, { metric }).score,
        neighborAgreement(points, labels, { metric }).score,
      ] as const;
    }),
  );
  if ('reason' in both) return { evidence: [], change: 0 };
  const [raw, standard] = both as [readonly [number, number], readonly [number, number]];
  const row = (
    name: string,
    text: string,
    value: number,
    range: readonly [number, number],
    test: string,
  ): Evidence => ({
    name,
    text,
    value,
    range,
    better: 'higher',
    test,
    ...context.note,
  });
  return {
    evidence: [
      row('silhouetteRaw', 'Silhouette with columns as given', raw[0], SIGNED, 'silhouette'),
      row('silhouetteStandardised', 'Silhouette with standardised columns', standard[0], SIGNED, 'silhouette'),
      row('agreementRaw', 'Neighbour agreement with columns as given', raw[1], SHARE, 'neighborAgreement'),
      row(
        'agreementStandardised',
        'Neighbour agreement with standardised columns',
        standard[1],
        SHARE,
        'neighborAgreement',
      ),
    ],
    change: Math.max(Math.abs(standard[0] - raw[0]), Math.abs(standard[1] - raw[1])),
  };
}

export const scale: FindingMaker = (context) => {
  const about = {
    id: 'scale' as const,
    title: 'Scale of the columns',
    hypothesis: 'One column, or a constant that all rows share, decides the distances.',
  };
  if (context.square) return untested(about, 'variance of columns', 'distances were given in place of coordinates');
  const { d } = context.raw;
  const within = withinVariances(context);
  const total = within.reduce((sum, v) => sum + v, 0);
  const sorted = Float64Array.from(within).sort();
  const median = d % 2 === 1 ? sorted[(d - 1) / 2]! : (sorted[d / 2 - 1]! + sorted[d / 2]!) / 2;
  let largest = 0;
  let constant = 0;
  within.forEach((v, c) => {
    if (v > within[largest]!) largest = c;
  });
  for (let c = 0; c < d; c++) {
    let same = true;
    for (let i = 1; same && i < context.raw.n; i++) same = context.raw.points[i * d + c] === context.raw.points[c];
    if (same) constant++;
  }
  const share = total === 0 ? 0 : within[largest]! / total;
  const times = median === 0 ? (within[largest] === 0 ? 1 : Infinity) : within[largest]! / median;
  const angle = context.metricName === 'cosine';
  const offset = angle ? offsetShare(context) : 0;
  const column =
    !context.standardized && d > 1 && share > DOMINANT && (times >= TIMES || (d === 2 && share > TIMES / (TIMES + 1)));
  const confirmed = column || offset > OFFSET;
  const { evidence: effect, change } =
    context.standardized || d === 1 ? { evidence: [], change: 0 } : effectOfScaling(context);
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity: !confirmed ? 'info' : change >= 0.05 || offset > OFFSET ? 'medium' : 'low',
    summary: context.standardized
      ? `Columns were standardised${constant > 0 ? `; ${say(constant)} of ${say(d)} are constant` : ''}.`
      : `Column ${largest} holds ${percent(share)} of the spread inside classes (an even share is ${percent(1 / d)}); ` +
        (angle ? `the common offset is ${percent(offset)} of the squared length; ` : '') +
        `${say(constant)} of ${say(d)} columns are constant.`,
    evidence: [
      {
        name: 'largestShare',
        text: `Share of column ${largest} in the variance inside classes`,
        value: share,
        unit: 'share',
        range: SHARE,
        chance: 1 / d,
        better: 'lower',
        test: 'pooled variance within classes',
      },
      {
        name: 'timesMedian',
        text: 'Its variance over that of the median column',
        value: Number.isFinite(times) ? times : 'Infinity',
        range: FROM_ZERO,
        better: 'lower',
        test: 'pooled variance within classes',
      },
      {
        name: 'constantColumns',
        text: 'Columns that never vary',
        value: constant,
        unit: 'columns',
        range: [0, d],
        better: 'lower',
        test: 'comparison of values',
      },
      ...(angle
        ? [
            {
              name: 'offsetShare',
              text: 'Share of the mean row in the mean squared length',
              value: offset,
              unit: 'share',
              range: SHARE,
              better: 'lower' as const,
              test: 'second moments',
            },
          ]
        : []),
      ...effect,
    ],
    tables: [],
    changesIf: `Confirmed when one column holds more than ${percent(DOMINANT)} of the spread and ${TIMES} times the median column${angle ? `, or the offset more than ${percent(OFFSET)}` : ''}.`,
    recommendation: confirmed
      ? {
          text: 'Standardise the columns, unless their units are comparable and meant as they are.',
          call: 'diagnose({ points, labels }, { standardize: true })',
          command: `clusterlens diagnose DATA${commandOptions({ ...context, standardized: false })} --standardize`,
        }
      : null,
  };
};
