// How numbers are written for people, everywhere: the command, the report, the sentences of findings.

/** Digits in groups of three: 1595.2 -> 1,595.2 */
function grouped(digits: string): string {
  const [whole = '', rest] = digits.split('.');
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? groups : `${groups}.${rest}`;
}

/** 1,595 for whole numbers and from 1,000 on, else three digits that count: 0.0182, -0.451, 12.3, 5.12e-5. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size >= 1e15) return value.toExponential(2);
  if (Number.isInteger(value)) return grouped(String(value));
  if (size >= 999.5) return grouped(value.toFixed(0));
  if (size < 1e-4) return value.toExponential(2);
  return String(Number(value.toPrecision(3)));
}

/** A share as a percentage with one decimal at most: 42%, 28.7%; 100% and 0% only where it is all or nothing. */
export function percentText(share: number): string {
  const value = 100 * share;
  const size = Math.abs(value);
  if (size === 0 || size === 100) return `${value}%`;
  if (size < 0.05) return value > 0 ? '<0.1%' : '>-0.1%';
  if (size >= 99.949 && size < 100) return value > 0 ? '>99.9%' : '<-99.9%';
  return `${grouped(String(Number(value.toFixed(1))))}%`;
}

/** A p-value with two digits that count: 0.034, 0.0005, 2.1e-7; <2.2e-16 below the digits of a number, as in R. */
export function pText(p: number): string {
  if (p < Number.EPSILON) return '<2.2e-16';
  return p < 1e-4 ? p.toExponential(1) : String(Number(p.toPrecision(2)));
}

/** p = 0.034, p < 2.2e-16. */
export function pIs(p: number): string {
  return p < Number.EPSILON ? 'p < 2.2e-16' : `p = ${pText(p)}`;
}

/** '1 row', '2 rows', '1,595 rows'. */
export function countText(n: number, one: string, many = `${one}s`): string {
  return `${numberText(n)} ${n === 1 ? one : many}`;
}
