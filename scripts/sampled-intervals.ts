/**
 * Whether the intervals and verdicts of sampled values hold, over simulated worlds that differ in rows,
 * classes, imbalance, skew and the share of rows scored. Prints what docs/intervals.md says.
 * Run with: npx tsx scripts/sampled-intervals.ts [worlds]
 */
import { coverageOfSamples } from '../test/unit/diagnose/sampled-coverage.js';

console.table(coverageOfSamples(Number(process.argv[2] ?? 2000)));
