import type { Site } from '../lowering.js';
import type { DropoutAttributes } from './dropout.js';

/** Where the state of a random generator lies while a kernel draws from it. */
const RNG_PLACE = 64;

/** y = dropout of x, drawn from the same generator in the same order as the operation on the tape does. */
export function drawMask(
  { kernels: k, floats }: Pick<Site, 'kernels' | 'floats'>,
  { rate, rng }: DropoutAttributes,
  size: number,
): (x: number, y: number, mask: number) => void {
  const threshold = Math.round(rate * 4294967296);
  const scale = 1 / (1 - rate);
  return (x, y, mask) => {
    const words = new Uint32Array(floats().buffer, RNG_PLACE, 4);
    words.set(rng.state());
    k.dropout(x, y, mask, size, threshold, scale, RNG_PLACE);
    rng.restore(Array.from(words));
  };
}
