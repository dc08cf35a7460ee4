import type { Lowering } from './lowering.js';
import { concatOp, sliceOp } from './ops/arrange.js';
import { concatLowering, sliceLowering } from './ops/arrange-lowering.js';
import { addOp, divOp, mulOp, subOp } from './ops/binary.js';
import { addLowering, divLowering, mulLowering, subLowering } from './ops/binary-lowering.js';
import { dropoutOp } from './ops/dropout.js';
import { dropoutLowering } from './ops/dropout-lowering.js';
import { layerNormOp } from './ops/layer-norm.js';
import { layerNormLowering } from './ops/layer-norm-lowering.js';
import { linearOp } from './ops/linear.js';
import { linearLowering } from './ops/linear-lowering.js';
import { matmulOp } from './ops/matmul.js';
import { matmulLowering } from './ops/matmul-lowering.js';
import { negOp, reluOp, sigmoidOp, squareOp, tanhOp } from './ops/unary.js';
import { negLowering, reluLowering, sigmoidLowering, squareLowering, tanhLowering } from './ops/unary-lowering.js';

/** How kernels run each operation, by identity: an operation of a user's own may bear any name. */
export function lowerings(): ReadonlyMap<unknown, Lowering> {
  return new Map<unknown, Lowering>([
    [linearOp, linearLowering],
    [matmulOp, matmulLowering],
    [layerNormOp, layerNormLowering],
    [reluOp, reluLowering],
    [tanhOp, tanhLowering],
    [sigmoidOp, sigmoidLowering],
    [dropoutOp, dropoutLowering],
    [addOp, addLowering],
    [subOp, subLowering],
    [mulOp, mulLowering],
    [divOp, divLowering],
    [negOp, negLowering],
    [squareOp, squareLowering],
    [concatOp, concatLowering],
    [sliceOp, sliceLowering],
  ]);
}
