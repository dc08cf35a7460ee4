import { countText, numberText, percentText } from '../../core/words.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf, commandOf } from './recommended.js';
import { rowsOfPart } from './remedy.js';
import { countOf, FROM_ZERO, finding, LOWER, measuredBy, SIGNED, sayRows, scoredNote, untested } from './words.js';

/** Moves of the mean silhouette that are worth knowing, and that are larger than what methods usually differ by. */
const WORTH = 0.05;
const MATTERS = 0.1;
/** Davies-Bouldin is moved by as much. Of simulated classes without outliers, heavy tails included, none moved by a third of it. */
const FACTOR = 1.5;
const SHOWN = 10;

const about = {
  id: 'outliers',
  title: 'Outliers',
  hypothesis: 'Few rows lie so far out that they move the scores of all.',
} as const;

const make: FindingMaker = (context) => {
  const found = context.outliers();
  if ('reason' in found) return untested(about, 'outliers', found.reason.replace(/^diagnose: /, ''));
  const { rows, silhouette, daviesBouldin, nextDistance, n, sample } = found;
  const moved = Math.abs(found.score);
  const ratio =
    daviesBouldin.all === null || daviesBouldin.without === null || daviesBouldin.without === 0
      ? 1
      : daviesBouldin.all / daviesBouldin.without;
  const factor = Math.max(ratio, 1 / ratio);
  const confirmed = rows.length > 0 && (moved >= WORTH || factor >= FACTOR);
  const note = scoredNote(sample);
  const shown = measuredBy('outliers');
  const scored = (value: number | null) =>
    value === null ? { reason: rows.length === 0 ? 'no row is far' : 'it is undefined or infinite' } : {};
  return finding(
    about,
    confirmed ? 'confirmed' : 'rejected',
    !confirmed ? 'info' : moved >= MATTERS ? 'medium' : 'low',
    {
      summary:
        rows.length === 0
          ? `No row lies far from its class: the farthest is ${numberText(nextDistance)} times the median distance away.`
          : `Without ${countText(rows.length, 'far row')} (${percentText(rows.length / n)}; up to ${numberText(rows[0]!.distance)} times the median distance from the middle of their class) ` +
            (silhouette.all === null || silhouette.without === null
              ? 'the silhouette has no value to compare.'
              : `the mean silhouette is ${numberText(silhouette.without)}, with ${rows.length === 1 ? 'it' : 'them'} ${numberText(silhouette.all)}${sayRows(note)}${confirmed ? '' : ': they do not move it much'}.`),
      evidence: [
        shown('farRows', 'Rows far from the median of their class', rows.length, { ...countOf('rows', n), ...LOWER }),
        shown('silhouette', 'Mean silhouette of all rows', silhouette.all, {
          ...SIGNED,
          ...note,
          ...scored(silhouette.all),
        }),
        shown('silhouetteWithout', 'Mean silhouette without the far rows', silhouette.without, {
          ...SIGNED,
          ...note,
          ...scored(silhouette.without),
        }),
        shown('daviesBouldin', 'Davies-Bouldin of all rows', daviesBouldin.all, {
          ...FROM_ZERO,
          ...LOWER,
          ...scored(daviesBouldin.all),
        }),
        shown('daviesBouldinWithout', 'Davies-Bouldin without the far rows', daviesBouldin.without, {
          ...FROM_ZERO,
          ...LOWER,
          ...scored(daviesBouldin.without),
        }),
        shown(
          'farthest',
          'Distance of the farthest row, in medians of its class',
          rows[0]?.distance ?? nextDistance,
          FROM_ZERO,
        ),
      ],
      tables: confirmed
        ? [
            {
              name: 'rows',
              text: 'The far rows; rows count from 0',
              test: 'outliers',
              columns: ['row', 'label', 'distance in medians of its class'],
              rows: rows.slice(0, SHOWN).map(({ row, label, distance }) => [row, label, distance]),
              omitted: Math.max(0, rows.length - SHOWN),
            },
          ]
        : [],
      changesIf: `Confirmed when the far rows move the mean silhouette by ${WORTH} or Davies-Bouldin by a factor of ${FACTOR}; of medium severity from ${MATTERS} of silhouette on.`,
      recommendation: confirmed
        ? {
            text: 'Look up the far rows: correct what is a mistake, and report scores without the rest beside those of all.',
            call: `${callOf(context, 'outliers')}.rows.map(({ row }) => row)`,
            command: commandOf(context, 'clusterlens diagnose DATA --rows suspicious.csv'),
          }
        : null,
      remedy: {
        dropRows: rowsOfPart(
          context,
          rows.map(({ row }) => row),
        ),
        words: `once ${rows.length === 1 ? 'the far row is' : 'the far rows are'} left out`,
      },
    },
  );
};

export const outliers: FindingModule = { ...about, make };
