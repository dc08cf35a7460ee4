import { countText, numberText, percentText } from '../../core/words.js';
import { median } from '../../statistics/median.js';
import { offsetShare, withinVariances } from './column-spread.js';
import { sayColumns } from './column-words.js';
import type { FindingMaker, FindingModule } from './context.js';
import { adviceOf, changeText, effectOfScaling, recommendationOf, type ScalingEffect } from './scaling-advice.js';
import { MATTERS, wideColumn } from './wide-column.js';
import { countOf, FROM_ZERO, finding, LOWER, measuredBy, orNull, SHARE, untested } from './words.js';

/** One column carries more than this share of the spread inside classes, and this many times the median column. */
const DOMINANT = 0.5;
const TIMES = 10;
/** Share of the squared length that a common offset may have before angles see little else. */
const OFFSET = 0.9;

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
