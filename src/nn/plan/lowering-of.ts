import type { Lowering, PlanNode } from '../lowering.js';
import { lowerings } from '../lowering-table.js';
import { eagerLowering } from './eager-lowering.js';

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
