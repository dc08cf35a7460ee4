import { columnMeans } from '../../statistics/mean.js';

/**
 * Distance between the means of two sets of rows over the sum of their standard deviations along the line
 * between them: 1.9 is a Bayes error of 2.9% of two normal groups, 2.5 of 0.6%. Infinity where there is no spread.
 */
export function separation(rows: Float64Array, d: number, a: Int32Array, b: Int32Array): number {
  const means = [columnMeans(rows, d, a), columnMeans(rows, d, b)];
  const line = means[0]!.map((v, c) => means[1]![c]! - v);
  const length = Math.sqrt(line.reduce((sum, v) => sum + v * v, 0));
  if (length === 0) return 0;
  let spreads = 0;
  [a, b].forEach((side, s) => {
    let square = 0;
    for (const i of side) {
      let along = 0;
      for (let c = 0; c < d; c++) along += ((rows[i * d + c]! - means[s]![c]!) * line[c]!) / length;
      square += (along * along) / side.length;
    }
    spreads += Math.sqrt(square);
  });
  return length / spreads;
}
