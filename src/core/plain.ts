import { InputError, show } from './errors.js';
import { nothingMore } from './options.js';

/** A value of JSON. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Text that reads as one of the spellings of `toPlain`, with any number of backslashes before it. */
const SPELLING = /^\\*(?:-?Infinity|NaN|-?\d+n)$/;

function isTypedArray(value: object): value is ArrayLike<number | bigint> & object {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

function plainOf(value: unknown, at: string, above: readonly object[]): JsonValue {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value + 0 : String(value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'string') return SPELLING.test(value) ? `\\${value}` : value;
  if (typeof value === 'object') {
    if (above.includes(value)) {
      throw new InputError('wrong-type', `toPlain: a value must not hold itself, got ${at} inside itself`);
    }
    const path = [...above, value];
    if (Array.isArray(value)) return value.map((item, i) => plainOf(item ?? null, `${at}[${i}]`, path));
    if (isTypedArray(value)) return Array.from(value, (item) => plainOf(item, at, path));
    const prototype = Object.getPrototypeOf(value) as object | null;
    if (prototype === null || Object.getPrototypeOf(prototype) === null) {
      // A key without a value, and a function, are left out, as in JSON.
      const entries = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function');
      return Object.fromEntries(entries.map(([key, item]) => [key, plainOf(item, `${at}.${key}`, path)]));
    }
  }
  throw new InputError(
    'wrong-type',
    `toPlain: a result is made of objects, arrays, numbers, text and booleans, got ${show(value)} at ${at}; give the values that it holds`,
  );
}

/**
 * A result as a value of JSON, so that `JSON.stringify(toPlain(result))` loses nothing that `fromPlain`
 * cannot bring back. What JSON lacks is spelled as text: 'Infinity', '-Infinity', 'NaN', and a bigint
 * with an n after it, as '9007199254740993n'; text that reads like one of these gets a backslash
 * before it. A typed array becomes an array, and -0 becomes 0. Functions and undefined are left out.
 *
 * Cost O(size of the result).
 *
 * @param result any result of this library: plain objects, arrays, typed arrays and single values.
 * @throws InputError wrong-type for what is not made of these (a Map, a Tensor), or holds itself.
 *
 * @example
 * import { toPlain } from 'clusterlens';
 * const result = { score: Infinity, samples: Float64Array.of(0.5, 1), label: 7n };
 * console.log(JSON.stringify(toPlain(result))); // {"score":"Infinity","samples":[0.5,1],"label":"7n"}
 */
export function toPlain(result: unknown, ...more: []): JsonValue {
  nothingMore('toPlain', more, [result]);
  return plainOf(result ?? null, 'result', []);
}

/** Makes `JSON.stringify(result)` write what `toPlain` gives. The method is not enumerable: copies go without. */
export function withJson<T extends object>(result: T): T {
  return Object.defineProperty(result, 'toJSON', { value: () => toPlain(result) });
}

/**
 * The result that `toPlain` was given, from what `JSON.parse` returns: infinite numbers, bigints and
 * text as they were. Typed arrays come back as arrays, which every function here takes in their place.
 *
 * @example
 * import { fromPlain, toPlain } from 'clusterlens';
 * const text = JSON.stringify(toPlain({ score: Infinity, label: 9007199254740993n }));
 * console.log(fromPlain(JSON.parse(text))); // { score: Infinity, label: 9007199254740993n }
 */
export function fromPlain<T = unknown>(plain: unknown, ...more: []): T {
  nothingMore('fromPlain', more, [plain]);
  return restored(plain) as T;
}

function restored(value: unknown): unknown {
  if (typeof value === 'string' && SPELLING.test(value)) {
    if (value.startsWith('\\')) return value.slice(1);
    return value.endsWith('n') ? BigInt(value.slice(0, -1)) : Number(value);
  }
  if (Array.isArray(value)) return value.map(restored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restored(item)]));
}
