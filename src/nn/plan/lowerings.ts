import { concatOp, sliceOp } from '../ops/arrange.js';
import { addOp, divOp, mulOp, subOp } from '../ops/binary.js';
import { type DropoutAttributes, dropoutOp } from '../ops/dropout.js';
import { type LayerNormAttributes, layerNormOp } from '../ops/layer-norm.js';
import { linearOp } from '../ops/linear.js';
import { matmulOp } from '../ops/matmul.js';
import { negOp, reluOp, sigmoidOp, squareOp, tanhOp } from '../ops/unary.js';
import { axisView, sameShape } from '../shape.js';
import { drawMask } from './draw-mask.js';
import { eagerLowering } from './eager-lowering.js';
import type { PlanNode } from './graph.js';
import type { Lowering, Site } from './lowering.js';

const sizes = ({ inputs }: PlanNode) => inputs.map(({ size }) => size);
const perElement = (forward: number, backward: number) => (node: PlanNode) => ({
  forward: forward * node.output.size,
  backward: backward * node.output.size,
});

/** into (+)= g scale. */
function pass({ kernels: k, g }: Site, into: number, add: number, n: number, scale: number): void {
  if (into === 0) return;
  if (add === 0) k.affine(g, into, n, scale, 0);
  else k.addScaled(g, into, n, scale);
}

/** into (+)= g h. */
function passProduct({ kernels: k, g }: Site, h: number, into: number, add: number, n: number): void {
  if (into === 0) return;
  if (add === 0) k.pairwise(2, g, h, into, n);
  else k.addProduct(g, h, into, n);
}

const linear: Lowering = {
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

const matmul: Lowering = {
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

const layerNorm: Lowering = {
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

/** The identity: relu and dropout themselves are done at the end of every step. */
const identity: Lowering = {
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

const dropout: Lowering = {
  reads: [],
  saved: ({ output: { size } }) => 4 * size,
  flops: perElement(1, 1),
  forward(site, { output: { size }, node }) {
    const draw = drawMask(site, node.attributes as DropoutAttributes, size);
    return () => draw(site.x[0]!, site.y, site.saved);
  },
  backward:
    (site, { output: { size } }) =>
    () =>
      passProduct(site, site.saved, site.into[0]!, site.add[0]!, size),
};

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

const divByNumber: Lowering = {
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

const neg: Lowering = {
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

const square: Lowering = {
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

const concat: Lowering = {
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

const slice: Lowering = {
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

function sliced({ inputs, node }: PlanNode) {
  const { axis, start, end } = node.attributes as { axis: number; start: number; end: number };
  const { outer, length, inner } = axisView(inputs[0]!.shape, axis);
  return { outer, from: 4 * start * inner, width: (end - start) * inner, step: 4 * length * inner };
}

/** How each operation is run, by identity: an operation of a user's own may bear any name. */
function lowerings(): ReadonlyMap<unknown, Lowering> {
  return new Map<unknown, Lowering>([
    [linearOp, linear],
    [matmulOp, matmul],
    [layerNormOp, layerNorm],
    [reluOp, identity],
    [tanhOp, squash(0)],
    [sigmoidOp, squash(1)],
    [dropoutOp, dropout],
    [addOp, binary(0)],
    [subOp, binary(1)],
    [mulOp, binary(2)],
    [divOp, divByNumber],
    [negOp, neg],
    [squareOp, square],
    [concatOp, concat],
    [sliceOp, slice],
  ]);
}

/** A step, and what runs it. */
export interface LoweredNode {
  readonly node: PlanNode;
  readonly lowering: Lowering;
  /** Whether kernels run it, or its operation as it is on the tape. */
  readonly hasKernel: boolean;
}

export function loweringOf(node: PlanNode): LoweredNode {
  const lowering = lowerings().get(node.node.op);
  if (lowering !== undefined && (lowering.fits?.(node) ?? true)) return { node, lowering, hasKernel: true };
  return { node, lowering: eagerLowering, hasKernel: false };
}
