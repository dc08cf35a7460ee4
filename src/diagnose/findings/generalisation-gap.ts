import { countText, numberText, pIs } from '../../core/words.js';
import type { SpaceGap } from '../../studies/spaces/space-types.js';
import type { Evidence, Finding, Verdict } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { countOf, finding, LOWER, measuredBy, nameOf, sayRows, subsetNote, untested } from './words.js';

/** A gap beyond the expected one that matters. */
const MATTERS = 0.05;
/** Held-out loss over training loss, in each of the last evaluated epochs, that matters: docs/threshold-rates.md. */
const LOSS_RATIO = 1.2;
const LAST = 5;

const about = {
  id: 'generalisation-gap',
  title: 'Training rows against held-out rows',
  hypothesis: 'The scores speak for the rows that were trained on, and not for new rows.',
} as const;

/** Held-out over training total loss of the last epochs in which both have a value; empty without them. */
function lossRatios({ training }: Context): number[] {
  const ratios = (training?.record?.epochs ?? []).flatMap(({ heldOut, losses }) =>
    heldOut?.total == null || losses.total === null || losses.total <= 0 ? [] : [heldOut.total / losses.total],
  );
  return ratios.slice(-LAST);
}

/** Whether the held-out loss stayed clearly above the training loss. */
function lossGap(ratios: readonly number[]): boolean {
  return ratios.length === LAST && Math.min(...ratios) > LOSS_RATIO;
}

/** What the losses of the record say, which is of the model's fit and not of any score. */
function lossText(ratios: readonly number[]): string {
  if (ratios.length === 0) return '';
  const [least, most] = [Math.min(...ratios), Math.max(...ratios)];
  const when = ratios.length === 1 ? 'in the one evaluated epoch' : `in the last ${ratios.length} evaluated epochs`;
  const times = least === most ? numberText(least) : `${numberText(least)} to ${numberText(most)}`;
  if (lossGap(ratios)) {
    return ` The held-out loss was at least ${numberText(least)} times the training loss ${when}: the model fits the rows that it was trained on better than others.`;
  }
  return (
    ` The held-out loss was ${times} times the training loss ${when}` +
    (ratios.length < LAST ? `, and ${LAST} are needed to judge by it.` : ': no lasting gap in the loss.')
  );
}

/** Where scores and losses disagree, which of them the verdict goes by. */
function disagreement(verdict: Verdict, ratios: readonly number[]): string {
  if (ratios.length < LAST || (verdict === 'confirmed') === lossGap(ratios)) return '';
  return verdict === 'confirmed'
    ? ' The verdict goes by the scores, which show a gap although the loss does not.'
    : verdict === 'rejected'
      ? ' The verdict goes by the scores, which show no gap although the loss does: look at what else the loss holds, as the reconstruction.'
      : ' The verdict goes by the scores, which leave it open although the loss shows a gap.';
}

const GIVE_HELD_OUT = {
  text: 'Measure rows that were not trained on, in the same spaces, and quote their scores; HELD_OUT stands for a file of such rows, with the same columns.',
  call: 'diagnose({ points, labels, spaces, heldOut: { points: heldOutPoints, labels: heldOutLabels, spaces: heldOutSpaces } })',
  command: 'clusterlens diagnose DATA --held-out HELD_OUT',
};

/** Without held-out rows: whether the rows are those that were trained on is all that can be said. */
function withoutHeldOut(context: Context, shown: readonly Evidence[], ratios: readonly number[]): Finding {
  const record = context.training?.record;
  const { n } = context.whole;
  if (record === undefined || record.rows !== n) {
    const reason =
      record === undefined
        ? 'no held-out rows and no training record were given'
        : `no held-out rows were given, and the record is of ${countText(record.rows, 'row')}, not of these ${numberText(n)}`;
    return untested(about, 'compareSpaces', reason, shown);
  }
  const counted = measuredBy('training record');
  return finding(about, 'confirmed', lossGap(ratios) ? 'high' : 'medium', {
    summary:
      `These are the ${countText(n, 'row')} that the model was trained on, and no others were given: no score here tells how new rows cluster. ` +
      (record.heldOutRows === 0
        ? 'The training held no row out.'
        : `The training held ${countText(record.heldOutRows, 'row')} out, which are not among them.`) +
      lossText(ratios),
    evidence: [
      counted('trainedRows', 'Rows given that were trained on', n, countOf('rows', n)),
      counted('heldOutRows', 'Rows that the training held out', record.heldOutRows, countOf('rows', null)),
      ...shown,
    ],
    changesIf:
      'Settled by measurement once held-out rows are given (heldOut): confirmed or rejected by the gap of their scores. ' +
      `Until then the severity is high while the held-out loss is above ${LOSS_RATIO} times the training loss in each of the last ${LAST} evaluated epochs.`,
    recommendation: GIVE_HELD_OUT,
  });
}

const make: FindingMaker = (context) => {
  if (context.heldOut === null && context.training === null) return null;
  const { alpha } = context;
  const ratios = lossRatios(context);
  const lossShown: Evidence[] =
    ratios.length === 0
      ? []
      : [
          measuredBy('training record')(
            'lossRatio',
            `Held-out loss over training loss, least of the last ${ratios.length} evaluated epochs`,
            Math.min(...ratios),
            { range: [0, null], ...LOWER, chance: 1 },
          ),
        ];
  if (context.heldOut === null) return withoutHeldOut(context, lossShown, ratios);
  const comparison = context.comparison();
  const gaps = comparison?.gaps ?? [];
  if (comparison === null || gaps.length === 0) {
    return untested(about, 'compareSpaces', 'fewer than two classes have two rows on either side', lossShown);
  }
  const excess = (gap: SpaceGap) => gap.gap - gap.expectedGap;
  const significant = gaps.filter((gap) => gap.corrected <= alpha && excess(gap) >= MATTERS);
  const widest = (list: readonly SpaceGap[]) => list.reduce((a, b) => (excess(b) > excess(a) ? b : a));
  const alone = (list: readonly SpaceGap[]) => list.filter(({ over }) => over === null);
  const telling = significant.length === 0 ? gaps : significant;
  // The gap of a space alone is easier to read than one beyond that of the input.
  const shown = widest(alone(telling).length === 0 ? telling : alone(telling));
  const confirmed = significant.length > 0;
  const verdict = confirmed ? 'confirmed' : excess(widest(gaps)) < MATTERS ? 'rejected' : 'inconclusive';
  const beyond = shown.over === null ? '' : ` beyond that of ${shown.over}`;
  const words = ({ space, metric, over }: SpaceGap) =>
    `${nameOf(metric)} of ${space}${over === null ? '' : ` beyond that of ${over}`}`;
  return finding(
    about,
    verdict,
    confirmed ? (excess(shown) > 0.2 ? 'high' : 'medium') : verdict === 'inconclusive' ? 'low' : 'info',
    {
      summary:
        `Over the ${countText(shown.classes, 'class', 'classes')} with two rows or more on either side, the ${nameOf(shown.metric)} of ${shown.space}${beyond} is ` +
        `${numberText(shown.training)} on training rows and ${numberText(shown.heldOut)} on held-out rows, a gap of ${numberText(shown.gap)}; ` +
        `rows permuted between the two sides give ${numberText(shown.expectedGap)} (corrected ${pIs(shown.corrected)})${sayRows(subsetNote(shown.sample))}.${lossText(ratios)}${disagreement(verdict, ratios)}`,
      evidence: [
        ...gaps.map((gap) =>
          measuredBy(
            `rows permuted inside classes (${comparison.permutations}), maximum over ${gaps.length} gaps`,
            subsetNote(gap.sample),
          )(
            `${gap.space}.${gap.metric}${gap.over === null ? '' : `.over.${gap.over}`}`,
            `Training minus held-out, ${words(gap)}`,
            gap.gap,
            { range: gap.over === null ? [-2, 2] : [-4, 4], ...LOWER, chance: gap.expectedGap, p: gap.corrected },
          ),
        ),
        ...lossShown,
      ],
      tables: [
        {
          name: 'gaps',
          text: 'Training and held-out rows side by side, over classes with two rows or more on either side',
          test: 'compareSpaces',
          columns: ['space', 'metric', 'training', 'heldOut', 'gap', 'expectedGap', 'p'],
          rows: alone(gaps).map((gap) => [
            gap.space,
            gap.metric,
            gap.training,
            gap.heldOut,
            gap.gap,
            gap.expectedGap,
            gap.corrected,
          ]),
          omitted: 0,
          ...subsetNote(shown.sample),
        },
      ],
      changesIf: `Confirmed when a gap is ${MATTERS} above the expected one with corrected p <= ${alpha}; rejected when none is ${MATTERS} above it.${ratios.length === 0 ? '' : ' Losses are shown beside the scores and do not decide.'}`,
      recommendation: confirmed
        ? {
            text: 'Quote the held-out scores; stop earlier, lower the weight of the contrastive loss, or get more rows per class.',
            call: 'compareSpaces(spaces, labels, { heldOut: { spaces: heldOutSpaces, labels: heldOutLabels } })',
          }
        : null,
    },
  );
};

export const generalisationGap: FindingModule = { ...about, make };
