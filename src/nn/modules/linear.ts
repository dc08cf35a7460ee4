import { allocate } from '../../core/allocate.js';
import { ShapeError } from '../../core/errors.js';
import { Rng } from '../../core/rng.js';
import { checkOptions, nothingMore, requireNumber } from '../../data/options.js';
import { layerSeed } from '../default-seed.js';
import type { Module, NamedParameters } from '../module.js';
import { linear } from '../ops/linear.js';
import { requireMatrix } from '../ops/operand.js';
import { showShape } from '../shape.js';
import { Tensor } from '../tensor.js';

export interface LinearOptions {
  /** Seed of the first weights. Default: the next of the process, see `manualSeed`. */
  readonly seed?: number | undefined;
}

const COUNT = { min: 1, integer: true };

/**
 * x W^T + b, with `weight` (out x in) and `bias` (out). Both begin uniform between -1/sqrt(in) and
 * 1/sqrt(in), which is PyTorch's default (Kaiming uniform with a = sqrt(5); He et al. 2015,
 * doi:10.1109/ICCV.2015.123). Parameters: in * out + out.
 *
 * @example
 * import { Linear, tensor } from 'clusterlens/nn';
 * const layer = new Linear(3, 2, { seed: 0 });
 * console.log(layer.forward(tensor([[1, 2, 3]])).shape); // [ 1, 2 ]
 * console.log(layer.namedParameters().map(([name, { shape }]) => `${name} ${shape}`)); // [ 'weight 2,3', 'bias 2' ]
 */
export class Linear implements Module {
  readonly weight: Tensor;
  readonly bias: Tensor;

  constructor(inputSize: number, outputSize: number, options?: LinearOptions, ...more: []) {
    nothingMore('Linear', more, [inputSize, outputSize, options]);
    const { seed } = checkOptions('Linear', options, ['seed']);
    const wide = requireNumber('Linear', 'inputSize', inputSize, COUNT);
    const out = requireNumber('Linear', 'outputSize', outputSize, COUNT);
    const rng = new Rng(layerSeed('Linear', seed));
    const bound = 1 / Math.sqrt(wide);
    const draw = (shape: readonly number[], size: number) =>
      new Tensor(
        allocate('Linear', `${wide} x ${out} weights`, () => new Float64Array(size)).map(
          () => (2 * rng.uniform() - 1) * bound,
        ),
        shape,
        true,
      );
    this.weight = draw([out, wide], out * wide);
    this.bias = draw([out], out);
  }

  forward(x: Tensor): Tensor {
    const inputSize = this.weight.shape[1]!;
    const rows = requireMatrix('Linear', 'x', x);
    if (rows.shape[1] === inputSize) return linear(x, this.weight, this.bias);
    throw new ShapeError(
      'shape-mismatch',
      `Linear: x must have inputSize = ${inputSize} columns, got ${rows.shape[1]} (shape ${showShape(rows.shape)}); ` +
        'make the layer with the number of columns that it is given',
    );
  }

  namedParameters(): NamedParameters {
    return [
      ['weight', this.weight],
      ['bias', this.bias],
    ];
  }

  setTraining(): void {}
}
