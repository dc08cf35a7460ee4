import type { Lowering } from '../lowering.js';

/** `linearOp` by kernels. */
export const linearLowering: Lowering = {
  reads: [0, 1],
  flops: ({ inputs: [x, w] }) => ({
    forward: 2 * x!.size * w!.shape[0]!,
    backward: 2 * x!.size * w!.shape[0]!,
  }),
  forward({ kernels: k, x: [x, w, b], y }, { inputs }) {
    const [n, wide] = inputs[0]!.shape as [number, number];
    const out = inputs[1]!.shape[0]!;
    return () => k.linear(x!, w!, b!, y, n, wide, out);
  },
  backward({ kernels: k, x: [x, w], g, into: [intoX, intoW, intoB], add: [addX, addW, addB] }, { inputs }) {
    const [n, wide] = inputs[0]!.shape as [number, number];
    const out = inputs[1]!.shape[0]!;
    return () => {
      if (intoX !== 0) k.timesMatrix(g, w!, intoX!, n, out, wide, addX!);
      if (intoW !== 0) k.transposedTimes(g, x!, intoW!, n, out, wide, addW!);
      if (intoB !== 0) k.columnSums(g, intoB!, n, out, addB!);
    };
  },
};
