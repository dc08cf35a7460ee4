import { requireClasses } from './cross-entropy.js';
import { countTargets, crossEntropyRows, sumOf } from './cross-entropy-op.js';
import type { FusedLoss, FusedMemory } from './fused-loss.js';

/** `crossEntropy` of the output of this name, or the only output, by the labels of the batch. */
export function fusedCrossEntropy(
  where: string,
  name: string,
  given: { readonly weight: Float64Array | null; readonly smoothing: number },
): FusedLoss {
  return {
    output(shapes, points) {
      const found = shapes.has('') ? '' : name;
      const shape = shapes.get(found);
      const fits = shape?.length === 2 && shape[0] === points[0] && (given.weight?.length ?? shape[1]) === shape[1];
      return fits ? found : null;
    },
    scratch: (shape) => shape[0]! * shape[1]! + shape[0]!,
    run(shape) {
      const [n, k] = shape as [number, number];
      const parts = ({ scratch }: FusedMemory) => [scratch.subarray(0, n * k), scratch.subarray(n * k)] as const;
      let divisor = 1;
      return {
        measure(memory, batch) {
          const targets = { ...given, codes: batch.labels! };
          requireClasses(where, batch, k);
          const { valid, weights, floor, ceiling } = countTargets(targets, k);
          if (weights === 0) return { value: 0, floor: 0, ceiling: 0, validAnchors: 0, skippedAnchors: n };
          const [derivative, losses] = parts(memory);
          crossEntropyRows(memory.output, k, targets, derivative, losses);
          divisor = weights;
          return {
            value: sumOf(losses) / weights,
            floor: floor / weights,
            ceiling: ceiling / weights,
            validAnchors: valid,
            skippedAnchors: n - valid,
          };
        },
        addGradient(memory, scale) {
          const [derivative] = parts(memory);
          const share = scale / divisor;
          for (let p = 0; p < derivative.length; p++) memory.gradient[p]! += share * derivative[p]!;
        },
      };
    },
  };
}
