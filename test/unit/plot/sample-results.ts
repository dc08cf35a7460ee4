import { Rng } from '../../../src/core/rng.js';
import type { EpochRecord, TrainingRecord } from '../../../src/core/training-record.js';
import { classBalance, signatureDistances, signatures, silhouette } from '../../../src/index.js';
import { confusability } from '../../../src/signatures/confusability.js';
import { filterSensitivity } from '../../../src/studies/filters/filter-sensitivity.js';
import { labelHierarchy } from '../../../src/studies/hierarchy/label-hierarchy.js';

/** Labels that would break out of HTML, SVG, Markdown or an expression, were they not escaped. */
export const HOSTILE = ['<script>alert(1)</script>', `"&'`, '</svg><b>', '| a ` b $1', "'] || alert(1) //", ''];

/** Groups of rows around one corner each; sizes as given, names as given. */
export function corners(names: readonly (string | number)[], sizes: readonly number[], spread = 1, seed = 5) {
  const rng = new Rng(seed);
  const points: number[][] = [];
  const labels: (string | number)[] = [];
  names.forEach((name, c) => {
    for (let i = 0; i < sizes[c % sizes.length]!; i++) {
      labels.push(name);
      points.push(Array.from({ length: 6 }, (_, j) => (j === c % 6 ? 5 : 0) + spread * rng.normal()));
    }
  });
  return { points, labels };
}

/** Every result that has a picture, of the same rows. */
export function resultsOf(points: number[][], labels: (string | number)[]) {
  const half = points.map(([x, y]) => [x!, y!]);
  return {
    balance: classBalance(labels),
    silhouette: silhouette(points, labels),
    signatures: signatures(points, labels),
    distances: signatureDistances(points, labels, { permutations: 20 }),
    confusability: confusability(points, labels),
    filter: filterSensitivity(points, labels, { permutations: 3, thresholds: [1, 2, 5, 10] }),
    hierarchy: labelHierarchy(points, labels, { permutations: 20, minClassSize: 4 }),
    plane: {
      method: 'The first two columns',
      training: { points: half, labels, score: 0.4 },
      heldOut: { points: half.slice(0, 12), labels: labels.slice(0, 12), score: -0.1 },
    },
  };
}

export function trainingRecord(epochs: number): TrainingRecord {
  const losses = (value: number) => ({
    total: value,
    byName: { reconstruction: value / 2, contrastive: value === 0 ? null : value },
    bounds: { reconstruction: null, contrastive: { floor: 1, ceiling: 3 } },
  });
  const epoch = (i: number): EpochRecord =>
    ({
      epoch: i + 1,
      losses: losses(3 - i / epochs),
      heldOut: losses(3.5 - i / epochs),
      gradient: {
        batch: 0,
        norms: { reconstruction: 0.5, contrastive: 2 },
        cosines: [{ between: ['reconstruction', 'contrastive'], cosine: -0.25 }],
      },
      anchors: { valid: 25, skipped: 75 },
      heldOutAnchors: null,
      skippedBatches: 0,
      learningRate: 0.001,
      milliseconds: null,
      best: null,
    }) as unknown as EpochRecord;
  return {
    objective: [
      { name: 'reconstruction', settings: {}, weight: 1 },
      { name: 'contrastive', settings: {}, weight: 0.1 },
    ],
    epochs: Array.from({ length: epochs }, (_, i) => epoch(i)),
  } as unknown as TrainingRecord;
}
