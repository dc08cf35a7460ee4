import type { DistanceSource } from './source.js';

/** The source of distances that are had one by one; `measure` is asked for different rows only. */
export function pairSource(
  of: Omit<DistanceSource, 'fillRows' | 'fillPairs'>,
  measure: (i: number, j: number) => number,
): DistanceSource {
  const { n } = of;
  return {
    ...of,
    fillRows(rows, out, { from, at, stride, behind = false } = { from: 0, at: 0, stride: n }) {
      rows.forEach((i, s) => {
        for (let j = behind ? i : from; j < n; j++) out[at + s * stride + j - from] = i === j ? 0 : measure(i, j);
      });
    },
    fillPairs(rows, columns, out) {
      let at = 0;
      for (const i of rows) for (const j of columns) out[at++] = i === j ? 0 : measure(i, j);
    },
  };
}
