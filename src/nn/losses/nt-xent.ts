import { ShapeError } from '../../core/errors.js';
import { nothingMore } from '../../data/options.js';
import { concat } from '../ops/arrange.js';
import { requireMatrix } from '../ops/operand.js';
import { sameShape, showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import { type ContrastiveLoss, contrast } from './contrast.js';
import { type ContrastiveOptions, temperatureOf } from './sup-con.js';

/**
 * Normalised temperature-scaled cross entropy: row i of one view must find row i of the other among
 * the 2n - 1 other rows of both; the mean over all 2n rows. It is supCon with every pair a class of
 * its own. Chen et al. 2020, arXiv:2002.05709.
 *
 * Lower is better; range (0, inf). Floor 0, ceiling log(2n - 1), the value when all embeddings are
 * equal. All 2n rows are valid anchors.
 *
 * Cost 8 n^2 d.
 *
 * @param viewsA n x d; normalised here.
 * @param viewsB n x d, the same items in the same order.
 * @throws ShapeError shape-mismatch; InputError on a bad temperature.
 *
 * @example
 * import { ntXent, tensor } from 'clusterlens/nn';
 * const views = tensor([[1, 0], [0, 1]]);
 * const { value, ceiling } = ntXent(views, views, { temperature: 0.5 });
 * console.log(value.toFixed(3), ceiling.toFixed(3)); // 0.240 1.099
 */
export function ntXent(viewsA: Tensor, viewsB: Tensor, options?: ContrastiveOptions, ...more: []): ContrastiveLoss {
  nothingMore('ntXent', more, [viewsA, viewsB, options]);
  const temperature = temperatureOf('ntXent', options);
  const a = requireMatrix('ntXent', 'viewsA', viewsA);
  const b = requireMatrix('ntXent', 'viewsB', viewsB);
  if (!sameShape(a.shape, b.shape)) {
    throw new ShapeError(
      'shape-mismatch',
      `ntXent: both views must have the same shape, got ${showShape(a.shape)} and ${showShape(b.shape)}`,
    );
  }
  const n = a.shape[0]!;
  const codes = Int32Array.from({ length: 2 * n }, (_, i) => i % n);
  return contrast(concat([a, b]), codes, temperature);
}
