import { InputError, show } from '../core/errors.js';
import { Tensor } from './tensor.js';

type Named = ReadonlyArray<readonly [name: string, tensor: Tensor, ...more: unknown[]]>;

/**
 * What a module's `namedParameters` or `namedBuffers` gave: pairs of a name and a tensor, no name for two
 * tensors.
 *
 * @throws InputError wrong-type, unknown-name.
 */
export function readNamedTensors<N extends Named>(where: string, method: string, given: N): N {
  if (!Array.isArray(given)) {
    const spread = typeof (given as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] === 'function';
    throw new InputError(
      'wrong-type',
      `${where}: ${method}() must give an array of [name, tensor] pairs, got ${show(given)}${spread ? '; spread it into one' : ''}`,
    );
  }
  const byName = new Map<string, Tensor>();
  given.forEach((pair: unknown, i) => {
    const [name, tensor] = Array.isArray(pair) ? (pair as unknown[]) : [];
    if (typeof name !== 'string' || !(tensor instanceof Tensor)) {
      throw new InputError(
        'wrong-type',
        `${where}: ${method}()[${i}] must be a name and a tensor, got ${Array.isArray(pair) ? `[${pair.map(show).join(', ')}]` : show(pair)}`,
      );
    }
    if ((byName.get(name) ?? tensor) !== tensor) {
      throw new InputError(
        'unknown-name',
        `${where}: ${method}() must give each tensor a name of its own, got ${show(name)} twice; put the name of its module before each`,
      );
    }
    byName.set(name, tensor);
  });
  return given;
}
