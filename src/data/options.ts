import { InputError, show } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';

export { checkOptions, isRecord, type LooseOptions, nothingMore } from '../core/options.js';

/** A member of a closed list of names. */
export function oneOf<T extends string>(
  where: string,
  name: string,
  value: unknown,
  members: readonly T[],
  fallback: T,
): T {
  if (value === undefined) return fallback;
  if (typeof value === 'string' && (members as readonly string[]).includes(value)) return value as T;
  const hint = typeof value === 'string' ? didYouMean(value, members) : '';
  throw new InputError(
    'unknown-name',
    `${where}: ${name} must be one of ${members.map((member) => `'${member}'`).join(', ')}, got ${show(value)}${hint}`,
  );
}

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  /** The bounds themselves are not allowed. */
  readonly open?: boolean;
  readonly integer?: boolean;
}

/** A finite number in a range. */
export function numberIn(where: string, name: string, value: unknown, range: NumberRange, fallback: number): number {
  if (value === undefined) return fallback;
  return requireNumber(where, name, value, range);
}

/** The number below 1. */
const BELOW_ONE = 1 - Number.EPSILON / 2;

/**
 * ' with 0 <= k <= 9', and ' >= 0 and <= 9' of what is named by several words; nothing without bounds. The
 * least number above 0 and the greatest below 1 are written as 0 and 1, which are not reached.
 */
function boundsOf(name: string, min: number, max: number, open: boolean): string {
  const [low, lowIn] = min === Number.MIN_VALUE ? [0, ''] : [min, open ? '' : '='];
  const [high, highIn] = max === BELOW_ONE ? [1, ''] : [max, open ? '' : '='];
  if (/\s/.test(name)) {
    const bounds = [
      ...(low === -Infinity ? [] : [`>${lowIn} ${low}`]),
      ...(high === Infinity ? [] : [`<${highIn} ${high}`]),
    ];
    return bounds.length === 0 ? '' : ` ${bounds.join(' and ')}`;
  }
  const below = low === -Infinity ? '' : `${low} <${lowIn} `;
  const above = high === Infinity ? '' : ` <${highIn} ${high}`;
  return below === '' && above === '' ? '' : ` with ${below}${name}${above}`;
}

/** As `numberIn`, without a default. */
export function requireNumber(where: string, name: string, value: unknown, range: NumberRange): number {
  const { min = -Infinity, max = Infinity, open = false, integer = false } = range;
  const kind = integer ? 'an integer' : 'a finite number';
  const message = `${where}: ${name} must be ${kind}${boundsOf(name, min, max, open)}, got ${show(value)}`;
  if (typeof value !== 'number') throw new InputError('wrong-type', message);
  if (!Number.isFinite(value)) throw new InputError('not-finite', message);
  const inside = open ? value > min && value < max : value >= min && value <= max;
  if (!inside || (integer && !Number.isSafeInteger(value))) throw new InputError('out-of-range', message);
  return value;
}

/** A list of numbers in a range, read one by one; an array or anything like it. */
export function numbersIn(where: string, name: string, value: unknown, range: NumberRange): number[] {
  const length = typeof value === 'object' && value !== null ? (value as { length?: unknown }).length : undefined;
  if (!Number.isInteger(length) || (length as number) < 0) {
    const kind = range.integer === true ? 'integers' : 'numbers';
    throw new InputError('wrong-type', `${where}: ${name} must be an array of ${kind}, got ${show(value)}`);
  }
  const given: number[] = [];
  for (let i = 0; i < (length as number); i++) {
    given.push(requireNumber(where, `${name}[${i}]`, (value as ArrayLike<unknown>)[i], range));
  }
  return given;
}

/** A seed: an integer from 0 to 2^53 - 1. */
export function seedOf(where: string, value: unknown, fallback = 0): number {
  return numberIn(where, 'seed', value, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }, fallback);
}

/** true or false. */
export function booleanOf(where: string, name: string, value: unknown, fallback: boolean): boolean {
  if (value === undefined) return fallback;
  if (typeof value === 'boolean') return value;
  throw new InputError('wrong-type', `${where}: ${name} must be true or false, got ${show(value)}`);
}
