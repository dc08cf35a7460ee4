import type { Lowering } from '../lowering.js';
import { drawMask } from './draw-mask.js';
import type { DropoutAttributes } from './dropout.js';
import { passProduct, perElement } from './pass-gradient.js';

/** `dropoutOp` by kernels. */
export const dropoutLowering: Lowering = {
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
