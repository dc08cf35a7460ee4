import type { Lowering, PlanNode } from '../lowering.js';
import { sameShape } from '../shape.js';
import { pass, passProduct, perElement } from './pass-gradient.js';

/** add, sub and mul of equal shapes, or with a constant number. */
function binary(kind: 0 | 1 | 2): Lowering {
  const scalar = (node: PlanNode) =>
    node.inputs.findIndex((input) => input.kind === 'constant' && input.size === 1 && node.output.size > 1);
  return {
    fits: (node) => {
      const number = scalar(node);
      const { inputs, output } = node;
      if (number >= 0) return sameShape(inputs[1 - number]!.shape, output.shape);
      return inputs.every(({ shape }) => sameShape(shape, output.shape));
    },
    reads: kind === 2 ? [0, 1] : [],
    flops: perElement(1, 1),
    forward({ kernels: k, x: [a, b], y }, node) {
      const { size } = node.output;
      const number = scalar(node);
      if (number < 0) return () => k.pairwise(kind, a!, b!, y, size);
      const { tensor } = node.inputs[number]!;
      const x = number === 0 ? b! : a!;
      return () => {
        const value = tensor.data[0]!;
        if (kind === 2) k.affine(x, y, size, value, 0);
        else k.affine(x, y, size, kind === 1 && number === 0 ? -1 : 1, kind === 1 && number === 1 ? -value : value);
      };
    },
    backward(site, node) {
      const { size } = node.output;
      const { into, add, x } = site;
      const number = scalar(node);
      return () => {
        for (let i = 0; i < 2; i++) {
          if (i === number) continue;
          const sign = kind === 1 && i === 1 ? -1 : 1;
          if (kind !== 2) pass(site, into[i]!, add[i]!, size, sign);
          else if (number >= 0) pass(site, into[i]!, add[i]!, size, node.inputs[number]!.tensor.data[0]!);
          else passProduct(site, x[1 - i]!, into[i]!, add[i]!, size);
        }
      };
    },
  };
}

export const addLowering = /* @__PURE__ */ binary(0);
export const subLowering = /* @__PURE__ */ binary(1);
export const mulLowering = /* @__PURE__ */ binary(2);

/** `divOp` by a constant number. */
export const divLowering: Lowering = {
  fits: ({ inputs: [a, b], output }) => b!.kind === 'constant' && b!.size === 1 && sameShape(a!.shape, output.shape),
  reads: [],
  flops: perElement(1, 1),
  forward({ kernels: k, x: [a], y }, { inputs, output: { size } }) {
    return () => k.affine(a!, y, size, 1 / inputs[1]!.tensor.data[0]!, 0);
  },
  backward: (site, { inputs, output: { size } }) => {
    return () => pass(site, site.into[0]!, site.add[0]!, size, 1 / inputs[1]!.tensor.data[0]!);
  },
};
