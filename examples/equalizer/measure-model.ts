import { readFileSync } from 'node:fs';
import { type ClaimCheck, ClusterlensError, verifyClaims } from 'clusterlens';
import { loadAutoencoder, predict } from 'clusterlens/nn';
import { PUBLISHED } from './configurations.js';
import type { Corpus } from './corpus.js';
import { CorpusFileError } from './load.js';
import { fitStandardizer, type Matrix, standardize } from './standardize.js';

/** Silhouette and Davies-Bouldin of one space, each beside what was claimed. */
export interface MeasuredSpace {
  readonly columns: 'as they are' | 'z-scores';
  readonly space: 'input' | 'latent' | 'projection';
  readonly checks: readonly ClaimCheck[];
}

function flat(rows: readonly Float64Array[]): Matrix {
  const columns = rows[0]!.length;
  const data = new Float64Array(rows.length * columns);
  rows.forEach((row, i) => {
    data.set(row, i * columns);
  });
  return { data, rows: rows.length, columns };
}

function loadModel(path: string) {
  try {
    return loadAutoencoder(readFileSync(path));
  } catch (error) {
    // A file that is not there, or not of this model: both are for the reader to put right.
    if (!(error instanceof ClusterlensError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new CorpusFileError(`${path}: ${(error as Error).message}`);
  }
}

/**
 * The indices of input, latent and projection of a model that is given, with the claims checked on each. Whether
 * a model was trained on columns as they are or on z-scores its weights do not tell, so both are measured.
 */
export function measureModel(corpus: Corpus, path: string): MeasuredSpace[] {
  const model = loadModel(path);
  const width = corpus.columns.length;
  if (model.options.inputSize !== width) {
    throw new CorpusFileError(
      `${path}: the model takes ${model.options.inputSize} columns, got ${width} in ${corpus.name}`,
    );
  }
  const inputs = [
    { columns: 'as they are', points: flat(corpus.rows) },
    { columns: 'z-scores', points: standardize(corpus.rows, fitStandardizer(corpus.rows)) },
  ] as const;
  return inputs.flatMap(({ columns, points }) => {
    const { latent, projection } = predict(model, points);
    const spaces = { input: points, latent, projection };
    return (['input', 'latent', 'projection'] as const).map((space) => ({
      columns,
      space,
      checks: verifyClaims(spaces[space], corpus.labels, PUBLISHED),
    }));
  });
}

function cell({ recomputed, verdict }: ClaimCheck): string {
  return `${recomputed === null ? '-' : recomputed.toFixed(3)} ${verdict}`;
}

/** The measured spaces as a table. */
export function measuredText(corpus: Corpus, path: string, measured: readonly MeasuredSpace[]): string {
  const row = (...cells: readonly string[]) =>
    cells
      .map((text, c) => text.padEnd([13, 12, 26, 0][c]!))
      .join('')
      .trimEnd();
  return [
    `${path}: the reference autoencoder with these weights, on ${corpus.rows.length} rows and ` +
      `${new Set(corpus.labels).size} labels of ${corpus.name}`,
    '',
    row(
      'columns',
      'space',
      `silhouette (said ${PUBLISHED.silhouette})`,
      `Davies-Bouldin (said ${PUBLISHED.daviesBouldin})`,
    ),
    ...measured.map(({ columns, space, checks: [widths, ratio] }) => row(columns, space, cell(widths!), cell(ratio!))),
  ].join('\n');
}
