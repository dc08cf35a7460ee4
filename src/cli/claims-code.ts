import type { ClaimCheck } from '../studies/claims/claim-types.js';
import type { Finished } from './finished.js';

/**
 * 1: a claim is refuted. Else 2: one could not be computed or decided. Else 3: one is reproduced only by another
 * convention than the settings given.
 */
export function codeOf(checks: readonly ClaimCheck[]): Finished['code'] {
  if (checks.some(({ verdict }) => verdict === 'refuted')) return 1;
  if (checks.some(({ verdict }) => verdict !== 'reproduced')) return 2;
  return checks.some(({ reproducedBy }) => reproducedBy !== 'default') ? 3 : 0;
}
