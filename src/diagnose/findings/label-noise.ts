import { countText, numberText, percentText, pIs } from '../../core/words.js';
import type { LabelNoise } from '../../studies/rows/label-noise.js';
import type { SilhouetteWithout } from '../../studies/rows/silhouette-without.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf, commandOf } from './recommended.js';
import { countOf, finding, LOWER, measuredBy, SHARE, SIGNED, sayRows, untested } from './words.js';

/**
 * Share of wrong labels that changes conclusions: about as many reordered the models compared on ImageNet
 * (6% more, Northcutt, Athalye and Mueller 2021, arXiv:2103.14749), and neighbours can agree in 90% at most.
 */
const MATTERS = 0.05;
const SHOWN = 10;

const about = {
  id: 'label-noise',
  title: 'Labels of single rows',
  hypothesis: 'Some labels are wrong: rows whose neighbours agree with each other and not with the label.',
} as const;

function summaryOf(
  { score, interval, p, disagreement, rows, judged, withoutRegion, k }: LabelNoise,
  { confirmed, without, where }: { confirmed: boolean; without: SilhouetteWithout | null; where: string },
) {
  const share = `${percentText(score)} (95% interval ${percentText(interval.low)} to ${percentText(interval.high)})`;
  const among =
    withoutRegion.length === 0
      ? 'labels'
      : `labels of the ${countText(judged, 'row')} that lie in the regions of ${countText(k - withoutRegion.length, 'class', 'classes')}`;
  if (confirmed) {
    return (
      `About ${share} of the ${among} are wrong${where}: where neighbours agree with each other, more rows have another label than overlap explains (${pIs(p)}). ` +
      `${countText(rows.length, 'row')} ${rows.length === 1 ? 'stands' : 'stand'} out.` +
      (without === null
        ? ''
        : ` Without ${rows.length === 1 ? 'it' : 'them'} the silhouette is ${numberText(without.without)} instead of ${numberText(without.all)}; to leave rows that disagree out of the mean raises it to ${numberText(without.rest)} by itself.`)
    );
  }
  if (disagreement === 0)
    return `Every one of ${countText(judged, 'row')} has the label that most of its neighbours have${where}.`;
  return `${percentText(disagreement)} of the rows have another label than most of their neighbours${where}, no more than overlap of the classes explains (${pIs(p)}); at most ${percentText(interval.high)} of the ${among} are wrong (95% interval from ${percentText(interval.low)}).`;
}

const make: FindingMaker = (context) => {
  const found = context.labelNoise();
  if ('reason' in found) return untested(about, 'labelNoise', found.reason.replace(/^diagnose: /, ''));
  const { alpha, note } = context;
  const { score, interval, p, rows, judged, pure, neighbors, withoutRegion } = found;
  const confirmed = p <= alpha;
  const verdict = confirmed ? 'confirmed' : interval.high < MATTERS || p > 0.5 ? 'rejected' : 'inconclusive';
  const without = confirmed ? context.withoutLabelNoise() : null;
  const width = measuredBy('silhouette', { ...SIGNED, ...note });
  const shown = measuredBy(`labelNoise, ${neighbors} neighbours`, note);
  return finding(about, verdict, !confirmed ? 'info' : score >= MATTERS ? 'medium' : 'low', {
    summary: summaryOf(found, { confirmed, without, where: sayRows(note) }),
    evidence: [
      shown('rate', 'Share of wrong labels among the rows that were judged, overlap taken off', score, {
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
      ...(without === null
        ? []
        : [
            width('silhouetteWithRows', 'Mean silhouette with the rows that stand out', without.all),
            width(
              'silhouetteOfRest',
              'The same of the other rows, still among all: how far leaving rows that disagree out of a mean raises it by itself',
              without.rest,
            ),
            width('silhouetteWithout', 'The same of the other rows by themselves', without.without),
          ]),
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
          text: 'Look up the rows that stand out, and correct their labels at the source. To leave them out raises every score, right or wrong, so say so when it is done.',
          call: callOf(context, 'labelNoise', { seed: undefined }),
          command: commandOf(context, 'clusterlens diagnose DATA --rows suspicious.csv'),
        }
      : null,
  });
};

export const labelNoise: FindingModule = { ...about, make };
