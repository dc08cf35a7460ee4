import type { Cell } from './table.js';

/** Unscaled decimals below this are told apart as doubles. */
const EXACT = 10n ** 15n;

/** A day since 1970 as in 2024-02-29. */
export function dayText(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10);
}

/** A moment since 1970 as in 2024-02-29T12:00:00.000Z, with the digits that it has beyond the milliseconds. */
export function momentText(units: bigint, perSecond: bigint): string {
  const within = ((units % perSecond) + perSecond) % perSecond;
  const whole = new Date(Number(((units - within) / perSecond) * 1000n)).toISOString();
  const digits = String(within + perSecond).slice(1);
  const shown = digits.slice(3).replace(/0+$/, '') === '' ? digits.slice(0, 3) : digits;
  return whole.replace('.000Z', `.${shown}Z`);
}

/** Bytes as text where they are UTF-8, else in hexadecimal, so that different bytes stay different. */
export function bytesText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return `0x${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  }
}

function unscaled(value: number | bigint | Uint8Array): bigint {
  if (!(value instanceof Uint8Array)) return BigInt(value);
  let sum = 0n;
  for (const byte of value) sum = sum * 256n + BigInt(byte);
  return BigInt.asIntN(8 * value.length, sum);
}

/** A decimal number; as text where a double would lose digits of it. */
export function decimalCell(value: number | bigint | Uint8Array, scale: number): Cell {
  const whole = unscaled(value);
  if (whole < EXACT && whole > -EXACT) return Number(whole) / 10 ** scale;
  const digits = String(whole < 0n ? -whole : whole).padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return whole < 0n ? `-${text}` : text;
}
