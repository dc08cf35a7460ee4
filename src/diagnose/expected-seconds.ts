import { SECONDS } from './time-constants.js';
import { type TimedInput, timeFeatures } from './time-features.js';

/**
 * Seconds of processor time that a diagnosis takes, about, on the machine of docs/time.md: a sum over what it does,
 * with constants fitted to runs of many sizes by scripts/time-model.ts. Findings that try a remedy add to it.
 */
export function expectedSeconds(input: TimedInput): number {
  return timeFeatures(input).reduce((sum, count, at) => sum + count * SECONDS[at]!, 0);
}
