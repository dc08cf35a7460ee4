import { countText, numberText, percentText } from '../../core/words.js';
import { resolveMetric, takesAnyNumbers } from '../../distance/metric.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame } from '../../kernels/frame.js';
import { median } from '../../statistics/median.js';
import { inZScores } from '../../statistics/z-scores.js';
import { scoredIndices } from '../../studies/significance/scored-significance.js';
import { distancesOf } from '../distances-of.js';
import type { Evidence, FindingId, Recommendation } from '../types.js';
import { sayColumns } from './column-words.js';
import { attempt, type Context, type FindingMaker, type FindingModule } from './context.js';
import { commandOf, diagnoseCall } from './recommended.js';
import { type PairedEffect, pairedEffect } from './scaling-effect.js';
import {
  AGREEMENT,
  countOf,
  FROM_ZERO,
  finding,
  LOWER,
  measuredBy,
  orNull,
  SHARE,
  SIGNED,
  scoredNote,
  untested,
} from './words.js';

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

/** A change of an index that matters. */
const MATTERS = 0.05;

/** What standardising does to the two indices: both ways of measuring, and the signed changes. */
interface ScalingEffect {
  readonly evidence: readonly Evidence[];
  /** Silhouette and neighbour agreement with standardised columns minus those with columns as given. */
  readonly changes: readonly [silhouette: number, agreement: number] | null;
}

function effectOfScaling(context: Context): ScalingEffect {
  const { raw: given, metric, standardized, seed, sampleSize: most } = context;
  if (!takesAnyNumbers(resolveMetric('diagnose', metric))) return { evidence: [], changes: null };
  const own = context.significance();
  const other = attempt(() => {
    const part = standardized ? given : inZScores(given);
    return scoredIndices('diagnose', part, { metric, seed, most, source: distancesOf(part, metric) });
  });
  if ('reason' in own || 'reason' in other) return { evidence: [], changes: null };
  const note = scoredNote(own.sample);
  const known = [own.silhouette.observed, own.neighborAgreement.observed] as const;
  const tried = [other.silhouette, other.neighborAgreement] as const;
  const [raw, standard] = standardized ? [tried, known] : [known, tried];
  const width = measuredBy('silhouette', { ...SIGNED, ...note });
  const agreement = measuredBy('neighborAgreement', { ...AGREEMENT, ...note });
  return {
    evidence: [
      width('silhouetteRaw', 'Silhouette with columns as given', raw[0]),
      width('silhouetteStandardised', 'Silhouette with standardised columns', standard[0]),
      agreement('agreementRaw', 'Neighbour agreement with columns as given', raw[1]),
      agreement('agreementStandardised', 'Neighbour agreement with standardised columns', standard[1]),
    ],
    changes: [standard[0] - raw[0], standard[1] - raw[1]],
  };
}

type Advice = 'standardise' | 'as given' | 'split' | 'either';

/** What the changes speak for: never for the columns that fit the labels worse. */
function adviceOf(changes: ScalingEffect['changes']): Advice {
  if (changes === null) return 'either';
  const better = changes.some((change) => change >= MATTERS);
  const worse = changes.some((change) => change <= -MATTERS);
  if (better && worse) return 'split';
  return better ? 'standardise' : worse ? 'as given' : 'either';
}

function changeText(changes: ScalingEffect['changes'], evidence: readonly Evidence[]): string {
  if (changes === null) return '';
  const [silhouetteRaw, silhouetteScaled, agreementRaw, agreementScaled] = evidence.map(({ value }) => value as number);
  const moved = (change: number, from: number, to: number) =>
    `${change === 0 ? 'leaves' : change > 0 ? 'raises' : 'lowers'} the NAME ${change === 0 ? `at ${numberText(to)}` : `from ${numberText(from)} to ${numberText(to)}`}`;
  const first = moved(changes[0], silhouetteRaw!, silhouetteScaled!).replace('NAME', 'silhouette');
  const second = moved(changes[1], agreementRaw!, agreementScaled!).replace('NAME', 'neighbour agreement');
  return ` Standardising ${first} and ${second}.`;
}

function recommendationOf(
  context: Context,
  advice: Advice,
  confirmed: boolean,
  decides: string,
): Recommendation | null {
  const { standardized } = context;
  const standardise = (text: string): Recommendation => ({
    text,
    call: diagnoseCall(context, { standardize: true }),
    command: commandOf({ ...context, standardized: true }, 'clusterlens diagnose DATA'),
  });
  const asGiven = (text: string): Recommendation => ({
    text,
    call: diagnoseCall(context, { standardize: false }),
    command: commandOf({ ...context, standardized: false }, 'clusterlens diagnose DATA'),
  });
  if (standardized) {
    return advice === 'as given'
      ? asGiven('Leave the columns as they are given: standardised, they fit the labels worse.')
      : null;
  }
  if (advice === 'standardise' && !confirmed) {
    return standardise('Standardise the columns, unless their units are comparable: the labels fit better then.');
  }
  if (!confirmed) return null;
  switch (advice) {
    case 'standardise':
      return standardise('Standardise the columns: the labels fit better then.');
    case 'as given':
      return {
        text: `Do not standardise: the labels fit worse then. Say beside the scores that the ${decides} decides the distances.`,
      };
    case 'split':
      return standardise(
        'The two indices disagree on standardising: decide by the units of the columns, and report both.',
      );
    default:
      return standardise(
        'Standardise the columns unless their units are comparable and meant as they are; the scores hardly change.',
      );
  }
}

/** Loss of agreement that is none. */
const SLACK = 0.01;

interface WideColumn {
  /** 'harms': the classes are told apart better once it counts as the others do. */
  readonly verdict: 'harms' | 'signal' | 'elsewhere';
  readonly agreement: PairedEffect['neighborAgreement'] | null;
  readonly words: string;
}

/** Whether a wide column stands in the way, is the signal itself, or is no measurement and judged as such. */
function wideColumn(context: Context, column: number): WideColumn {
  const elsewhere = (id: FindingId): WideColumn => ({
    verdict: 'elsewhere',
    agreement: null,
    words: ` It is no measurement as it stands: see ${id}.`,
  });
  if (context.identifiers().columns.some((of) => of.column === column)) return elsewhere('identifier-columns');
  if (context.placeholders().values.some((of) => of.column === column)) return elsewhere('placeholder-values');
  const effect = pairedEffect(context);
  if (effect === null) return { verdict: 'signal', agreement: null, words: '' };
  const { silhouette, neighborAgreement: agreement } = effect;
  const told = agreement.mean > 0 && agreement.p < context.alpha;
  const rounder = silhouette.mean >= MATTERS && silhouette.p < context.alpha && agreement.mean >= -SLACK;
  if (told || rounder) return { verdict: 'harms', agreement, words: '' };
  const words = ` So its width does not stand in the way of the classes.`;
  return { verdict: 'signal', agreement, words };
}

const about = {
  id: 'scale',
  title: 'Scale of the columns',
  hypothesis: 'One column, or a constant that all rows share, decides the distances.',
} as const;

const make: FindingMaker = (context) => {
  if (context.square) return untested(about, 'variance of columns', 'distances were given in place of coordinates');
  const { d, n, points } = context.raw;
  const { standardized } = context;
  const within = withinVariances(context);
  const total = within.reduce((sum, v) => sum + v, 0);
  const middle = median(within);
  const largest = within.reduce((most, v, c) => (v > within[most]! ? c : most), 0);
  let constant = 0;
  for (let c = 0; c < d; c++) {
    let same = true;
    for (let i = 1; same && i < n; i++) same = points[i * d + c] === points[c];
    if (same) constant++;
  }
  const share = total === 0 ? 0 : within[largest]! / total;
  const times = middle === 0 ? (within[largest] === 0 ? 1 : Infinity) : within[largest]! / middle;
  const angle = context.metricName === 'cosine';
  const offset = angle ? offsetShare(context) : 0;
  const column =
    !standardized && d > 1 && share > DOMINANT && (times >= TIMES || (d === 2 && share > TIMES / (TIMES + 1)));
  const wide = column ? wideColumn(context, largest) : null;
  const confirmed = wide?.verdict === 'harms' || offset > OFFSET;
  const { evidence: effect, changes }: ScalingEffect =
    d === 1 ? { evidence: [], changes: null } : effectOfScaling(context);
  const change = Math.max(0, ...(changes ?? []));
  const severity = !confirmed ? 'info' : change >= MATTERS || offset > OFFSET ? 'medium' : 'low';
  const advice = adviceOf(changes);
  const which = sayColumns(context, [largest]);
  const varied = measuredBy('pooled variance within classes, columns as given', LOWER);
  const sayOffset = angle
    ? ` The offset that all rows share is ${percentText(offset)} of their mean squared length.`
    : '';
  return finding(about, confirmed ? 'confirmed' : 'rejected', severity, {
    summary:
      (standardized
        ? 'Columns were standardised, so that none can dominate.'
        : d === 1
          ? 'There is one column, and no other to compare it with.'
          : total === 0
            ? 'No column varies inside the classes.'
            : `The widest, ${which}, holds ${percentText(share)} of the spread inside classes (an even share is ${percentText(1 / d)}).`) +
      `${sayOffset}${confirmed || wide !== null ? changeText(changes, effect) : ''}${wide === null ? '' : wide.words}${constant === 0 ? '' : ` ${numberText(constant)} of ${countText(d, 'column')} ${constant === 1 ? 'is' : 'are'} constant.`}`,
    evidence: [
      varied('largestShare', `Share of ${which} in the variance inside classes`, share, { ...SHARE, chance: 1 / d }),
      varied('timesMedian', 'Its variance over that of the median column', orNull(times), FROM_ZERO),
      measuredBy('comparison of values')('constantColumns', 'Columns that never vary', constant, {
        ...countOf('columns', d),
        ...LOWER,
      }),
      ...(angle
        ? [
            measuredBy('second moments')('offsetShare', 'Share of the mean row in the mean squared length', offset, {
              ...SHARE,
              ...LOWER,
            }),
          ]
        : []),
      ...effect,
      ...(wide?.agreement == null
        ? []
        : [
            measuredBy('paired differences over rows', context.note)(
              'agreementChange',
              'Change of the neighbour agreement when columns are standardised',
              wide.agreement.mean,
              { p: wide.agreement.p },
            ),
          ]),
    ],
    changesIf: standardized
      ? `Standardised columns cannot dominate${angle ? `; confirmed when the shared offset is more than ${percentText(OFFSET)}` : ''}.`
      : `Confirmed when one column holds more than ${percentText(DOMINANT)} of the spread and ${TIMES} times the median column, and the classes are told apart better with standardised columns${angle ? `, or the shared offset more than ${percentText(OFFSET)}` : ''}.`,
    recommendation: recommendationOf(context, advice, confirmed, column ? 'wide column' : 'shared offset'),
    ...(confirmed && advice === 'standardise' && !standardized
      ? { remedy: { standardize: true, words: 'once the columns are standardised' } }
      : {}),
  });
};

export const scale: FindingModule = { ...about, make };
