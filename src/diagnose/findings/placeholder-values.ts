import { countText, numberText, percentText } from '../../core/words.js';
import type { Recommendation } from '../finding-types.js';
import { changeWords, scoresBeside } from './column-effect.js';
import { columnCell, sayColumns } from './column-words.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { commandOf, diagnoseCall } from './recommended.js';
import { countOf, finding, LOWER, measuredBy, SHARE, untested } from './words.js';

const about = {
  id: 'placeholder-values',
  title: 'Placeholders for missing values',
  hypothesis: 'A value that stands for missing ones is taken for a measurement.',
} as const;
const TEST = 'placeholderValues';
/** A change of a score that matters. */
const MATTERS = 0.05;
const MOST = 20;
/** Different values that a sentence names. */
const NAMED = 2;

type Placed = ReturnType<Context['placeholders']>['values'];

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)];
}

/** '-999', '-999 and 0', or `many`. */
function sayValues(values: Placed, many: string): string {
  const different = distinct(values.map(({ value }) => value));
  return different.length > NAMED ? many : different.map(numberText).join(' and ');
}

/** Several placeholders, in how many rows they are. */
function saySeveral(values: Placed, where: string, held: string): string {
  const several = distinct(values.map(({ value }) => value)).length;
  const rest = distinct(values.map(({ column }) => column)).length === 1 ? 'the column' : 'each column';
  return `${sayValues(values, countText(several, 'value'))} ${several === 1 ? 'stands' : 'stand'} in ${where}, in ${held}, far from the rest of ${rest}.`;
}

function advice(context: Context, values: Placed): Recommendation {
  const where = sayColumns(context, distinct(values.map(({ column }) => column)));
  const known = values.map(({ column, value }) => `row[${column}] === ${value}`).join(' || ');
  const called = `${sayValues(values, 'these values')} in ${where}`;
  const text = `Empty the fields that hold ${called}: they stand for missing values. Then leave their rows out, or fill in what is known.`;
  if (values.length > 4) return { text };
  const rows = `points.filter((row) => !(${known}))`;
  const labels = `labels.filter((_, i) => !((row) => ${known})(points[i]))`;
  return {
    text,
    call: diagnoseCall(context, {}).replace('({ points, labels }', `({ points: ${rows}, labels: ${labels} }`),
    command: commandOf(context, 'clusterlens diagnose DATA --drop-missing'),
  };
}

const make: FindingMaker = (context) => {
  if (context.square) return untested(about, TEST, 'distances were given in place of coordinates');
  const { values, rows, before, after, reason } = context.placeholders();
  const { n, d } = context.raw;
  const counted = measuredBy(TEST)(
    'placeholders',
    'Values that stand apart from their column and repeat',
    values.length,
    {
      ...countOf('values', null),
      ...LOWER,
    },
  );
  if (values.length === 0) {
    return finding(about, 'rejected', 'info', {
      summary: `No column has a value that repeats far from all others.`,
      evidence: [counted],
      changesIf:
        'Confirmed when 3 rows or more hold one value that lies apart from the rest of its column by more than the rest is wide.',
    });
  }
  const [first] = values;
  const columns = distinct(values.map(({ column }) => column));
  const held = `${countText(rows.length, 'row')} (${percentText(rows.length / n)})`;
  const where = sayColumns(context, columns);
  const said =
    values.length === 1
      ? `${numberText(first!.value)} stands in ${held} of ${where}; all other values are from ${numberText(first!.rest[0])} to ${numberText(first!.rest[1])}.`
      : saySeveral(values, where, held);
  const effect = before === null || after === null ? '' : ` ${changeWords('Without these rows', before, after)}.`;
  const matters =
    before !== null &&
    after !== null &&
    Math.max(
      Math.abs(after.silhouette - before.silhouette),
      Math.abs(after.neighborAgreement - before.neighborAgreement),
    ) >= MATTERS;
  return finding(about, 'confirmed', matters ? 'medium' : 'low', {
    summary: `${said}${effect}${reason === undefined ? '' : ` The scores without these rows have no value: ${reason}.`}`,
    evidence: [
      counted,
      measuredBy(TEST)('rowsShare', 'Share of rows that hold one', rows.length / n, { ...SHARE, ...LOWER }),
      measuredBy(TEST)('columnsTouched', 'Columns that hold one', columns.length, countOf('columns', d)),
      ...scoresBeside(context, 'of all rows', before, 'without these rows', after),
    ],
    tables: [
      {
        name: 'placeholders',
        text: 'Values that stand for missing ones',
        test: TEST,
        columns: ['column', 'value', 'rows', 'gap', 'interquartileRange', 'least', 'largest'],
        rows: values
          .map((of) => [columnCell(context, of.column), of.value, of.rows.length, of.gap, of.spread, ...of.rest])
          .slice(0, MOST),
        omitted: Math.max(0, values.length - MOST),
      },
    ],
    changesIf: `Rejected without these values. Medium when a score changes by ${numberText(MATTERS)} or more without their rows.`,
    recommendation: advice(context, values),
    remedy: {
      placeholders: values.map(({ column, value }) => ({ column, value })),
      words: `once ${values.length === 1 ? `${numberText(first!.value)} in ${where}` : `the placeholders in ${where}`} count as missing`,
    },
  });
};

export const placeholderValues: FindingModule = { ...about, make };
