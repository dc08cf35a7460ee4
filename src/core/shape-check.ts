import { InputError, show } from './errors.js';

/** What is wrong with a value at a place, `place must be ..., got ...`; undefined where nothing is. */
export type Check = (value: unknown, place: string) => string | undefined;

function must(rule: string, holds: (value: unknown) => boolean): Check {
  return (value, place) => (holds(value) ? undefined : `${place} must be ${rule}, got ${show(value)}`);
}

export const finite = /* @__PURE__ */ must('a finite number', Number.isFinite);
/** A number of a result: some are infinite, none is NaN. */
export const number = /* @__PURE__ */ must('a number', (v) => typeof v === 'number' && !Number.isNaN(v));
export const count = /* @__PURE__ */ must('an integer >= 0', (v) => Number.isSafeInteger(v) && (v as number) >= 0);
export const positive = /* @__PURE__ */ must('an integer >= 1', (v) => Number.isSafeInteger(v) && (v as number) >= 1);
/** Rows that are counted by their shares, where some tie. */
export const shared = /* @__PURE__ */ must('a finite number >= 0', (v) => Number.isFinite(v) && (v as number) >= 0);
export const text = /* @__PURE__ */ must('a text', (v) => typeof v === 'string');
export const doubles = /* @__PURE__ */ must('a Float64Array', (v) => v instanceof Float64Array);
export const label = /* @__PURE__ */ must(
  'a label',
  (v) => ['string', 'boolean', 'bigint'].includes(typeof v) || Number.isFinite(v),
);

/** As one check or the other; what is wrong is said in the words of the first. */
export const either =
  (check: Check, other: Check): Check =>
  (value, place) =>
    other(value, place) === undefined ? undefined : check(value, place);

/** One of some texts. */
export const oneOfTexts = (members: readonly string[]): Check =>
  must(`one of ${members.map((member) => `'${member}'`).join(', ')}`, (v) => members.includes(v as string));

/** As `check`, or null. */
export const orNull =
  (check: Check): Check =>
  (value, place) => {
    if (value === null) return undefined;
    const rule = `${place} must be `;
    const wrong = check(value, place);
    return wrong?.startsWith(rule) ? `${rule}null or ${wrong.slice(rule.length)}` : wrong;
  };

/** As `check`, or not there. */
export const optional =
  (check: Check): Check =>
  (value, place) =>
    value === undefined ? undefined : check(value, place);

/** An array, typed or not, of at least so many entries that all pass. */
export function list(check: Check, least = 0): Check {
  return (value, place) => {
    const array = Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value);
    if (!array) return `${place} must be an array, got ${show(value)}`;
    const entries = value as ArrayLike<unknown>;
    if (entries.length < least)
      return `${place} must have at least ${least} ${least === 1 ? 'entry' : 'entries'}, got ${entries.length}`;
    for (let i = 0; i < entries.length; i++) {
      const wrong = check(entries[i], `${place}[${i}]`);
      if (wrong !== undefined) return wrong;
    }
    return undefined;
  };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value);
}

/** An object with these fields, and `whole` about how they fit together. */
export function fields(checks: Readonly<Record<string, Check>>, whole?: (value: never) => string | undefined): Check {
  return (value, place) => {
    if (!isObject(value)) return `${place} must be an object, got ${show(value)}`;
    for (const [name, check] of Object.entries(checks)) {
      const wrong = check(value[name], place === '' ? name : `${place}.${name}`);
      if (wrong !== undefined) return wrong;
    }
    return whole?.(value as never);
  };
}

/** An object of any names, whose values all pass. */
export const named =
  (check: Check): Check =>
  (value, place) =>
    isObject(value)
      ? fields(Object.fromEntries(Object.keys(value).map((name) => [name, check])))(value, place)
      : `${place} must be an object, got ${show(value)}`;

/**
 * Checks that a value has the fields that are read of it, before anything is.
 *
 * @param made what it should be, as 'what silhouette returns'.
 * @throws InputError wrong-type.
 */
export function requireShape(where: string, made: string, check: Check, value: unknown): void {
  const wrong = check(value, '');
  if (wrong === undefined) return;
  const how = wrong.startsWith(' ') ? `got ${show(value)}` : `in which ${wrong}`;
  throw new InputError('wrong-type', `${where}: needs ${made}, ${how}`);
}

/**
 * Checks one argument or option by its name.
 *
 * @throws InputError wrong-type.
 */
export function requireOne(where: string, name: string, check: Check, value: unknown): void {
  const wrong = check(value, name);
  if (wrong !== undefined) throw new InputError('wrong-type', `${where}: ${wrong}`);
}
