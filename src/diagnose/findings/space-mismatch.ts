import { numberText, pIs } from '../../core/words.js';
import type { SpaceDifference } from '../../studies/spaces/space-types.js';
import type { Evidence } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { source } from './recommended.js';
import { finding, measuredBy, nameOf, sayRows, subsetNote, untested } from './words.js';

/** The difference that makes a mismatch more than a matter of form. */
const MATTERS = 0.02;

/** The space that the contrastive loss acted on: named, or written into the record. */
function lossSpaceOf({ training }: Context): string | undefined {
  if (training?.lossSpace !== undefined) return training.lossSpace;
  const on = (training?.record?.objective ?? [])
    .map(({ settings }) => settings.on)
    .find((value) => typeof value === 'string');
  return on as string | undefined;
}

/** The space that is measured: named, or the latent, or the first that is not the input. */
export function measuredSpaceOf({ training, spaces }: Context): string | undefined {
  if (training?.measuredSpace !== undefined) return training.measuredSpace;
  return spaces.find(({ name }) => name === 'latent')?.name ?? spaces[0]?.name;
}

/** Loss space minus measured space, wherever both are known. */
function differencesBetween(differences: readonly SpaceDifference[], loss: string, measured: string) {
  return differences.flatMap((of) => {
    if (of.from === measured && of.to === loss) return [of];
    if (of.from !== loss || of.to !== measured) return [];
    const interval = of.interval === null ? null : { ...of.interval, low: -of.interval.high, high: -of.interval.low };
    return [{ ...of, from: measured, to: loss, difference: -of.difference, interval }];
  });
}

const about = {
  id: 'space-mismatch',
  title: 'Space of the loss and space of the scores',
  hypothesis: 'The loss pulls classes together in another space than the one whose scores are reported.',
} as const;

const make: FindingMaker = (context) => {
  const { training, spaces, alpha } = context;
  if (training === null && spaces.length < 2) return null;
  const loss = lossSpaceOf(context);
  const measured = measuredSpaceOf(context);
  if (loss === undefined || measured === undefined) {
    return untested(
      about,
      'training record',
      `the ${loss === undefined ? 'space of the loss (training.lossSpace)' : 'measured space (training.measuredSpace)'} is not known`,
    );
  }
  const named: Evidence[] = [
    measuredBy(training?.lossSpace === undefined ? 'training record, setting on' : 'given')(
      'lossSpace',
      'Space that the contrastive loss acts on',
      loss,
    ),
    measuredBy(training?.measuredSpace === undefined ? 'names of the spaces given' : 'given')(
      'measuredSpace',
      'Space that is measured',
      measured,
    ),
  ];
  if (loss === measured) {
    return finding(about, 'rejected', 'info', {
      summary: `The loss acts on ${loss}, and ${measured} is what is measured.`,
      evidence: named,
      changesIf: 'The loss would have to act on another space.',
    });
  }
  const found = differencesBetween(context.comparison()?.differences ?? [], loss, measured);
  const clear = found.filter(({ p, difference }) => p !== null && p * found.length <= alpha && difference > MATTERS);
  const widest = found.reduce<(typeof found)[number] | undefined>(
    (a, b) => (a === undefined || b.difference > a.difference ? b : a),
    undefined,
  );
  const shown = clear[0] ?? widest;
  return finding(about, 'confirmed', clear.length > 0 ? 'high' : found.length === 0 ? 'medium' : 'low', {
    summary:
      `The loss acts on ${loss}, but ${measured} is measured.` +
      (shown === undefined
        ? ` The rows were not given in both spaces, so that the difference could not be measured.`
        : ` On ${shown.rows} rows${sayRows(subsetNote(shown.sample))} the ${nameOf(shown.metric)} of ${loss} is ${numberText(Math.abs(shown.difference))} ` +
          `${shown.difference >= 0 ? 'higher' : 'lower'} than that of ${measured}${shown.p === null ? '' : ` (${pIs(shown.p)})`}` +
          (clear.length > 0 ? '.' : ': no clear difference in what it does to the scores.')),
    evidence: [
      ...named,
      ...found.map((of) =>
        measuredBy('paired difference, delete-d jackknife')(
          `${of.rows}.${of.metric}`,
          `${nameOf(of.metric)} of ${loss} minus ${measured}, ${of.rows} rows`,
          of.difference,
          {
            range: [-2, 2],
            chance: 0,
            ...(of.p === null ? {} : { p: of.p }),
            ...(of.interval === null ? {} : { interval: of.interval }),
            ...subsetNote(of.sample),
          },
        ),
      ),
    ],
    changesIf: `Rejected when the loss acts on the space that is measured. The severity is high while a difference is above ${MATTERS} with p <= ${alpha}, corrected for the number of differences.`,
    recommendation: {
      text: `Let the loss act on ${measured}, or measure ${loss}.`,
      call: `contrastiveLoss({ on: ${source(measured)} })`,
    },
  });
};

export const spaceMismatch: FindingModule = { ...about, make };
