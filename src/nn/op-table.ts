import { contrastOp } from './losses/contrast-op.js';
import { crossEntropyOp } from './losses/cross-entropy-op.js';
import { tripletOp } from './losses/triplet-op.js';
import { concatOp, gatherOp, reshapeOp, sliceOp, transposeOp } from './ops/arrange.js';
import { batchNormOp } from './ops/batch-norm.js';
import { addOp, divOp, mulOp, subOp } from './ops/binary.js';
import { dropoutOp } from './ops/dropout.js';
import { gaussianNoiseOp } from './ops/gaussian-noise.js';
import { layerNormOp } from './ops/layer-norm.js';
import { linearOp } from './ops/linear.js';
import { matmulOp } from './ops/matmul.js';
import { l2NormalizeOp, normOp } from './ops/norm.js';
import { logSumExpOp, maxOp, meanOp, sumOp } from './ops/reduce.js';
import { softmaxOp } from './ops/softmax.js';
import { absOp, expOp, logOp, negOp, reluOp, sigmoidOp, sqrtOp, squareOp, tanhOp } from './ops/unary.js';
import type { Op } from './tensor.js';

/** Every operation that can stand on a tape, by name. */
export const OPS: Readonly<Record<string, Op>> = {
  add: addOp,
  sub: subOp,
  mul: mulOp,
  div: divOp,
  neg: negOp,
  exp: expOp,
  log: logOp,
  sqrt: sqrtOp,
  square: squareOp,
  abs: absOp,
  relu: reluOp,
  tanh: tanhOp,
  sigmoid: sigmoidOp,
  matmul: matmulOp,
  linear: linearOp,
  layerNorm: layerNormOp,
  batchNorm: batchNormOp,
  norm: normOp,
  l2Normalize: l2NormalizeOp,
  softmax: softmaxOp,
  dropout: dropoutOp,
  gaussianNoise: gaussianNoiseOp,
  sum: sumOp,
  mean: meanOp,
  max: maxOp,
  logSumExp: logSumExpOp,
  reshape: reshapeOp,
  transpose: transposeOp,
  concat: concatOp,
  slice: sliceOp,
  gather: gatherOp,
  contrast: contrastOp,
  crossEntropy: crossEntropyOp,
  triplet: tripletOp,
};
