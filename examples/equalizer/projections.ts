import { Rng } from 'clusterlens/nn';
import { Matrix as Numbers, SVD } from 'ml-matrix';
import { UMAP } from 'umap-js';
import type { Matrix } from './standardize.js';

export interface Plane {
  readonly method: string;
  /** One [x, y] per row. */
  readonly training: readonly (readonly number[])[];
  readonly heldOut: readonly (readonly number[])[];
}

function rowsOf({ data, rows, columns }: Matrix): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data.subarray(i * columns, (i + 1) * columns)));
}

/** First two principal components of the training rows; held-out rows are projected on the same axes. */
export function principalPlane(training: Matrix, heldOut: Matrix): Plane {
  const rows = rowsOf(training);
  const mean = rows[0]!.map((_, c) => rows.reduce((sum, row) => sum + row[c]!, 0) / rows.length);
  const centred = rows.map((row) => row.map((value, c) => value - mean[c]!));
  const { rightSingularVectors: axes, diagonal } = new SVD(new Numbers(centred), {
    computeLeftSingularVectors: false,
    autoTranspose: true,
  });
  const energy = diagonal.map((value) => value * value);
  const shown = (energy[0]! + energy[1]!) / energy.reduce((sum, value) => sum + value, 0);
  // Signs of singular vectors are free: let the largest entry of each be positive.
  const signs = [0, 1].map((axis) => {
    const column = axes.getColumn(axis);
    return Math.sign(column.reduce((largest, value) => (Math.abs(value) > Math.abs(largest) ? value : largest), 0));
  });
  const project = (row: readonly number[]) =>
    [0, 1].map((axis) => signs[axis]! * row.reduce((sum, value, c) => sum + (value - mean[c]!) * axes.get(c, axis), 0));
  return {
    method: `PCA of the training rows (${(100 * shown).toFixed(0)}% of their variance)`,
    training: rows.map(project),
    heldOut: rowsOf(heldOut).map(project),
  };
}

/** UMAP fitted to the training rows; held-out rows are placed by their training neighbours. */
export function umapPlane(
  training: Matrix,
  heldOut: Matrix,
  { seed, umapEpochs }: { seed: number; umapEpochs: number },
): Plane {
  const rng = new Rng(seed);
  const umap = new UMAP({
    nComponents: 2,
    nNeighbors: Math.min(15, training.rows - 1),
    minDist: 0.15,
    nEpochs: umapEpochs,
    random: () => rng.uniform(),
  });
  return {
    method: `UMAP of the training rows (${umapEpochs} epochs), held-out rows placed into it`,
    training: umap.fit(rowsOf(training)),
    heldOut: umap.transform(rowsOf(heldOut)),
  };
}
