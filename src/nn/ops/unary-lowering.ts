import type { Lowering } from '../lowering.js';
import { pass, passProduct, perElement } from './pass-gradient.js';

/** The identity: `reluOp` itself is done at the end of every step, as is a dropout that follows one. */
export const reluLowering: Lowering = {
  reads: [],
  flops: perElement(1, 1),
  forward:
    ({ kernels: k, x: [x], y }, { output: { size } }) =>
    () =>
      k.copyRuns(x!, y, 1, size, 0, 0, 0),
  backward:
    (site, { output: { size } }) =>
    () =>
      pass(site, site.into[0]!, site.add[0]!, size, 1),
};

function squash(logistic: number): Lowering {
  return {
    reads: [],
    readsOutput: true,
    flops: perElement(20, 3),
    forward:
      ({ kernels: k, x: [x], y }, { output: { size } }) =>
      () =>
        k.squash(x!, y, size, logistic),
    backward: ({ kernels: k, g, y, into: [into], add: [add] }, { output: { size } }) => {
      return () => k.squashGradient(g, y, into!, size, logistic, add!);
    },
  };
}

export const tanhLowering = /* @__PURE__ */ squash(0);
export const sigmoidLowering = /* @__PURE__ */ squash(1);

export const negLowering: Lowering = {
  reads: [],
  flops: perElement(1, 1),
  forward:
    ({ kernels: k, x: [x], y }, { output: { size } }) =>
    () =>
      k.affine(x!, y, size, -1, 0),
  backward:
    (site, { output: { size } }) =>
    () =>
      pass(site, site.into[0]!, site.add[0]!, size, -1),
};

export const squareLowering: Lowering = {
  reads: [0],
  flops: perElement(1, 3),
  forward:
    ({ kernels: k, x: [x], y }, { output: { size } }) =>
    () =>
      k.pairwise(2, x!, x!, y, size),
  backward(site, { output: { size } }) {
    const [x, into] = [site.x[0]!, site.into[0]!];
    return () => {
      passProduct(site, x, into, site.add[0]!, size);
      passProduct(site, x, into, 1, size);
    };
  },
};
