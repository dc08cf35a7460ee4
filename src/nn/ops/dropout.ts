import { InputError, show } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { record } from '../record.js';
import type { Op, Tensor } from '../tensor.js';
import { requireTensor } from './operand.js';

export interface DropoutAttributes {
  /** Probability that an element is set to 0. */
  readonly rate: number;
  /** Where the mask is drawn from: one 32-bit number for each element, in order. */
  readonly rng: Rng;
}

export const dropoutOp: Op<DropoutAttributes, Float64Array> = {
  name: 'dropout',
  forward([x], { rate, rng }) {
    const threshold = Math.round(rate * 4294967296);
    const mask = new Float64Array(x!.size);
    const data = new Float64Array(x!.size);
    for (let p = 0; p < mask.length; p++) {
      mask[p] = rng.uint32() < threshold ? 0 : 1 / (1 - rate);
      data[p] = x!.data[p]! * mask[p]!;
    }
    return { data, shape: x!.shape, saved: mask };
  },
  backward(gradient, { saved: mask }, [into]) {
    for (let p = 0; p < mask.length; p++) into![p]! += gradient[p]! * mask[p]!;
  },
};

/**
 * Sets each element to 0 with probability `rate` (default 0.5, 0 <= rate < 1) and divides the others
 * by 1 - rate, so that the expectation stays. The mask is drawn from `rng`, which moves on.
 * Srivastava et al. 2014.
 *
 * @throws InputError out-of-range or wrong-type.
 *
 * @example
 * import { dropout, Rng, tensor } from 'clusterlens/nn';
 * const rng = new Rng(1);
 * console.log(dropout(tensor([1, 1, 1, 1]), { rate: 0.5, rng }).data); // Float64Array(4) [ 2, 2, 2, 0 ]
 */
export function dropout(
  x: Tensor,
  options: { readonly rate?: number | undefined; readonly rng: Rng },
  ...more: []
): Tensor {
  nothingMore('dropout', more, [x, options]);
  const loose = checkOptions('dropout', options, ['rate', 'rng']);
  const input = requireTensor('dropout', 'x', x);
  const rate = dropoutRate('dropout', loose.rate, 0.5);
  if (!(loose.rng instanceof Rng)) {
    throw new InputError(
      'wrong-type',
      `dropout: rng must be an Rng, got ${show(loose.rng)}; make one with new Rng(seed)`,
    );
  }
  return record(dropoutOp, [input], { rate, rng: loose.rng });
}

/** A rate from 0 to below 1. */
export function dropoutRate(where: string, value: unknown, fallback: number): number {
  const rate = numberIn(where, 'rate', value, { min: 0, max: 1 }, fallback);
  if (rate < 1) return rate;
  throw new InputError('out-of-range', `${where}: rate must be below 1, got ${rate}; nothing would be left`);
}
