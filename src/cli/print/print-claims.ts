import { numberText } from '../../core/words.js';
import type { ClaimCheck } from '../../studies/claims/claim-types.js';
import { hanging, padEnd, table } from '../layout.js';
import type { Terminal } from '../terminal.js';

const STYLES = {
  reproduced: ['bold', 'green'],
  refuted: ['bold', 'red'],
  consistent: ['bold', 'yellow'],
  'not-computable': ['bold', 'yellow'],
} as const;

/** Conventions that a sentence names. */
const MOST = 3;

/** One more decimal than the claim has, so that a difference shows. */
function at(value: number, decimals: number): string {
  if (decimals === 0 && Number.isInteger(value)) return numberText(value);
  return Math.abs(value) >= 1e6 ? numberText(value) : value.toFixed(Math.min(15, Math.max(3, decimals + 1)));
}

function nearest({ claimed, conventions }: ClaimCheck): { name: string; value: number } | null {
  let best: { name: string; value: number } | null = null;
  for (const { name, value } of conventions) {
    if (value === null) continue;
    if (best === null || Math.abs(value - claimed) < Math.abs(best.value - claimed)) best = { name, value };
  }
  return best;
}

function explanation(check: ClaimCheck): string {
  const { verdict, reproducedBy, recomputed, claimed, decimals, conventions, withinInterval, reason } = check;
  if (verdict === 'not-computable') {
    const why = `Not computable: ${(reason ?? 'no convention gives a value').replaceAll('exactRows', '--exact-rows')}.`;
    const other = nearest(check);
    return other === null
      ? why
      : `${why} No other convention gives ${claimed.toFixed(decimals)}; the nearest is ${at(other.value, decimals)} (${other.name}).`;
  }
  const valueless = check.recomputed === null && reason !== undefined ? ` With the settings given ${reason}.` : '';
  if (verdict === 'reproduced') {
    return reproducedBy === 'default'
      ? 'Reproduced with the settings given.'
      : `Reproduced only with: ${reproducedBy}. ${conventions.length} conventions were tried; say which one was used.${valueless}`;
  }
  if (verdict === 'consistent') {
    const open = conventions.filter(({ matches }) => matches === null).map(({ name }) => name);
    const more = open.length > MOST ? ` and ${open.length - MOST} more` : '';
    return `The sample cannot tell the claim from the exact value (${open.slice(0, MOST).join('; ')}${more}); exact computation decides: --exact-rows ${check.n}.`;
  }
  if (reproducedBy !== null) {
    return `With the settings given it is ${recomputed === null ? 'no number' : at(recomputed, decimals)}. ${reproducedBy} gives ${claimed.toFixed(decimals)}, but with --strict only the settings given count.`;
  }
  const closest = nearest(check)!;
  // An interval of a sample is about these rows, which have been compared with the claim.
  const other =
    withinInterval === true && check.sample === undefined
      ? ' The claim lies in the interval: other rows of the same kind could have given it.'
      : '';
  const value = at(closest.value, decimals);
  if (conventions.length === 1) return `The value is ${value}, by the only convention there is.${other}`;
  return `None of ${conventions.length} conventions gives ${claimed.toFixed(decimals)}; the nearest is ${value} (${closest.name}).${valueless}${other}`;
}

/** Claims beside what was recomputed. */
export function printClaims(checks: readonly ClaimCheck[], { width, style }: Terminal, verbose: boolean): string {
  const lines = checks.flatMap((check) => {
    const { metric, claimed, decimals, recomputed, interval, verdict, sample, caution } = check;
    const room = interval === null ? '' : ` (95% ${at(interval.low, decimals)} to ${at(interval.high, decimals)})`;
    const value = recomputed === null ? 'no value' : `${at(recomputed, decimals)}${room}`;
    const sampled =
      sample === undefined ? [] : [`Scored ${numberText(sample.rows)} of ${numberText(sample.of)} rows against all.`];
    return [
      `${style(STYLES[verdict], padEnd(verdict.toUpperCase().replace('-', ' '), 14))}  ${style('bold', metric)}`,
      `  claimed ${claimed.toFixed(decimals)}, recomputed ${value}`,
      ...[explanation(check), ...(caution === undefined ? [] : [caution]), ...sampled].flatMap((text) =>
        hanging('  ', text, width),
      ),
      ...(verbose
        ? table(
            ['convention', 'value', 'reason'],
            check.conventions.map(({ name, value: v, matches, reason }) => [
              matches === null ? `${name} ?` : matches ? `${name} *` : name,
              v === null ? null : v,
              reason ?? '',
            ]),
            width - 4,
          ).map((line) => `    ${line}`)
        : []),
      '',
    ];
  });
  return lines.join('\n');
}
