import { ClusterlensError } from '../../core/errors.js';
import { DivergenceError, type DivergenceSite } from './divergence-error.js';

/** Runs `work`; an overflow inside it becomes a DivergenceError that says where. */
export function guarded<T>(site: DivergenceSite, what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ClusterlensError && (error.code === 'not-finite' || error.code === 'not-finite-gradient')) {
      throw new DivergenceError(site, `${what} must stay finite, got ${error.message}`, error);
    }
    throw error;
  }
}
