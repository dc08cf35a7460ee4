import type { Label } from '../core/types.js';
import type { Attempt, Context } from './findings/context.js';

/** What the answer takes from the witness of the gaps. */
interface Gaps {
  readonly labelsFrom: 'points' | 'elsewhere';
  readonly verdict: 'groups' | 'one-cloud' | 'mixed' | 'undecided';
  readonly pairs: ReadonlyArray<{ readonly labels: readonly [Label, Label]; readonly gap: boolean }>;
}

/** The gaps between touching classes; null where they could not be looked for. */
export function gapsOf(context: Context): Gaps | null {
  const found = (context as { gaps?: () => Attempt<Gaps> }).gaps?.();
  return found === undefined || 'reason' in found ? null : found;
}
