import { InputError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import { listed } from './malformed.js';
import type { Column } from './table.js';

/** What the first rows show a column to hold. `few`: integers with few distinct values, so perhaps labels. */
export type ColumnKind = 'number' | 'few' | 'text';

export interface Wanted {
  readonly label: string | undefined;
  /** Labels come from another file. */
  readonly labelsElsewhere: boolean;
  /** Further columns of labels. */
  readonly beside?: readonly string[] | undefined;
  /** No label is wanted; a column called 'label' is no feature all the same. */
  readonly unlabelled?: boolean | undefined;
  /** Names, `FROM..TO` and globs, separated by commas. */
  readonly features: string | undefined;
  readonly spaces: ReadonlyArray<{ readonly name: string; readonly columns: string }>;
  /** false: only labels are wanted. */
  readonly points: boolean;
}

export interface Selection {
  readonly label: number | null;
  /** Further columns of labels. */
  readonly beside: readonly number[];
  /** Columns of each space; 'input' is the first. */
  readonly spaces: ReadonlyArray<{ readonly name: string; readonly columns: readonly number[] }>;
  /** Columns of text that nothing uses. */
  readonly ignored: readonly number[];
}

function globOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'u');
}

function unknownColumn(file: string, option: string, wanted: string, columns: readonly Column[]): InputError {
  const names = [...new Set(columns.flatMap(({ name, group }) => (group === undefined ? [name] : [name, group])))];
  const hint = didYouMean(wanted, names);
  return new InputError(
    'unknown-name',
    `${file}: ${option} must name a column, got '${wanted}'${hint} (columns are ${listed(names)})`,
  );
}

function positionOf(file: string, option: string, wanted: string, columns: readonly Column[]): number {
  const position = columns.findIndex(({ name }) => name === wanted);
  if (position === -1) throw unknownColumn(file, option, wanted, columns);
  return position;
}

/** The columns that one item names: a column, a list column, `FROM..TO` or a glob. */
function itemColumns(file: string, option: string, item: string, columns: readonly Column[]): number[] {
  const all = columns.map((_, j) => j);
  const named = all.filter((j) => columns[j]!.name === item || columns[j]!.group === item);
  if (named.length > 0) return named;
  const range = /^(.+)\.\.(.+)$/.exec(item);
  if (range !== null) {
    const from = positionOf(file, option, range[1]!, columns);
    const to = positionOf(file, option, range[2]!, columns);
    if (from <= to) return all.slice(from, to + 1);
    throw new InputError(
      'out-of-range',
      `${file}: ${option} must name a range from left to right, got '${item}'; write '${range[2]}..${range[1]}'`,
    );
  }
  if (!/[*?]/.test(item)) throw unknownColumn(file, option, item, columns);
  const glob = globOf(item);
  const matching = all.filter((j) => glob.test(columns[j]!.name));
  if (matching.length > 0) return matching;
  throw new InputError(
    'unknown-name',
    `${file}: ${option} '${item}' must match a column, got no match (columns are ${listed(columns.map(({ name }) => name))})`,
  );
}

/**
 * Columns in the order in which they are named; an item with `!` before it takes columns away again, from
 * `otherwise` where nothing else is named.
 */
function patternColumns(
  file: string,
  option: string,
  pattern: string,
  columns: readonly Column[],
  otherwise: readonly number[],
): number[] {
  const items = pattern.split(',').flatMap((item) => (item.trim() === '' ? [] : [item.trim()]));
  if (items.length === 0) throw new InputError('empty', `${file}: ${option} must name at least one column, got none`);
  const taken = items.filter((item) => !item.startsWith('!'));
  const away = new Set(
    items.filter((item) => item.startsWith('!')).flatMap((item) => itemColumns(file, option, item.slice(1), columns)),
  );
  const chosen = new Set(
    taken.length === 0 ? otherwise : taken.flatMap((item) => itemColumns(file, option, item, columns)),
  );
  return [...chosen].filter((j) => !away.has(j));
}

function labelColumn(
  file: string,
  wanted: Wanted,
  columns: readonly Column[],
  kinds: readonly ColumnKind[],
): number | null {
  if (wanted.labelsElsewhere || wanted.unlabelled === true) return null;
  if (wanted.label !== undefined) return positionOf(file, '--label', wanted.label, columns);
  const named = columns.findIndex(({ name }) => name === 'label');
  if (named !== -1) return named;
  const text = columns.flatMap(({ name }, j) => (kinds[j] === 'text' ? [{ name, j }] : []));
  if (text.length === 1) return text[0]!.j;
  const few = columns.flatMap(({ name }, j) => (kinds[j] === 'few' ? [name] : []));
  const candidates =
    text.length > 1
      ? `got ${text.length} columns of text: ${listed(text.map(({ name }) => name))}`
      : few.length > 0
        ? `got only numbers; columns with few different whole numbers are ${listed(few)}`
        : `got only numbers in ${listed(columns.map(({ name }) => name))}`;
  throw new InputError(
    'missing-label',
    `${file}: needs a column of labels: one named 'label', or the only one that is not numbers, ${candidates}; name it with --label NAME, or give --labels FILE`,
  );
}

/**
 * Which columns are the label, the points and the other spaces. Without `features`, or where these only
 * leave columns out, the points are all columns of numbers that neither the label nor a space uses.
 * @throws InputError for names that do not exist (with the nearest one), and when the label is not clear.
 */
export function selectColumns(
  file: string,
  columns: readonly Column[],
  kinds: readonly ColumnKind[],
  wanted: Wanted,
): Selection {
  const label = labelColumn(file, wanted, columns, kinds);
  const beside = (wanted.beside ?? []).map((name) => positionOf(file, '--label', name, columns));
  if (!wanted.points) return { label, beside, spaces: [], ignored: [] };
  const labels = new Set([label, ...beside]);
  const all = columns.map((_, j) => j);
  const usable = (option: string, pattern: string, otherwise: readonly number[] = all): number[] => {
    const chosen = patternColumns(file, option, pattern, columns, otherwise).filter((j) => !labels.has(j));
    const asText = chosen.filter((j) => kinds[j] === 'text').map((j) => columns[j]!.name);
    // A glob takes the numbers among what it matches; a column named by itself has to be numbers.
    const exact = new Set(pattern.split(',').map((item) => item.trim()));
    const bad = asText.filter((name) => exact.has(name));
    if (bad.length > 0) {
      throw new InputError(
        'wrong-type',
        `${file}: ${option} must name columns of numbers, got text in ${listed(bad)}; leave it out, or turn it into numbers`,
      );
    }
    const numbers = chosen.filter((j) => kinds[j] !== 'text');
    if (numbers.length > 0) return numbers;
    throw new InputError('empty', `${file}: ${option} must name at least one column of numbers, got '${pattern}'`);
  };
  const spaces = wanted.spaces.map(({ name, columns: pattern }) => ({
    name,
    columns: usable(`--space ${name}`, pattern),
  }));
  const inSpaces = new Set(spaces.flatMap((space) => space.columns));
  const byName = wanted.unlabelled === true ? columns.findIndex(({ name }) => name === 'label') : -1;
  const rest = all.filter((j) => kinds[j] !== 'text' && !labels.has(j) && j !== byName && !inSpaces.has(j));
  const input = wanted.features === undefined ? rest : usable('--features', wanted.features, rest);
  if (input.length === 0) {
    throw new InputError(
      'empty',
      `${file}: needs at least one column of numbers, got ${listed(columns.map(({ name }) => name))}${inSpaces.size > 0 ? ', all of them label or spaces; name the columns of the points with --features' : ''}`,
    );
  }
  const used = new Set([...input, ...inSpaces, ...labels]);
  const ignored = columns.flatMap((_, j) => (kinds[j] === 'text' && !used.has(j) ? [j] : []));
  return { label, beside, spaces: [{ name: 'input', columns: input }, ...spaces], ignored };
}
