/**
 * Quantiles of sqrt(n) times the dip of n uniform values, which decide `dipTest`: the uniform is the
 * unimodal distribution whose samples have the largest dips (Hartigan and Hartigan 1985). Writes
 * src/statistics/dip-quantiles.ts; run with: npx tsx scripts/dip-quantiles.ts [replicates]
 */

import { writeFileSync } from 'node:fs';
import { Rng } from '../src/core/rng.js';
import { dip } from '../src/statistics/dip.js';

const REPLICATES = Number(process.argv[2] ?? 100_000);
const SIZES = [4, 5, 6, 7, 8, 9, 10, 15, 20, 30, 50, 100, 200, 500, 1000, 2000, 5000];
const UPPER = [
  0.99, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.4, 0.3, 0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002,
  0.0001,
];

const rng = new Rng(1985);

/** Sorted uniform values: sums of exponential gaps over their total. The dip does not see the scale. */
function sortedUniform(n: number): Float64Array {
  const values = new Float64Array(n);
  let sum = 0;
  for (let i = 0; i < n; i++) {
    sum -= Math.log(1 - rng.uniform());
    values[i] = sum;
  }
  return values;
}

const rows = SIZES.map((n) => {
  const dips = Float64Array.from({ length: REPLICATES }, () => Math.sqrt(n) * dip(sortedUniform(n))).sort();
  return UPPER.map((p) => dips[Math.min(REPLICATES - 1, Math.ceil((1 - p) * REPLICATES) - 1)]!.toFixed(4));
});

writeFileSync(
  new URL('../src/statistics/dip-quantiles.ts', import.meta.url),
  `// Written by scripts/dip-quantiles.ts from ${REPLICATES} samples per size, seed 1985.

/** Numbers of values. */
export const DIP_SIZES = [${SIZES.join(', ')}];

/** Shares of uniform samples with a larger dip. */
export const DIP_LEVELS = [
  ${UPPER.join(', ')},
];

/** For each size, the value of sqrt(n) dip that this share of uniform samples exceeds. */
export const DIP_QUANTILES = [
${rows.map((row) => `  [${row.map(Number).join(', ')}],`).join('\n')}
];
`,
);
