import { addNormalizeGradient, normalizeRows } from '../ops/norm.js';
import { bothWays, contrastBounds, contrastOf, findAnchors } from './contrast-op.js';
import type { FusedLoss, FusedMemory } from './fused-loss.js';

/** Rows that become unit rows, the same transposed, similarities, their derivative and lengths of the rows. */
function parts({ scratch }: FusedMemory, n: number, d: number) {
  const [across, square, slope, lengths] = [n * d, 2 * n * d, 2 * n * d + n * n, 2 * n * d + 2 * n * n];
  return {
    unit: scratch.subarray(0, across),
    across: scratch.subarray(across, square),
    similarity: scratch.subarray(square, slope),
    derivative: scratch.subarray(slope, lengths),
    lengths: scratch.subarray(lengths, lengths + n),
  };
}

/** Rows of a batch up to which its similarities are kept in the memory of a plan, which never shrinks: 256 MiB. */
const MOST_ROWS = 4096;

/** `supCon` of the output of this name, by the labels of the batch. */
export function fusedContrast(on: string, temperature: number): FusedLoss {
  return {
    output(shapes, points) {
      const shape = shapes.get(on);
      return shape?.length === 2 && shape[0] === points[0] && shape[0]! <= MOST_ROWS ? on : null;
    },
    scratch: (shape) => {
      const [n, d] = shape as [number, number];
      return 2 * n * d + 2 * n * n + n;
    },
    run(shape, kernels) {
      const [n, d] = shape as [number, number];
      const positives = new Int32Array(n);
      let views: ReturnType<typeof parts> | null = null;
      const look = (memory: FusedMemory) => {
        if (views?.unit.buffer !== memory.scratch.buffer) views = parts(memory, n, d);
        return views!;
      };
      return {
        measure(memory, { labels }) {
          const anchors = findAnchors(labels!, positives);
          const { validAnchors } = anchors;
          const counts = { ...contrastBounds(anchors), validAnchors, skippedAnchors: n - validAnchors };
          if (validAnchors === 0) return { value: 0, ...counts };
          const { unit, across, similarity, derivative, lengths } = look(memory);
          normalizeRows(memory.output, d, unit, lengths);
          for (let i = 0; i < n; i++) for (let j = 0; j < d; j++) across[j * n + i] = unit[i * d + j]!;
          const at = memory.scratchAt;
          kernels.product64(at, at + 8 * n * d, at + 16 * n * d, n, d, n);
          return { value: contrastOf(similarity, anchors, temperature, derivative), ...counts };
        },
        addGradient(memory, scale) {
          const { unit, across, similarity, derivative, lengths } = look(memory);
          bothWays(derivative, n, scale, temperature, similarity);
          const at = memory.scratchAt;
          kernels.product64(at + 16 * n * d, at, at + 8 * n * d, n, n, d);
          addNormalizeGradient(across, unit, lengths, memory.gradient);
        },
      };
    },
  };
}
