import type { Evidence, Verdict } from '../types.js';
import type { Context, FindingMaker } from './context.js';
import { say, untested } from './words.js';

/** A gap beyond the expected one that matters. */
const MATTERS = 0.05;
/** Held-out loss over training loss, in each of the last epochs, that matters. */
const LOSS_RATIO = 1.2;
const LAST = 5;

/** Held-out over training total loss of the last epochs; empty without them. */
function lossRatios({ training }: Context): number[] {
  const epochs = (training?.record?.epochs ?? []).filter(({ heldOut, losses }) => heldOut !== null && losses.total > 0);
  return epochs.slice(-LAST).map(({ heldOut, losses }) => heldOut!.total / losses.total);
}

export const generalisationGap: FindingMaker = (context) => {
  const ratios = lossRatios(context);
  if (context.heldOut === null && context.training === null) return null;
  const about = {
    id: 'generalisation-gap' as const,
    title: 'Training rows against held-out rows',
    hypothesis: 'The scores are those of memorised rows: on held-out rows they are worse.',
  };
  const gaps = context.comparison()?.gaps ?? [];
  const lossShown: Evidence[] =
    ratios.length === 0
      ? []
      : [
          {
            name: 'lossRatio',
            text: `Held-out loss over training loss, least of the last ${ratios.length} epochs`,
            value: Math.min(...ratios),
            range: [0, null],
            better: 'lower',
            chance: 1,
            test: 'training record',
          },
        ];
  if (gaps.length === 0) {
    if (ratios.length === 0)
      return untested(about, 'compareSpaces', 'no held-out rows were given, and the record has no held-out loss');
    const least = Math.min(...ratios);
    const confirmed = ratios.length === LAST && least > LOSS_RATIO;
    return {
      ...about,
      verdict: confirmed ? 'confirmed' : 'inconclusive',
      severity: confirmed ? 'medium' : 'low',
      summary: `In the last ${ratios.length} epochs the held-out loss was at least ${say(least)} times the training loss; no held-out rows were given to measure scores on.`,
      evidence: lossShown,
      tables: [],
      changesIf: `Confirmed when the ratio is above ${LOSS_RATIO} in each of the last ${LAST} epochs; give heldOut to test the scores themselves.`,
      recommendation: {
        text: 'Give the held-out rows too, and quote scores on them only.',
        call: 'diagnose({ points, labels, spaces, heldOut: { points: heldOutPoints, labels: heldOutLabels, spaces: heldOutSpaces } })',
      },
    };
  }
  const { alpha } = context;
  const excess = (gap: (typeof gaps)[number]) => gap.gap - gap.expectedGap;
  const significant = gaps.filter((gap) => gap.corrected <= alpha && excess(gap) >= MATTERS);
  const widest = (list: typeof gaps) => list.reduce((a, b) => (excess(b) > excess(a) ? b : a));
  const shown = widest(significant.length > 0 ? significant : gaps);
  const confirmed = significant.length > 0;
  const verdict: Verdict = confirmed ? 'confirmed' : excess(shown) < MATTERS ? 'rejected' : 'inconclusive';
  return {
    ...about,
    verdict,
    severity: confirmed ? (excess(shown) > 0.2 ? 'high' : 'medium') : verdict === 'inconclusive' ? 'low' : 'info',
    summary:
      `The ${shown.metric === 'silhouette' ? 'silhouette' : 'neighbour agreement'} of ${shown.space} is ${say(shown.training)} on training rows and ` +
      `${say(shown.heldOut)} on held-out rows; rows dealt anew to the two sides give a gap of ${say(shown.expectedGap)} (corrected p = ${say(shown.corrected)}).`,
    evidence: [
      ...gaps.map(
        (gap): Evidence => ({
          name: `${gap.space}.${gap.metric}`,
          text: `Training minus held-out ${gap.metric} of ${gap.space}`,
          value: gap.gap,
          range: [-2, 2],
          better: 'lower',
          chance: gap.expectedGap,
          p: gap.corrected,
          test: `rows dealt anew inside classes (${context.comparison()!.permutations}), maximum over ${gaps.length} gaps`,
        }),
      ),
      ...lossShown,
    ],
    tables: [
      {
        name: 'gaps',
        text: 'Training and held-out rows side by side',
        test: 'compareSpaces',
        columns: ['space', 'metric', 'training', 'heldOut', 'gap', 'expectedGap', 'p'],
        rows: gaps.map((gap) => [
          gap.space,
          gap.metric,
          gap.training,
          gap.heldOut,
          gap.gap,
          gap.expectedGap,
          gap.corrected,
        ]),
        omitted: 0,
      },
    ],
    changesIf: `Confirmed when a gap is ${MATTERS} above the expected one with corrected p <= ${alpha}; rejected when none is ${MATTERS} above it.`,
    recommendation: confirmed
      ? {
          text: 'Quote the held-out scores; stop earlier, lower the weight of the contrastive loss, or get more rows per class.',
          call: 'compareSpaces(spaces, labels, { heldOut: { spaces: heldOutSpaces, labels: heldOutLabels } })',
        }
      : null,
  };
};
