import { sameShape, sizeOf } from '../shape.js';
import type { FusedLoss } from './fused-loss.js';
import { columnVariance } from './mse.js';

/** `mse` between the output of this name, or the only output, and the points of the batch. */
export function fusedSquaredError(name: string): FusedLoss {
  return {
    output(shapes, points) {
      const found = shapes.has('') ? '' : name;
      const shape = shapes.get(found);
      return shape !== undefined && sameShape(shape, points) ? found : null;
    },
    scratch: sizeOf,
    run(shape) {
      const size = sizeOf(shape);
      const rows = shape[0] ?? 1;
      return {
        measure({ output, scratch: difference }, { points }) {
          let sum = 0;
          for (let p = 0; p < size; p++) {
            const by = output[p]! - points.data[p]!;
            difference[p] = by;
            sum += by * by;
          }
          const ceiling = columnVariance(points);
          return { value: sum / size, floor: 0, ceiling, validAnchors: rows, skippedAnchors: 0 };
        },
        addGradient({ gradient, scratch: difference }, scale) {
          const share = scale / size;
          for (let p = 0; p < size; p++) gradient[p]! += share * (2 * difference[p]!);
        },
      };
    },
  };
}
