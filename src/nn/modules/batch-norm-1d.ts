import { allocate } from '../../core/allocate.js';
import { ShapeError } from '../../core/errors.js';
import { booleanOf, checkOptions, nothingMore, numberIn, requireNumber } from '../../data/options.js';
import type { Module, NamedBuffers, NamedParameters } from '../module.js';
import { batchNormOp } from '../ops/batch-norm.js';
import { requireTensor } from '../ops/operand.js';
import { record } from '../record.js';
import { showShape } from '../shape.js';
import { Tensor } from '../tensor.js';

export interface BatchNorm1dOptions {
  /** Added to the variance, above 0. Default 1e-5. */
  readonly eps?: number | undefined;
  /**
   * Share of a new batch in the running statistics, 0 to 1; null: their plain average over all batches.
   * Default 0.1.
   */
  readonly momentum?: number | null | undefined;
  /** Whether it has the parameters `weight` and `bias`. Default true. */
  readonly affine?: boolean | undefined;
}

/**
 * Normalises each column, with PyTorch's semantics: in training by mean and biased variance of the batch,
 * in evaluation by the running ones, `y = (x - mean) / sqrt(variance + eps) * weight + bias`. A pass in
 * training moves `running_mean` and `running_var` (unbiased) by `momentum` towards those of the batch and
 * adds 1 to `num_batches_tracked`: the buffers, which begin at 0, 1 and 0. `weight` begins at 1, `bias`
 * at 0. x is n x size, with n >= 2 in training. Ioffe and Szegedy 2015, arXiv:1502.03167.
 *
 * @throws InputError on a bad option; `forward` throws ShapeError shape-mismatch.
 *
 * @example
 * import { BatchNorm1d, tensor } from 'clusterlens/nn';
 * const layer = new BatchNorm1d(2);
 * const y = layer.forward(tensor([[1, 10], [3, 30]]));
 * console.log(y.data.map(Math.round)); // Float64Array(4) [ -1, -1, 1, 1 ]
 * console.log(layer.runningMean.data.map((value) => Math.round(value * 10) / 10)); // Float64Array(2) [ 0.2, 2 ]
 */
export class BatchNorm1d implements Module {
  readonly weight: Tensor;
  readonly bias: Tensor;
  readonly runningMean: Tensor;
  readonly runningVariance: Tensor;
  readonly batchesTracked: Tensor;
  readonly eps: number;
  readonly momentum: number | null;
  readonly affine: boolean;
  /** Whether it is in training; `setTraining` sets it. */
  training = true;

  constructor(size: number, options?: BatchNorm1dOptions, ...more: []) {
    nothingMore('BatchNorm1d', more, [size, options]);
    const where = 'BatchNorm1d';
    const { eps, momentum, affine } = checkOptions(where, options, ['eps', 'momentum', 'affine']);
    const width = requireNumber(where, 'size', size, { min: 1, integer: true });
    this.eps = numberIn(where, 'eps', eps, { min: Number.MIN_VALUE }, 1e-5);
    this.momentum = momentum === null ? null : numberIn(where, 'momentum', momentum, { min: 0, max: 1 }, 0.1);
    this.affine = booleanOf(where, 'affine', affine, true);
    const filled = (value: number, learnt: boolean) =>
      new Tensor(allocate(where, `${width} weights`, () => new Float64Array(width)).fill(value), [width], learnt);
    this.weight = filled(1, this.affine);
    this.bias = filled(0, this.affine);
    this.runningMean = filled(0, false);
    this.runningVariance = filled(1, false);
    this.batchesTracked = new Tensor(new Float64Array(1), []);
  }

  forward(x: Tensor): Tensor {
    const { weight, bias, runningMean: mean, runningVariance: variance, batchesTracked: batches, eps } = this;
    const { shape } = requireTensor('BatchNorm1d', 'x', x);
    if (shape.length !== 2 || shape[1] !== weight.size) {
      throw new ShapeError('shape-mismatch', `BatchNorm1d: x must be [rows, ${weight.size}], got ${showShape(shape)}`);
    }
    if (!this.training) return record(batchNormOp, [x, weight, bias, mean, variance], { eps, running: null });
    if (shape[0] === 1) {
      throw new ShapeError(
        'shape-mismatch',
        'BatchNorm1d: needs at least 2 rows in training, got 1; choose another batch size, so that no row is left alone',
      );
    }
    const running = { mean, variance, batches, momentum: this.momentum };
    return record(batchNormOp, [x, weight, bias], { eps, running });
  }

  namedParameters(): NamedParameters {
    if (!this.affine) return [];
    return [
      ['weight', this.weight],
      ['bias', this.bias],
    ];
  }

  /** Under PyTorch's names. */
  namedBuffers(): NamedBuffers {
    return [
      ['running_mean', this.runningMean],
      ['running_var', this.runningVariance],
      ['num_batches_tracked', this.batchesTracked, 'I64'],
    ];
  }

  setTraining(training: boolean): void {
    this.training = training;
  }
}
