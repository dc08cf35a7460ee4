import type { Lowering } from '../lowering.js';
import type { LayerNormAttributes } from './layer-norm.js';
import { perElement } from './pass-gradient.js';

/** `layerNormOp` by kernels. */
export const layerNormLowering: Lowering = {
  reads: [0, 1],
  saved: ({ inputs: [x, weight] }) => (8 * x!.size) / weight!.size,
  flops: perElement(8, 14),
  forward({ kernels: k, x: [x, weight, bias], y, saved }, { inputs, node }) {
    const width = inputs[1]!.size;
    const rows = inputs[0]!.size / width;
    const { eps } = node.attributes as LayerNormAttributes;
    return () => k.layerNorm(x!, weight!, bias!, y, saved, rows, width, eps);
  },
  backward({ kernels: k, x: [x, weight], g, into: [intoX, intoW, intoB], add: [addX, addW, addB], saved }, { inputs }) {
    const width = inputs[1]!.size;
    const rows = inputs[0]!.size / width;
    return () => {
      // One flag serves both when both are wanted alike, which is the case for a norm's own parameters.
      if (addW === addB || intoW === 0 || intoB === 0) {
        k.layerNormGradient(
          g,
          x!,
          weight!,
          saved,
          intoX!,
          intoW!,
          intoB!,
          rows,
          width,
          addX!,
          intoW === 0 ? addB! : addW!,
        );
      } else {
        k.layerNormGradient(g, x!, weight!, saved, intoX!, intoW!, 0, rows, width, addX!, addW!);
        k.columnSums(g, intoB!, rows, width, addB!);
      }
    };
  },
};
