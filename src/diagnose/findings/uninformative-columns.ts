import { countText, numberText, percentText, pIs } from '../../core/words.js';
import type { Evidence } from '../finding-types.js';
import { changeWords, scoresBeside } from './column-effect.js';
import { columnCell, leaveOut, sayColumns } from './column-words.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { AGREEMENT, countOf, finding, LOWER, measuredBy, untested } from './words.js';

const about = {
  id: 'uninformative-columns',
  title: 'Information in the columns',
  hypothesis: 'Columns in which the classes do not differ blur the clusters.',
} as const;
const TEST = 'uninformativeColumns';
/** A change of a score that matters. */
const MATTERS = 0.05;
const MOST = 100;
const HELD_OUT = 'of held-out rows';

type Found = ReturnType<Context['uninformative']>;

function evidenceOf(
  context: Context,
  { columns, before, after, alone, silhouette, neighborAgreement }: Found,
): Evidence[] {
  const { note } = context;
  const change = measuredBy('paired differences over held-out rows', note);
  return [
    measuredBy('Kruskal-Wallis, level 0.05', note)(
      'uninformative',
      'Columns in which the classes do not differ',
      columns.length,
      {
        ...countOf('columns', context.raw.d),
        ...LOWER,
      },
    ),
    ...scoresBeside(context, `in all columns, ${HELD_OUT}`, before, `without these columns, ${HELD_OUT}`, after),
    ...(alone === null
      ? []
      : [
          measuredBy('neighborAgreement', note)(
            'agreementAlone',
            `Neighbour agreement in these columns alone, ${HELD_OUT}`,
            alone.neighborAgreement,
            {
              ...AGREEMENT,
              chance: alone.expected,
              p: alone.p,
            },
          ),
        ]),
    ...(silhouette === null
      ? []
      : [change('silhouetteChange', `Change of the silhouette, ${HELD_OUT}`, silhouette.mean, { p: silhouette.p })]),
    ...(neighborAgreement === null
      ? []
      : [
          change('agreementChange', `Change of the neighbour agreement, ${HELD_OUT}`, neighborAgreement.mean, {
            p: neighborAgreement.p,
          }),
        ]),
  ];
}

const make: FindingMaker = (context) => {
  if (context.square) return untested(about, TEST, 'distances were given in place of coordinates');
  const found = context.uninformative();
  const { columns, verdict, reason, before, after, alone } = found;
  const { d } = context.raw;
  if (verdict === 'undecided') return untested(about, TEST, reason!);
  const evidence = evidenceOf(context, found);
  const changesIf = `Confirmed when the neighbour agreement of held-out rows rises by ${numberText(MATTERS)} or more without these columns, or the silhouette does, the agreement does not fall, and neighbours in these columns alone agree no more than by chance.`;
  if (verdict === 'none') {
    return finding(about, 'rejected', 'info', {
      summary: `The classes differ in ${d === 1 ? 'the column' : `each of the ${countText(d, 'column')} that is judged here`}.`,
      evidence,
      changesIf,
    });
  }
  const named = sayColumns(context, columns);
  const effect = before === null || after === null ? '' : changeWords('without them', before, after);
  const held = ` On held-out rows, ${effect}.`;
  if (verdict !== 'harmful') {
    const why =
      verdict === 'joint' && alone !== null
        ? ` Together they do tell: their neighbours have the same label in ${percentText(alone.neighborAgreement)} of rows, by chance ${percentText(alone.expected)} (${pIs(alone.p)}).`
        : '';
    return finding(about, 'rejected', 'info', {
      summary: `In ${named} taken singly the classes do not differ, and the clusters are no better without.${why}${held}`,
      evidence,
      changesIf,
    });
  }
  const blurs = after!.neighborAgreement - before!.neighborAgreement >= MATTERS;
  return finding(about, 'confirmed', blurs ? 'medium' : 'low', {
    summary: `The classes do not differ in ${countText(columns.length, 'column')} of ${numberText(d)}: ${named}.${held}`,
    evidence,
    tables: [
      {
        name: 'uninformative',
        text: 'Columns in which the classes do not differ',
        test: 'Kruskal-Wallis, level 0.05',
        columns: ['column'],
        rows: columns.slice(0, MOST).map((column) => [columnCell(context, column)]),
        omitted: Math.max(0, columns.length - MOST),
      },
    ],
    changesIf,
    recommendation: leaveOut(context, columns, `Leave out ${named}.`),
    // Columns that only dilute the silhouette are no cause of other findings.
    ...(blurs
      ? { remedy: { dropColumns: columns, words: `once ${named} ${columns.length === 1 ? 'is' : 'are'} left out` } }
      : {}),
  });
};

export const uninformativeColumns: FindingModule = { ...about, make };
