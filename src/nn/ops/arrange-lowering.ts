import type { Lowering, PlanNode } from '../lowering.js';
import { axisView } from '../shape.js';

const sizes = ({ inputs }: PlanNode) => inputs.map(({ size }) => size);

export const concatLowering: Lowering = {
  reads: [],
  flops: () => ({ forward: 0, backward: 0 }),
  forward({ kernels: k, x, y }, node) {
    const { outer } = axisView(node.output.shape, (node.node.attributes as { axis: number }).axis);
    const lengths = sizes(node).map((size) => size / outer);
    const step = (4 * node.output.size) / outer;
    return () => {
      let at = y;
      lengths.forEach((length, i) => {
        k.copyRuns(x[i]!, at, outer, length, 4 * length, step, 0);
        at += 4 * length;
      });
    };
  },
  backward({ kernels: k, g, into, add }, node) {
    const { outer } = axisView(node.output.shape, (node.node.attributes as { axis: number }).axis);
    const lengths = sizes(node).map((size) => size / outer);
    const step = (4 * node.output.size) / outer;
    return () => {
      let at = g;
      lengths.forEach((length, i) => {
        if (into[i] !== 0) k.copyRuns(at, into[i]!, outer, length, step, 4 * length, add[i]!);
        at += 4 * length;
      });
    };
  },
};

function sliced({ inputs, node }: PlanNode) {
  const { axis, start, end } = node.attributes as { axis: number; start: number; end: number };
  const { outer, length, inner } = axisView(inputs[0]!.shape, axis);
  return { outer, from: 4 * start * inner, width: (end - start) * inner, step: 4 * length * inner };
}

export const sliceLowering: Lowering = {
  reads: [],
  flops: () => ({ forward: 0, backward: 0 }),
  forward({ kernels: k, x: [x], y }, node) {
    const { outer, from, width, step } = sliced(node);
    return () => k.copyRuns(x! + from, y, outer, width, step, 4 * width, 0);
  },
  backward({ kernels: k, floats, g, into: [into], add: [add] }, node) {
    const { outer, from, width, step } = sliced(node);
    const size = node.inputs[0]!.size;
    return () => {
      if (add === 0) floats().fill(0, into! >> 2, (into! >> 2) + size);
      k.copyRuns(g, into! + from, outer, width, 4 * width, step, 1);
    };
  },
};
