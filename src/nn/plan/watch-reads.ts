import { type Watch, watched } from '../record.js';
import type { Tensor } from '../tensor.js';

/**
 * Runs `work` on a stand-in for `input` and says whether it looked at numbers of the input, or of what
 * operations made from it, otherwise than by operations: what it does with them stands on no tape.
 */
export function watchReads<T>(
  input: Tensor,
  work: (input: Tensor) => T,
): { readonly result: T; readonly reads: boolean } {
  const behind = new WeakMap<Tensor, Tensor>();
  let reads = false;
  const standIn = (tensor: Tensor): Tensor => {
    const made = new Proxy(tensor, {
      get(target, key, receiver) {
        if (key === 'data') reads = true;
        // Its own size, which is the length of its data, is no look at the numbers.
        return Reflect.get(target, key, key === 'size' ? target : receiver);
      },
    });
    behind.set(made, tensor);
    return made;
  };
  const by: Watch = {
    taken: (tensor) => behind.get(tensor) ?? tensor,
    given: (output, inputs) =>
      output.requiresGrad || inputs.some((tensor) => behind.has(tensor)) ? standIn(output) : output,
  };
  const result = watched(by, () => work(standIn(input)));
  return { result, reads };
}
