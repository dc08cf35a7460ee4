import type { Lowering } from '../lowering.js';
import { Tensor } from '../tensor.js';

/** Any operation, by its definition on the tape: float64 copies in, float32 copies out. */
export const eagerLowering: Lowering = {
  reads: [],
  flops: () => ({ forward: 0, backward: 0 }),
  forward({ floats, x, y, run }, { node: { op, attributes }, inputs: slots }) {
    return () => {
      const memory = floats();
      const inputs = slots.map(({ size, shape }, i) => {
        const start = x[i]! >> 2;
        return new Tensor(new Float64Array(memory.subarray(start, start + size)), shape);
      });
      const { data, shape, saved } = op.forward(inputs, attributes);
      memory.set(data, y >> 2);
      run.node = { op, inputs, attributes, saved, output: new Tensor(data, shape) };
    };
  },
  backward({ floats, g, into, add, run }, { node: { op }, inputs: slots, output: { size } }) {
    return () => {
      const memory = floats();
      const wanted = slots.map((input, i) => (into[i] === 0 ? null : new Float64Array(input.size)));
      op.backward(new Float64Array(memory.subarray(g >> 2, (g >> 2) + size)), run.node!, wanted);
      wanted.forEach((gradient, i) => {
        if (gradient === null) return;
        const target = memory.subarray(into[i]! >> 2, (into[i]! >> 2) + gradient.length);
        if (add[i] === 0) target.set(gradient);
        else for (let p = 0; p < target.length; p++) target[p]! += gradient[p]!;
      });
    };
  },
};
