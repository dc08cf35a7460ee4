import { InputError } from '../../core/errors.js';
import type { NamedParameters } from '../module.js';
import type { Tensor } from '../tensor.js';

/** Parameters that an epoch is changing just now. */
const changing = new WeakSet<Tensor>();

/**
 * Runs an epoch on these parameters, which no other run may change meanwhile: each would go on from its own
 * copy, and what the other learned would be lost.
 *
 * @throws InputError out-of-range where another run is in the middle of an epoch.
 */
export async function trainedAlone<T>(where: string, parameters: NamedParameters, epoch: () => Promise<T>): Promise<T> {
  const shared = parameters.find(([, parameter]) => changing.has(parameter));
  if (shared !== undefined) {
    throw new InputError(
      'out-of-range',
      `${where}: parameters must be trained by one run at a time, got '${shared[0]}' in the middle of an epoch of another run; await that run first`,
    );
  }
  for (const [, parameter] of parameters) changing.add(parameter);
  try {
    return await epoch();
  } finally {
    for (const [, parameter] of parameters) changing.delete(parameter);
  }
}
