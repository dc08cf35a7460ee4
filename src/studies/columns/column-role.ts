import { numberText } from '../../core/words.js';
import {
  mayNameIdentifiers,
  namesIdentifiers,
  namesIndex,
  namesPlaces,
  namesTimes,
  namesWeights,
} from '../../data/column-names.js';
import type { ColumnRole } from '../../data/column-use.js';
import type { IdentifierKind } from './identifier-kind.js';

/** What a column of numbers is, where it is no feature. */
export interface FoundRole {
  readonly role: ColumnRole;
  readonly reason: string;
}

/** Postal codes have 3 to 10 digits; years and counts under such a name would not be called so. */
const PLACE = [100, 9_999_999_999] as const;
/** Seconds and milliseconds since 1970, of the years 1990 to 2100, and days as 19991231. */
const MOMENTS = [
  [631_152_000, 4_102_444_800],
  [631_152_000_000, 4_102_444_800_000],
  [19_000_101, 21_001_231],
] as const;

const within = (values: Float64Array, [low, high]: readonly [number, number]) =>
  values.every((value) => value >= low && value <= high);

function allDiffer(values: Float64Array): boolean {
  return new Set(values).size === values.length;
}

/** 0, 1, 2, 0, 1, 2, 3: an index of tables that were put together. */
function countsAgain(values: Float64Array): boolean {
  const start = values[0]!;
  return values.every((value, i) => value === start || (i > 0 && value === values[i - 1]! + 1));
}

/** Rows counted by one, from 0 or 1. */
function countsFromStart(values: Float64Array): boolean {
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  return (least === 0 || least === 1) && largest - least === values.length - 1;
}

const REASONS: Readonly<Partial<Record<IdentifierKind, string>>> = {
  'row-number': 'even steps from row to row',
  'number-in-class': 'rows numbered within each label',
  consecutive: 'each number of a run once',
  'ordered-integers': 'whole numbers that only rise or only fall',
  'unique-integers': 'whole numbers without a repeat, where measurements would have some',
  'wide-integers': 'whole numbers without a repeat, over a wide range',
};

/** By values and name together, where the values alone may be measurements. */
function byKind(values: Float64Array, name: string, kind: IdentifierKind): FoundRole | null {
  const reason = REASONS[kind];
  if (reason === undefined) return null;
  const identifier: FoundRole = { role: 'identifier', reason };
  if (kind === 'unique-integers') return identifier;
  if ((kind === 'row-number' || kind === 'consecutive') && countsFromStart(values)) {
    return kind === 'row-number' ? { role: 'row-number', reason: 'counts the rows' } : identifier;
  }
  if (!mayNameIdentifiers(name)) return null;
  return kind === 'row-number' || kind === 'number-in-class' ? { role: 'row-number', reason } : identifier;
}

/** By the name, where the values do not speak against it. */
function byName(values: Float64Array, name: string): FoundRole | null {
  if (namesWeights(name)) {
    return within(values, [0, Infinity])
      ? { role: 'weight', reason: 'weights of rows, which no number here uses' }
      : null;
  }
  if (!values.every(Number.isSafeInteger)) return null;
  if (namesIndex(name) && (allDiffer(values) || countsAgain(values))) {
    return { role: 'index', reason: name === '' ? 'an unnamed column that numbers the rows' : 'an index of the rows' };
  }
  if (namesTimes(name) && MOMENTS.some((range) => within(values, range))) {
    return { role: 'date', reason: 'moments or days, as numbers' };
  }
  if (namesPlaces(name) && within(values, PLACE)) return { role: 'identifier', reason: 'postal codes' };
  if (!namesIdentifiers(name)) return null;
  const repeats = allDiffer(values) ? 'whole numbers without a repeat' : 'whole numbers';
  return { role: 'identifier', reason: `${repeats}, named as identifiers` };
}

/**
 * What a column of numbers is, by its values first: one value, rows counted from 0 or 1 in their order or in
 * any, one value for each label (`isCopy`), whole numbers that never repeat where measurements would. Whole numbers
 * that may be measurements too, such as prices by which the rows are sorted, need the name of an identifier, an
 * index, a time or a postal code beside it. null: a feature.
 */
export function columnRole(
  values: Float64Array,
  name: string,
  kind: IdentifierKind | null,
  isCopy: boolean,
): FoundRole | null {
  if (values.every((value) => value === values[0])) {
    return values.length < 2 ? null : { role: 'constant', reason: `${numberText(values[0]!)} in every row` };
  }
  if (isCopy) return { role: 'label-copy', reason: 'one value for each label' };
  return byName(values, name) ?? (kind === null ? null : byKind(values, name, kind));
}
