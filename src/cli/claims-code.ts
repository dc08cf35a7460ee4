import type { ClaimCheck } from '../studies/claims/claim-types.js';
import type { Finished } from './finished.js';

/** A refuted claim outweighs one that could not be computed or decided. */
export function codeOf(checks: readonly ClaimCheck[]): Finished['code'] {
  if (checks.some(({ verdict }) => verdict === 'refuted')) return 1;
  return checks.some(({ verdict }) => verdict !== 'reproduced') ? 2 : 0;
}
