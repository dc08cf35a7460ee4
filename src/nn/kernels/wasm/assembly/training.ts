// Kernels of a training step, in float32 but for a product. All pointers are byte offsets into the
// imported memory, aligned to 4; matrices are row-major. Sums are taken in a fixed order, which the plain-TypeScript
// twins (src/nn/kernels/plain/, of the same file names) repeat, so that both give the same bits on every engine.

export { product64 } from '../../../../kernels/wasm/assembly/product';
export { gate, relu, squash, squashGradient } from './activations';
export { dropout } from './dropout';
export { addProduct, addScaled, affine, pairwise } from './elementwise';
export { layerNorm, layerNormGradient } from './layer-norm';
export { linear } from './linear';
export { adam, allFinite, sgd, sumOfSquares } from './optimizers';
export { timesMatrix, transposedTimes } from './products';
export { columnSums, copyRuns } from './rows';
