import { Rng } from '../../core/rng.js';
import { checkOptions, nothingMore, requireNumber } from '../../data/options.js';
import { layerSeed } from '../default-seed.js';
import { type Module, type NamedParameters, prefixed } from '../module.js';
import { add } from '../ops/binary.js';
import { dropoutRate } from '../ops/dropout.js';
import { relu } from '../ops/unary.js';
import type { Tensor } from '../tensor.js';
import { Dropout } from './dropout.js';
import { LayerNorm } from './layer-norm.js';
import { Linear } from './linear.js';

export interface ResidualBlockOptions {
  /** Rate of the dropout between the two linears. Default 0.1. */
  readonly dropout?: number | undefined;
  /** Seed of the first weights and of the masks. Default: the next of the process, see `manualSeed`. */
  readonly seed?: number | undefined;
}

const COUNT = { min: 1, integer: true };

/**
 * relu(norm2(linear2(dropout(relu(norm1(linear1(x)))))) + skip(x)), where `skip` is a Linear when
 * the sizes differ and the identity when they are equal (He et al. 2016, doi:10.1109/CVPR.2016.90).
 * Parameters: `linear1.*`, `norm1.*`, `linear2.*`, `norm2.*`, `skip.*`.
 *
 * @example
 * import { ResidualBlock, tensor } from 'clusterlens/nn';
 * const block = new ResidualBlock(3, 2, { seed: 0 });
 * console.log(block.forward(tensor([[1, 2, 3], [4, 5, 6]])).shape); // [ 2, 2 ]
 * console.log(block.namedParameters().length); // 10
 */
export class ResidualBlock implements Module {
  readonly linear1: Linear;
  readonly norm1: LayerNorm;
  readonly dropout: Dropout;
  readonly linear2: Linear;
  readonly norm2: LayerNorm;
  readonly skip: Linear | null;

  constructor(inputSize: number, outputSize: number, options?: ResidualBlockOptions, ...more: []) {
    nothingMore('ResidualBlock', more, [inputSize, outputSize, options]);
    const { dropout, seed } = checkOptions('ResidualBlock', options, ['dropout', 'seed']);
    requireNumber('ResidualBlock', 'inputSize', inputSize, COUNT);
    requireNumber('ResidualBlock', 'outputSize', outputSize, COUNT);
    const rate = dropoutRate('ResidualBlock', dropout, 0.1);
    const rng = new Rng(layerSeed('ResidualBlock', seed));
    this.linear1 = new Linear(inputSize, outputSize, { seed: rng.uint32() });
    this.norm1 = new LayerNorm(outputSize);
    this.dropout = new Dropout(rate, { seed: rng.uint32() });
    this.linear2 = new Linear(outputSize, outputSize, { seed: rng.uint32() });
    this.norm2 = new LayerNorm(outputSize);
    this.skip = inputSize === outputSize ? null : new Linear(inputSize, outputSize, { seed: rng.uint32() });
  }

  forward(x: Tensor): Tensor {
    const hidden = this.dropout.forward(relu(this.norm1.forward(this.linear1.forward(x))));
    const branch = this.norm2.forward(this.linear2.forward(hidden));
    return relu(add(branch, this.skip === null ? x : this.skip.forward(x)));
  }

  namedParameters(): NamedParameters {
    return [
      ...prefixed('linear1', this.linear1),
      ...prefixed('norm1', this.norm1),
      ...prefixed('linear2', this.linear2),
      ...prefixed('norm2', this.norm2),
      ...(this.skip === null ? [] : prefixed('skip', this.skip)),
    ];
  }

  get training(): boolean {
    return this.dropout.training;
  }

  setTraining(training: boolean): void {
    this.dropout.setTraining(training);
  }

  rngState(): number[] {
    return this.dropout.rngState();
  }

  restoreRng(state: readonly number[]): void {
    this.dropout.restoreRng(state);
  }
}
