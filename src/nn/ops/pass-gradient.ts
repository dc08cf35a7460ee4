import type { PlanNode, Site } from '../lowering.js';

/** Floating-point operations of an operation that does so many for each number that it gives. */
export const perElement = (forward: number, backward: number) => (node: PlanNode) => ({
  forward: forward * node.output.size,
  backward: backward * node.output.size,
});

/** into (+)= g scale. */
export function pass({ kernels: k, g }: Site, into: number, add: number, n: number, scale: number): void {
  if (into === 0) return;
  if (add === 0) k.affine(g, into, n, scale, 0);
  else k.addScaled(g, into, n, scale);
}

/** into (+)= g h. */
export function passProduct({ kernels: k, g }: Site, h: number, into: number, add: number, n: number): void {
  if (into === 0) return;
  if (add === 0) k.pairwise(2, g, h, into, n);
  else k.addProduct(g, h, into, n);
}
