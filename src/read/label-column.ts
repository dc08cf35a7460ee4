import { InputError } from '../core/errors.js';
import { namesLabels } from '../data/column-names.js';
import type { ColumnProfile } from './column-profile.js';
import { listed } from './malformed.js';
import { positionOf, type Wanted } from './select-columns.js';
import type { Column } from './table.js';

/** Whole numbers with at most this many different values may be labels. */
const FEW = 50;
/** In so few rows labels need not come twice. */
const SMALL = 10;

export interface LabelChoice {
  /** undefined: labels come from another file, or none are wanted. */
  readonly label: number | undefined;
  /** Further columns of labels. */
  readonly beside: readonly number[];
  /** Columns of whole numbers that are named as labels, and are not the label: no features. */
  readonly others: ReadonlySet<number>;
  readonly note: string | undefined;
}

const isCoordinate = (name: string, columns: readonly Column[]) =>
  name.toLowerCase() === 'y' && columns.some((other) => other.name.toLowerCase() === 'x');

/** Whether values may be labels: text that is no identifier, or whole numbers that come again. */
function mayBeLabels({ isNumbers, isWhole, distinct, present, textRole }: ColumnProfile, name: string): boolean {
  if (!isNumbers) return textRole === 'text';
  // A target may be a measurement that is to be predicted.
  const most = /^(y|targets?)$/i.test(name) ? Math.min(FEW, present / 2) : Math.max(SMALL, present / 2);
  return isWhole && distinct <= most;
}

/** Columns of words, or of numbers and a few words. */
function wordColumns(profiles: readonly ColumnProfile[]): number[] {
  const all = [...profiles.keys()];
  const text = all.filter((j) => !profiles[j]!.isNumbers);
  const plain = text.filter((j) => profiles[j]!.textRole === 'text');
  if (plain.length > 0 || text.length > 0) return plain.length > 0 ? plain : text;
  return all.filter((j) => {
    const { example, isWhole, distinct, present } = profiles[j]!;
    return example !== undefined && isWhole && distinct <= Math.min(FEW, present / 2);
  });
}

/**
 * The column of the labels: the one that was named; else one whose name is that of labels (label, class, cluster, target,
 * species, y) and whose values may be; else the only one of text.
 * @throws InputError missing-label, with the candidates, where none is or several are.
 */
export function chooseLabel(
  file: string,
  wanted: Wanted,
  columns: readonly Column[],
  profiles: readonly ColumnProfile[],
): LabelChoice {
  const named = columns.flatMap(({ name, unnamed }, j) => {
    if (unnamed === true || isCoordinate(name, columns)) return [];
    return name === 'label' || (namesLabels(name) && mayBeLabels(profiles[j]!, name)) ? [j] : [];
  });
  const beside = (wanted.beside ?? []).map((name) => positionOf(file, '--label', name, columns));
  const choice = (label: number | undefined, note?: string): LabelChoice => ({
    label,
    beside,
    others: new Set(named.filter((j) => j !== label && !beside.includes(j) && profiles[j]!.isNumbers)),
    note,
  });
  if (wanted.labelsElsewhere || wanted.unlabelled === true) return choice(undefined);
  if (wanted.label !== undefined) return choice(positionOf(file, '--label', wanted.label, columns));
  const namesOf = (some: readonly number[]) => listed(some.map((j) => columns[j]!.name));
  const [first] = named;
  if (named.length === 1) {
    const { name } = columns[first!]!;
    if (name === 'label') return choice(first);
    return choice(first, `the labels are those of column '${name}', by its name; --label takes those of another`);
  }
  const text = wordColumns(profiles);
  if (named.length === 0 && text.length === 1) return choice(text[0]);
  const few = profiles.flatMap(({ isNumbers, isWhole, distinct, present }, j) =>
    isNumbers && isWhole && distinct > 1 && distinct <= Math.min(FEW, present / 2) ? [j] : [],
  );
  const got =
    named.length > 1
      ? `got ${named.length} that may be them: ${namesOf(named)}`
      : text.length > 1
        ? `got ${text.length} columns of text: ${namesOf(text)}`
        : few.length > 0
          ? `got only numbers; columns with few different whole numbers are ${namesOf(few)}`
          : `got only numbers in ${namesOf([...columns.keys()])}`;
  throw new InputError(
    'missing-label',
    `${file}: needs a column of labels: one named as labels are (label, class, cluster, target, species, y), or the only one that is not numbers, ${got}; name it with --label NAME, or give --labels FILE; clusterlens k needs none`,
  );
}
