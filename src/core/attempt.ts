import { UndefinedMetricError } from './errors.js';

/** A value, or the reason why there is none. */
export type Attempt<T> = T | { readonly reason: string };

/** The value; where an index is undefined, what `otherwise` makes of the reason. All other errors pass. */
export function definedOr<T, Other>(compute: () => T, otherwise: (reason: string) => Other): T | Other {
  try {
    return compute();
  } catch (error) {
    if (error instanceof UndefinedMetricError) return otherwise(error.message);
    throw error;
  }
}

/** The value, or why it is undefined. */
export function attempt<T>(compute: () => T): Attempt<T> {
  return definedOr(compute, (reason) => ({ reason }));
}
