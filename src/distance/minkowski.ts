import type { RowDistance } from './named-functions.js';

/** (sum |a - b|^p)^(1/p), scaled by the largest difference, so that no power overflows. */
export function minkowski(p: number): RowDistance {
  return (a, b) => {
    let largest = 0;
    for (let c = 0; c < a.length; c++) largest = Math.max(largest, Math.abs(a[c]! - b[c]!));
    if (largest === 0) return 0;
    let sum = 0;
    for (let c = 0; c < a.length; c++) sum += (Math.abs(a[c]! - b[c]!) / largest) ** p;
    return largest * sum ** (1 / p);
  };
}
