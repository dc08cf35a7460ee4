import { createRequire } from 'node:module';
import { Rng } from 'clusterlens/nn';
import type { Corpus } from './corpus.js';

const SIDE = 28;
const POOLED = 7;
const WINDOW = SIDE / POOLED;
const PER_DIGIT = 200;

/** Mean of each window of 4 x 4 pixels. */
function pool(pixels: readonly number[], start: number): Float64Array {
  const out = new Float64Array(POOLED * POOLED);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const cell = Math.floor(y / WINDOW) * POOLED + Math.floor(x / WINDOW);
      out[cell]! += pixels[start + y * SIDE + x]! / (WINDOW * WINDOW);
    }
  }
  return out;
}

/**
 * The control: 2,000 handwritten digits of MNIST, 200 of each, chosen by the seed, pooled to 7 x 7
 * pixels. They come with the package `mnist`, so nothing is fetched.
 */
export function digitsCorpus(seed: number): Corpus {
  // The package reads its JSON files with require.
  const require = createRequire(import.meta.url);
  const rng = new Rng(seed);
  const rows: Float64Array[] = [];
  const labels: string[] = [];
  for (let digit = 0; digit < 10; digit++) {
    const { data } = require(`mnist/src/digits/${digit}.json`) as { data: number[] };
    const available = Int32Array.from({ length: Math.floor(data.length / (SIDE * SIDE)) }, (_, i) => i);
    for (const image of rng.shuffle(available).subarray(0, PER_DIGIT)) {
      rows.push(pool(data, image * SIDE * SIDE));
      labels.push(String(digit));
    }
  }
  return {
    name: 'handwritten digits (MNIST, 7 x 7 pixels)',
    synthetic: false,
    rows,
    labels,
    columns: Array.from({ length: POOLED * POOLED }, (_, c) => `pixel_${c}`),
  };
}
