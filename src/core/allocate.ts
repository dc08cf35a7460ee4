import { InputError } from './errors.js';

/** Makes an array for `what`; a size that the engine refuses is bad input, not a RangeError. */
export function allocate<T>(where: string, what: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(
      'out-of-range',
      `${where}: input must fit into memory, got ${what}; use fewer rows or columns`,
    );
  }
}
