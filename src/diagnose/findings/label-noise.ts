import { countText, numberText, percentText, pText } from '../../core/words.js';
import type { LabelNoise } from '../../studies/rows/label-noise.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf, commandOf } from './recommended.js';
import { countOf, finding, LOWER, measuredBy, SHARE, sayRows, untested } from './words.js';

/**
 * Share of wrong labels that changes conclusions: about as many reordered the models compared on ImageNet
 * (6% more, Northcutt, Athalye and Mueller 2021, arXiv:2103.14749), and neighbours can agree in 90% at most.
 */
const MATTERS = 0.05;
const SHOWN = 10;

const about = {
  id: 'label-noise',
  title: 'Labels that do not fit their neighbours',
  hypothesis: 'Some labels are wrong: rows whose neighbours agree with each other and not with the label.',
} as const;

function summaryOf({ score, interval, p, disagreement, rows, judged }: LabelNoise, confirmed: boolean, where: string) {
  const share = `${percentText(score)} (95% interval ${percentText(interval.low)} to ${percentText(interval.high)})`;
  if (confirmed) {
    return (
      `About ${share} of the labels are wrong${where}: where neighbours agree with each other, more rows have another label than overlap explains (p = ${pText(p)}). ` +
      `${countText(rows.length, 'row')} ${rows.length === 1 ? 'stands' : 'stand'} out.`
    );
  }
  if (disagreement === 0)
    return `Every one of ${countText(judged, 'row')} has the label that most of its neighbours have${where}.`;
  return `${percentText(disagreement)} of the rows have another label than most of their neighbours${where}, no more than overlap of the classes explains (p = ${pText(p)}); where neighbours agree with each other it is ${share}.`;
}

const make: FindingMaker = (context) => {
  const found = context.labelNoise();
  if ('reason' in found) return untested(about, 'labelNoise', found.reason.replace(/^diagnose: /, ''));
  const { alpha, note } = context;
  const { score, interval, p, rows, judged, pure, neighbors, withoutRegion } = found;
  const confirmed = p <= alpha;
  const verdict = confirmed ? 'confirmed' : interval.high < MATTERS || p > 0.5 ? 'rejected' : 'inconclusive';
  const shown = measuredBy(`labelNoise, ${neighbors} neighbours`, note);
  return finding(about, verdict, !confirmed ? 'info' : score >= MATTERS ? 'medium' : 'low', {
    summary: summaryOf(found, confirmed, sayRows(note)),
    evidence: [
      shown('rate', 'Share of wrong labels, if p is small; else no more than this', score, {
        ...SHARE,
        ...LOWER,
        interval,
      }),
      shown(
        'pureDisagreement',
        'Rows with another label among those whose neighbours agree most',
        found.pureDisagreement,
        {
          ...SHARE,
          ...LOWER,
          p,
        },
      ),
      shown(
        'overlapDisagreement',
        'What overlap of the classes would leave there at most',
        found.overlapDisagreement,
        SHARE,
      ),
      shown('disagreement', 'Rows whose label is not that of most neighbours', found.disagreement, {
        ...SHARE,
        ...LOWER,
      }),
      shown('pureRows', 'Rows whose neighbours agree most', pure, countOf('rows', judged)),
      shown('judged', 'Rows that were judged', judged, countOf('rows', found.n)),
      shown('rows', 'Rows that stand out', rows.length, { ...countOf('rows', found.n), ...LOWER }),
      shown(
        'withoutRegion',
        'Classes without a region of their own, not judged',
        withoutRegion.length,
        countOf('classes', found.k),
      ),
    ],
    tables: confirmed
      ? [
          {
            name: 'rows',
            text: 'Rows whose neighbours agree with each other and not with the label; rows count from 0',
            test: 'labelNoise',
            columns: ['row', 'label', 'label of its neighbours', 'share of neighbours with that label'],
            rows: rows.slice(0, SHOWN).map(({ row, label, nearer, agreement }) => [row, label, nearer, agreement]),
            omitted: Math.max(0, rows.length - SHOWN),
            ...note,
          },
        ]
      : [],
    changesIf: `Confirmed when p <= ${alpha}; of medium severity from ${percentText(MATTERS)} of wrong labels on (now ${numberText(100 * score)}%).`,
    recommendation: confirmed
      ? {
          text: 'Look these rows up and correct their labels at the source. To leave them out raises every score, right or wrong, so say so when it is done.',
          call: callOf(context, 'labelNoise', { seed: undefined }),
          command: commandOf(context, 'clusterlens diagnose DATA --rows suspicious.csv'),
        }
      : null,
  });
};

export const labelNoise: FindingModule = { ...about, make };
