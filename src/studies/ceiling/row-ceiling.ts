import { silhouetteWidth } from '../../kernels/cluster-means.js';

/** The largest silhouette width that a row can have, and the smallest size of its cluster that allows it. */
export interface RowCeiling {
  readonly width: number;
  readonly size: number;
}

/** What comes back bounds the width of a row from its n - 1 distances to the others, ascending, over the given sizes of its cluster. */
export function rowCeiling(n: number, sizes: Int32Array): (ascending: Float64Array) => RowCeiling {
  // rest[t]: sum of all distances from place t on; small to large would round more.
  const rest = new Float64Array(n);
  return (ascending) => {
    for (let t = n - 2; t >= 0; t--) rest[t] = rest[t + 1]! + ascending[t]!;
    let width = 0;
    let best = sizes[0]!;
    let near = 0;
    let taken = 0;
    for (let p = 0; p < sizes.length; p++) {
      const size = sizes[p]!;
      // A row that is alone has width 0.
      if (size < 2) continue;
      for (; taken < size - 1; taken++) near += ascending[taken]!;
      const here = silhouetteWidth(near / (size - 1), rest[size - 1]! / (n - size));
      if (here > width) {
        width = here;
        best = size;
      }
    }
    return { width, size: best };
  };
}
