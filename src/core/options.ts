import { InputError, show } from './errors.js';
import { didYouMean } from './suggest.js';

/** Options as they arrive: nothing about them is known yet. */
export type LooseOptions = Readonly<Record<string, unknown>>;

/** Whether a value can hold its parts by name: no list, no Map or other container, no promise of one. */
export function isRecord(value: unknown): value is LooseOptions {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return false;
  return !(Symbol.iterator in value) && typeof (value as { then?: unknown }).then !== 'function';
}

/**
 * Checks that options are an object with known names only, so that a typing error in a name is an
 * error and not a silent default. An option set to undefined counts as not given.
 */
export function checkOptions(where: string, options: unknown, names: readonly string[]): LooseOptions {
  if (options === undefined) return {};
  if (!isRecord(options)) {
    throw new InputError('wrong-type', `${where}: options must be an object, got ${show(options)}`);
  }
  for (const name of Object.keys(options)) {
    if (names.includes(name)) continue;
    const known = names.length === 0 ? 'it takes none' : `known are ${names.join(', ')}`;
    throw new InputError(
      'unknown-option',
      `${where}: unknown option ${show(name)}${didYouMean(name, names)} (${known})`,
    );
  }
  return options;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What `array.map(f)` and `array.reduce(f)` add: the index, and the array in which it leads to the last argument. */
function fromIteration(surplus: readonly unknown[], last: unknown): boolean {
  const [index, array] = surplus;
  return surplus.length === 2 && Array.isArray(array) && array[index as number] === last;
}

/**
 * Refuses arguments that a function does not take; it collects them as `...more: []`, so that types
 * refuse them too. `taken` are those that it takes. A function may still be handed to `map` or `reduce`.
 */
export function nothingMore(where: string, more: readonly unknown[], taken: readonly unknown[]): void {
  if (more.length === 0 || more.every((value) => value === undefined)) return;
  if (isPlain(more[0])) checkOptions(where, more[0], []);
  if (fromIteration(more, taken[taken.length - 1])) return;
  const count = taken.length === 1 ? '1 argument' : `${taken.length === 0 ? 'no' : taken.length} arguments`;
  const got = more.map(show).join(', ');
  throw new InputError('unknown-option', `${where}: takes ${count} and no options, got ${got} beyond`);
}
