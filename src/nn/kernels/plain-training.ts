import { plainActivations } from './plain/activations.js';
import { plainDropout } from './plain/dropout.js';
import { plainElementwise } from './plain/elementwise.js';
import { plainLayerNorm } from './plain/layer-norm.js';
import { plainLinear } from './plain/linear.js';
import { plainOptimizers } from './plain/optimizers.js';
import { plainProducts } from './plain/products.js';
import { plainRows } from './plain/rows.js';
import type { TrainingKernels } from './training-kernels.js';

/**
 * The kernels in plain TypeScript, over any buffer. Each function repeats its AssemblyScript twin (the file of the
 * same name in wasm/assembly) operation by operation, the four or eight lanes of a vector as separate sums, so that
 * the results have the same bits.
 */
export function plainTraining(memory: { readonly buffer: ArrayBuffer }): TrainingKernels {
  let view = new Float32Array(memory.buffer);
  const floats = () => {
    if (view.buffer !== memory.buffer) view = new Float32Array(memory.buffer);
    return view;
  };
  return {
    ...plainLinear(floats),
    ...plainProducts(floats),
    ...plainRows(floats),
    ...plainLayerNorm(floats),
    ...plainElementwise(floats),
    ...plainActivations(floats),
    ...plainDropout(floats),
    ...plainOptimizers(floats),
  };
}
