import { fileURLToPath } from 'node:url';
import { daviesBouldin, filterByClassSize, neighborAgreement, signatureDistances, silhouette } from 'clusterlens';
import { type Corpus, syntheticCorpus } from './corpus.js';
import { fitStandardizer, standardize } from './standardize.js';

/** One quantity of the synthetic corpus beside the value measured on the published one. */
export interface Calibration {
  readonly quantity: string;
  readonly target: number;
  /** How far the obtained value may lie from the target. */
  readonly tolerance: number;
  readonly obtained: number;
}

/** Input indices, columns z-scored over the rows in use. */
function indices(rows: readonly Float64Array[], labels: readonly string[]) {
  const points = standardize(rows, fitStandardizer(rows));
  return {
    silhouette: silhouette(points, labels).score,
    daviesBouldin: daviesBouldin(points, labels).score,
    agreement: neighborAgreement(points, labels).score,
  };
}

/**
 * What the synthetic corpus was calibrated for. Families, spread, strength and decay were set by hand
 * to round numbers; the seed is the nearest of the first 150 under these parameters.
 */
export function calibrate(corpus: Corpus = syntheticCorpus()): Calibration[] {
  const { indices: large } = filterByClassSize(corpus.labels, { min: 10 });
  const { indices: mated } = filterByClassSize(corpus.labels, { min: 2 });
  const all = indices(corpus.rows, corpus.labels);
  const head = indices(
    Array.from(large, (i) => corpus.rows[i]!),
    Array.from(large, (i) => corpus.labels[i]!),
  );
  const signatures = signatureDistances(corpus.rows, corpus.labels, { top: 10, standardize: 'zscore' });
  const between = (a: string, b: string) =>
    signatures.matrix[signatures.labels.indexOf(a)]![signatures.labels.indexOf(b)]!;
  const table: [string, number, number, number][] = [
    ['input silhouette, 765 terms', -0.4485, 0.02, all.silhouette],
    ['input Davies-Bouldin, 765 terms', 2.655, 0.1, all.daviesBouldin],
    // A term that occurs once has no neighbour to agree with.
    [
      'nearest neighbour agrees, % of rows with a mate',
      1.8,
      0.5,
      (all.agreement * corpus.rows.length * 100) / mated.length,
    ],
    ['input silhouette, 24 terms', -0.198, 0.04, head.silhouette],
    ['input Davies-Bouldin, 24 terms', 8.35, 0.5, head.daviesBouldin],
    ['nearest neighbour agrees, 24 terms, %', 14, 2.5, head.agreement * 100],
    ['signature distances, top 10, mean', 4.2, 0.1, signatures.mean],
    ['signature distances, top 10, population sd', 1.691, 0.1, signatures.std],
    ['warm-cold', 4.47, 0.2, between('warm', 'cold')],
    ['soft-loud', 7.68, 0.4, between('soft', 'loud')],
    ['signature distances of permuted labels, mean', 1.68, 0.05, signatures.null!.mean],
  ];
  return table.map(([quantity, target, tolerance, obtained]) => ({ quantity, target, tolerance, obtained }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  console.log(`${'quantity'.padEnd(48)}${'target'.padStart(9)}${'obtained'.padStart(10)}${'may differ'.padStart(12)}`);
  for (const { quantity, target, obtained, tolerance } of calibrate()) {
    const digits = Math.abs(target) < 1 ? 4 : 3;
    console.log(
      `${quantity.padEnd(48)}${target.toFixed(digits).padStart(9)}${obtained.toFixed(digits).padStart(10)}${tolerance.toFixed(3).padStart(12)}`,
    );
  }
}
