import type { Op } from '../tensor.js';
import { concatOp, gatherOp, reshapeOp, sliceOp, transposeOp } from './arrange.js';
import { addOp, divOp, mulOp, subOp } from './binary.js';
import { dropoutOp } from './dropout.js';
import { layerNormOp } from './layer-norm.js';
import { linearOp } from './linear.js';
import { matmulOp } from './matmul.js';
import { l2NormalizeOp, normOp } from './norm.js';
import { logSumExpOp, maxOp, meanOp, sumOp } from './reduce.js';
import { softmaxOp } from './softmax.js';
import { absOp, expOp, logOp, negOp, reluOp, sigmoidOp, sqrtOp, squareOp, tanhOp } from './unary.js';

/** Every operation that can stand on a tape, by name. */
export const OPS: Readonly<Record<string, Op<never, never>>> = Object.freeze(
  Object.fromEntries(
    [
      ...[addOp, subOp, mulOp, divOp],
      ...[negOp, expOp, logOp, sqrtOp, squareOp, absOp, reluOp, tanhOp, sigmoidOp],
      ...[matmulOp, linearOp, layerNormOp, normOp, l2NormalizeOp, softmaxOp, dropoutOp],
      ...[sumOp, meanOp, maxOp, logSumExpOp],
      ...[reshapeOp, transposeOp, concatOp, sliceOp, gatherOp],
    ].map((op) => [op.name, op as Op<never, never>]),
  ),
);
