import { InputError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import { listed } from './malformed.js';
import type { Column } from './table.js';

export interface Wanted {
  readonly label: string | undefined;
  /** Labels come from another file. */
  readonly labelsElsewhere: boolean;
  /** Further columns of labels. */
  readonly beside?: readonly string[] | undefined;
  /** No label is wanted; a column called 'label' is no feature all the same. */
  readonly unlabelled?: boolean | undefined;
  /** Names, `FROM..TO` and globs, separated by commas; or the very names. */
  readonly features: string | readonly string[] | undefined;
  /** Columns that are categories, whatever they hold, as `features` names columns. */
  readonly oneHot?: string | undefined;
  /** Columns of text are categories. */
  readonly categories?: boolean | undefined;
  /** `option`: what named the columns on the command line; by default --space. */
  readonly spaces: ReadonlyArray<{ readonly name: string; readonly columns: string; readonly option?: string }>;
  /** false: only labels are wanted. */
  readonly points: boolean;
}

/** What is known of the columns where some are chosen. */
export interface Usable {
  readonly label: number | undefined;
  /** Further columns of labels. */
  readonly beside: readonly number[];
  /** Columns of numbers that named themselves as labels. */
  readonly others: ReadonlySet<number>;
  readonly isNumbers: (column: number) => boolean;
  /** Text that a metric takes as categories. */
  readonly isCategory: (column: number) => boolean;
}

export interface Selection {
  /** Columns of each space; 'input' is the first. */
  readonly spaces: ReadonlyArray<{ readonly name: string; readonly columns: readonly number[] }>;
  /** Of these, columns that are categories. */
  readonly categories: ReadonlySet<number>;
  /** Whether the features are those that are left when nobody names any. */
  readonly byDefault: boolean;
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

export function positionOf(file: string, option: string, wanted: string, columns: readonly Column[]): number {
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

/** Columns that were named, so that they are used whatever they look like. */
function chosenByName(features: Wanted['features']): boolean {
  if (features === undefined) return false;
  if (typeof features !== 'string') return true;
  return features.split(',').some((item) => item.trim() !== '' && !item.trim().startsWith('!'));
}

/**
 * Which columns are the points and the other spaces. Without `features`, or where these only leave columns out, the
 * points are all columns of numbers and all categories that neither the label nor a space uses.
 * @throws InputError for names that do not exist, with the nearest one.
 */
export function selectColumns(
  file: string,
  columns: readonly Column[],
  wanted: Wanted,
  { label, beside, others, isNumbers, isCategory }: Usable,
): Selection {
  if (!wanted.points) return { spaces: [], categories: new Set(), byDefault: true };
  const all = columns.map((_, j) => j);
  const labels = new Set([...(label === undefined ? [] : [label]), ...beside]);
  const oneHot = new Set(
    wanted.oneHot === undefined ? [] : patternColumns(file, '--one-hot', wanted.oneHot, columns, all),
  );
  const clash = [...oneHot].find((j) => labels.has(j));
  if (clash !== undefined) {
    throw new InputError(
      'out-of-range',
      `${file}: --one-hot must name features, got the label '${columns[clash]!.name}'`,
    );
  }
  const fits = (j: number) => oneHot.has(j) || isNumbers(j) || (wanted.categories === true && isCategory(j));
  const usable = (option: string, pattern: string, otherwise: readonly number[] = all): number[] => {
    const chosen = patternColumns(file, option, pattern, columns, otherwise).filter((j) => !labels.has(j));
    const asText = chosen.filter((j) => !fits(j)).map((j) => columns[j]!.name);
    // A glob takes the numbers among what it matches; a column named by itself has to be numbers.
    const exact = new Set(pattern.split(',').map((item) => item.trim()));
    const bad = asText.filter((name) => exact.has(name));
    if (bad.length > 0) {
      throw new InputError(
        'wrong-type',
        `${file}: ${option} must name columns of numbers, got text in ${listed(bad)}; leave it out, or take it as categories with --one-hot ${bad[0]}`,
      );
    }
    const found = chosen.filter(fits);
    if (found.length > 0) return found;
    throw new InputError('empty', `${file}: ${option} must name at least one column of numbers, got '${pattern}'`);
  };
  const spaces = wanted.spaces.map(({ name, columns: pattern, option = `--space ${name}` }) => ({
    name,
    columns: usable(option, pattern),
  }));
  const inSpaces = new Set(spaces.flatMap((space) => space.columns));
  const rest = all.filter((j) => fits(j) && !labels.has(j) && !inSpaces.has(j) && (!others.has(j) || oneHot.has(j)));
  const { features } = wanted;
  const named =
    features === undefined
      ? rest
      : typeof features === 'string'
        ? usable('--features', features, rest)
        : features.map((name) => positionOf(file, '--features', name, columns));
  const input = [...named, ...[...oneHot].filter((j) => !named.includes(j))];
  if (input.length === 0) {
    throw new InputError(
      'empty',
      `${file}: needs at least one column of numbers, got ${listed(columns.map(({ name }) => name))}${inSpaces.size > 0 ? ', all of them label or spaces; name the columns of the points with --features' : ''}`,
    );
  }
  return {
    spaces: [{ name: 'input', columns: input }, ...spaces],
    categories: new Set(input.filter((j) => oneHot.has(j) || !isNumbers(j))),
    byDefault: !chosenByName(features),
  };
}
