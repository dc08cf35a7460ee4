import type { Rng } from '../../core/rng.js';
import { prefixed } from '../module.js';
import { concat, reshape } from '../ops/arrange.js';
import { add, mul } from '../ops/binary.js';
import { sigmoid, tanh } from '../ops/unary.js';
import { Tensor } from '../tensor.js';
import { Linear } from './linear.js';

/**
 * The output of the published decoder: with m = floor(size / 3), three linear heads of m outputs,
 * 12 tanh(.), sigmoid(.) and 9.9 sigmoid(.) + 0.1, interleaved as m triples; the outputs that are
 * left over stay 0.
 */
export function boundedHeads(size: number, rng: Rng) {
  const triples = Math.floor(size / 3);
  const gain = new Linear(size, triples, { seed: rng.uint32() });
  const frequency = new Linear(size, triples, { seed: rng.uint32() });
  const q = new Linear(size, triples, { seed: rng.uint32() });
  return {
    forward(x: Tensor): Tensor {
      const n = x.shape[0]!;
      const columns = [
        mul(tanh(gain.forward(x)), 12),
        sigmoid(frequency.forward(x)),
        add(mul(sigmoid(q.forward(x)), 9.9), 0.1),
      ].map((head) => reshape(head, [n, triples, 1]));
      const interleaved = reshape(concat(columns, { axis: 2 }), [n, 3 * triples]);
      const rest = size - 3 * triples;
      if (rest === 0) return interleaved;
      return concat([interleaved, new Tensor(new Float64Array(n * rest), [n, rest])], { axis: 1 });
    },
    namedParameters: () => [...prefixed('gain', gain), ...prefixed('frequency', frequency), ...prefixed('q', q)],
  };
}
