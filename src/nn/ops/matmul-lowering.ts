import type { Lowering } from '../lowering.js';

/** `matmulOp` by kernels. */
export const matmulLowering: Lowering = {
  reads: [0, 1],
  spare: ({ inputs: [a] }) => 4 * a!.size,
  flops: ({ inputs: [a, b] }) => ({ forward: 2 * a!.size * b!.shape[1]!, backward: 2 * a!.size * b!.shape[1]! }),
  forward({ kernels: k, x: [a, b], y }, { inputs }) {
    const [n, wide] = inputs[0]!.shape as [number, number];
    return () => k.timesMatrix(a!, b!, y, n, wide, inputs[1]!.shape[1]!, 0);
  },
  backward({ kernels: k, x: [a, b], g, into: [intoA, intoB], add: [addA, addB], spare }, { inputs }) {
    const [n, wide] = inputs[0]!.shape as [number, number];
    const out = inputs[1]!.shape[1]!;
    return () => {
      if (intoA !== 0) {
        k.linear(g, b!, 0, addA === 0 ? intoA! : spare, n, out, wide);
        if (addA !== 0) k.addScaled(spare, intoA!, n * wide, 1);
      }
      if (intoB !== 0) k.transposedTimes(a!, g, intoB!, n, wide, out, addB!);
    };
  },
};
