import { countText, numberText } from '../../core/words.js';
import { type ColumnUse, isIdentifier } from '../../data/column-use.js';
import { MATTERS } from '../../studies/columns/column-scores.js';
import type { IdentifierColumn, IdentifierKind } from '../../studies/columns/identifier-columns.js';
import type { Evidence, Severity } from '../finding-types.js';
import { changeWords, scoresBeside } from './column-effect.js';
import { columnCell, countColumns, leaveOut, sayColumns } from './column-words.js';
import type { FindingMaker, FindingModule, MadeFinding } from './context.js';
import { countOf, finding, LOWER, measuredBy, untested } from './words.js';

const MEANING: Readonly<Record<IdentifierKind, string>> = {
  'label-copy': 'one value for each label: a copy of it',
  'label-function': 'one value within each label: made from it',
  'row-number': 'even steps from row to row: a row number',
  'number-in-class': 'rows numbered within each label',
  consecutive: 'each number of an even run once: a shuffled row number',
  'ordered-integers': 'whole numbers that only rise or only fall from row to row: an order or a time',
  'unique-integers': 'whole numbers without a repeat, where measurements would have some: an identifier',
  'wide-integers': 'whole numbers without a repeat, spread evenly over a wide range: an identifier',
  named: 'whole numbers, named as identifiers, an index or postal codes',
};

const about = {
  id: 'identifier-columns',
  title: 'Identifier columns',
  hypothesis: 'A column that numbers or names the rows, or copies the label, is taken for a measurement.',
} as const;
const TEST = 'identifierColumns';
/** Columns named in one sentence. */
const NAMED = 4;

const sayName = (name: string) => (name === '' ? 'without a name' : name);

/** Copies of the label make any clustering good; other identifiers count by what they do to the distances. */
function severityOf(columns: readonly IdentifierColumn[], decide: boolean): Severity {
  const leaks = columns.some(({ kind, certain }) => kind === 'label-copy' && certain);
  return leaks || decide ? 'high' : 'low';
}

/** What was left out before anything was computed. */
function leftOut(away: readonly ColumnUse[], counted: Evidence): MadeFinding {
  const names = away.slice(0, NAMED).map(({ name, reason }) => `${sayName(name)} (${reason})`);
  const more = away.length > NAMED ? ` and ${countText(away.length - NAMED, 'more column')}` : '';
  const one = away.length === 1;
  return finding(about, 'confirmed', 'low', {
    summary: `${one ? 'Column' : 'Columns'} ${names.join(', ')}${more} ${one ? 'is no measurement and was' : 'are no measurements and were'} left out; no number here counts ${one ? 'it' : 'them'}.`,
    evidence: [counted, measuredBy(TEST)('leftOut', 'Columns that were left out as such', away.length, LOWER)],
    tables: [
      {
        name: 'leftOut',
        text: 'Columns left out',
        test: TEST,
        columns: ['column', 'role', 'reason'],
        rows: away.map(({ name, role, reason }) => [name, role, reason ?? null]),
        omitted: 0,
      },
    ],
    changesIf: `Rejected where no column looks so. With ${one ? 'it' : 'them'} (--keep-identifiers, keepIdentifiers: true) it is high when a score changes by ${numberText(MATTERS)} or more.`,
  });
}

const make: FindingMaker = (context) => {
  if (context.square) return untested(about, TEST, 'distances were given in place of coordinates');
  const { columns, before, after, decide, reason } = context.identifiers();
  const named = columns.map(({ column }) => column);
  const counted = measuredBy(TEST)(
    'identifierColumns',
    'Columns that are identifiers or copies of the label',
    named.length,
    {
      ...countOf('columns', context.raw.d),
      ...LOWER,
    },
  );
  const away = (context.uses ?? []).filter((one) => !one.used && isIdentifier(one));
  if (columns.length === 0 && away.length > 0) return leftOut(away, counted);
  if (columns.length === 0) {
    return finding(about, 'rejected', 'info', {
      summary: 'No column numbers the rows, names them or copies the label.',
      evidence: [counted],
      changesIf:
        'Confirmed when a column has even steps, whole numbers without the repeats that measurements have, or one value for each label.',
    });
  }
  if (reason !== undefined && named.length === context.raw.d) {
    return untested(
      about,
      TEST,
      `every column looks like an identifier or a copy of the label, so that none is left to judge by`,
      [counted],
    );
  }
  const words = named.length === 1 ? `${sayColumns(context, named)} is` : `${sayColumns(context, named)} are`;
  const [first] = columns;
  const what = columns.every(({ kind }) => kind === first!.kind) ? ` (${MEANING[first!.kind]})` : '';
  const effect =
    before === null || after === null
      ? ''
      : ` ${changeWords(named.length === 1 ? 'Without it' : 'Without them', before, after)}.`;
  return finding(about, 'confirmed', severityOf(columns, decide), {
    summary: `${words.charAt(0).toUpperCase()}${words.slice(1)} no measurement${what}.${effect}`,
    evidence: [counted, ...scoresBeside(context, 'with all columns', before, 'without these columns', after)],
    tables: [
      {
        name: 'identifiers',
        text: 'Identifier columns',
        test: TEST,
        columns: ['column', 'kind', 'meaning'],
        rows: columns.map(({ column, kind }) => [columnCell(context, column), kind, MEANING[kind]]),
        omitted: 0,
      },
    ],
    changesIf: `Rejected without ${named.length === 1 ? 'this column' : `these ${countColumns(named)}`}. High when a score changes by ${numberText(MATTERS)} or more without them, or when one copies the label.`,
    recommendation: leaveOut(context, named, `Leave out ${sayColumns(context, named)}.`),
    remedy: {
      dropColumns: named,
      words: `once ${sayColumns(context, named)} ${named.length === 1 ? 'is' : 'are'} left out`,
    },
  });
};

export const identifierColumns: FindingModule = { ...about, make };
