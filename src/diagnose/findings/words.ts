import type { Evidence, Finding } from '../types.js';
import type { Context } from './context.js';

/** A number as people read it: three significant digits, whole numbers whole. */
export function say(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e9) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  return size >= 1e-3 && size < 1e6 ? String(Number(value.toPrecision(3))) : value.toExponential(2);
}

export function percent(share: number): string {
  const value = 100 * share;
  return `${value !== 0 && Math.abs(value) < 10 ? value.toFixed(1) : Math.round(value)}%`;
}

/** A value that JSON keeps: infinite ones become text, NaN becomes null. */
export function plain(value: number): number | string | null {
  return Number.isFinite(value) ? value : Number.isNaN(value) ? null : String(value);
}

export const SHARE: readonly [number, number] = [0, 1];
export const FROM_ZERO: readonly [number, null] = [0, null];
export const SIGNED: readonly [number, number] = [-1, 1];

/** The rule for a finding that could not be put to the test. */
export function untested(
  finding: Pick<Finding, 'id' | 'title' | 'hypothesis'>,
  test: string,
  reason: string,
  more: readonly Evidence[] = [],
): Finding {
  return {
    ...finding,
    verdict: 'inconclusive',
    severity: 'info',
    summary: `Not tested: ${reason}`,
    evidence: [{ name: 'tested', text: 'Whether the test could be made', value: null, reason, test }, ...more],
    tables: [],
    changesIf: 'It can be tested once the reason above is gone.',
    recommendation: null,
  };
}

/** Options that repeat the user's choice of metric and scaling inside a recommended call. */
export function callOptions({ metric, standardized }: Context, extra = '', named = true): string {
  const parts = [
    extra,
    named && typeof metric === 'string' && metric !== 'euclidean' ? `metric: '${metric}'` : '',
    named && standardized ? 'standardize: true' : '',
  ].filter((part) => part !== '');
  return parts.length === 0 ? '' : `, { ${parts.join(', ')} }`;
}

/** The same for a command. */
export function commandOptions({ metric, standardized }: Context): string {
  const name = typeof metric === 'string' && metric !== 'euclidean' ? ` --metric ${metric}` : '';
  return `${name}${standardized ? ' --standardize' : ''}`;
}
