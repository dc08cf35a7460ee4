import { InputError, show } from '../../core/errors.js';

/** A claimed value with the decimals that it was written with. */
export interface ClaimedNumber {
  readonly value: number;
  readonly decimals: number;
}

const NUMERAL = /^[+-]?(\d+(?:\.(\d*))?|\.(\d+))(?:[eE]([+-]?\d+))?$/;

/**
 * Reads a claim. A number has the decimals of its shortest form (0.68: two); a text keeps those that
 * it was written with ('0.680': three).
 */
export function readClaim(where: string, name: string, claim: unknown): ClaimedNumber {
  const text = typeof claim === 'number' ? String(claim) : typeof claim === 'string' ? claim.trim() : undefined;
  if (text === undefined) {
    throw new InputError('wrong-type', `${where}: claim ${name} must be a number or its text, got ${show(claim)}`);
  }
  const match = NUMERAL.exec(text);
  const value = Number(text);
  if (match === null || !Number.isFinite(value)) {
    throw new InputError(
      'not-finite',
      `${where}: claim ${name} must be a finite number, got ${show(claim)}; write it with digits and a point, as 0.68`,
    );
  }
  const written = (match[2] ?? match[3] ?? '').length - Number(match[4] ?? 0);
  return { value, decimals: Math.min(15, Math.max(0, written)) };
}

/** Whether a value rounds to the claim, either way at an exact half. */
export function roundsTo(value: number, claim: ClaimedNumber): boolean {
  return reaches({ low: value, high: value }, claim);
}

/** Whether some value of an interval rounds to the claim. */
export function reaches(
  { low, high }: { readonly low: number; readonly high: number },
  { value: claimed, decimals }: ClaimedNumber,
): boolean {
  const half = 0.5 / 10 ** decimals + 4e-16 * Math.max(Math.abs(claimed), Math.abs(low), Math.abs(high));
  return claimed + half >= low && claimed - half <= high;
}
