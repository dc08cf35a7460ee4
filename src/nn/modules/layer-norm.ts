import { allocate } from '../../core/allocate.js';
import { checkOptions, nothingMore, numberIn, requireNumber } from '../../data/options.js';
import type { Module, NamedParameters } from '../module.js';
import { layerNorm } from '../ops/layer-norm.js';
import { Tensor } from '../tensor.js';

export interface LayerNormOptions {
  /** Added to the variance. Default 1e-5. */
  readonly eps?: number | undefined;
}

/**
 * Normalises each row to mean 0 and variance 1 (biased), then scales by `weight` (begins at 1) and
 * shifts by `bias` (begins at 0). Parameters: 2 * size.
 *
 * @example
 * import { LayerNorm, tensor } from 'clusterlens/nn';
 * const layer = new LayerNorm(2);
 * console.log(layer.forward(tensor([[1, 3], [50, 10]])).data.map(Math.round)); // Float64Array(4) [ -1, 1, 1, -1 ]
 */
export class LayerNorm implements Module {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly eps: number;

  constructor(size: number, options?: LayerNormOptions, ...more: []) {
    nothingMore('LayerNorm', more, [size, options]);
    const { eps } = checkOptions('LayerNorm', options, ['eps']);
    const width = requireNumber('LayerNorm', 'size', size, { min: 1, integer: true });
    this.eps = numberIn('LayerNorm', 'eps', eps, { min: Number.MIN_VALUE }, 1e-5);
    const zeros = () => allocate('LayerNorm', `${width} weights`, () => new Float64Array(width));
    this.weight = new Tensor(zeros().fill(1), [width], true);
    this.bias = new Tensor(zeros(), [width], true);
  }

  forward(x: Tensor): Tensor {
    return layerNorm(x, { weight: this.weight, bias: this.bias, eps: this.eps });
  }

  namedParameters(): NamedParameters {
    return [
      ['weight', this.weight],
      ['bias', this.bias],
    ];
  }

  setTraining(): void {}
}
