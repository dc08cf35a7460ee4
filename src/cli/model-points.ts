import { ClusterlensError, InputError, ShapeError } from '../core/errors.js';
import type { FlatMatrix } from '../core/types.js';
import { embed } from '../nn/inference/embed.js';
import { loadAutoencoder } from '../nn/weights/load-autoencoder.js';
import { fileSource } from '../read/file-source.js';
import { bytesOf } from '../read/source.js';
import { zScores } from '../statistics/z-scores.js';
import type { ModelArguments } from './arguments.js';
import type { LoadedData } from './load-data.js';

function standardized({ data, rows, columns }: FlatMatrix): FlatMatrix {
  return { data: zScores(Float64Array.from(data), rows, columns), rows, columns };
}

/** The file as it was named before what is wrong with it. */
async function inFile<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ClusterlensError) || error.message.startsWith(`${path}: `)) throw error;
    throw new (error.constructor as typeof ClusterlensError)(error.code, `${path}: ${error.message}`);
  }
}

/** The data with the points that a model makes of theirs; the data themselves where no model was named. */
export async function throughModel(
  data: LoadedData,
  { model: path, on, standardize }: ModelArguments,
): Promise<LoadedData> {
  if (path === undefined) {
    if (on === undefined) return data;
    throw new InputError(
      'unknown-option',
      `--on: names an output of a model, got ${on} and no model; add --model FILE`,
    );
  }
  const { points, columns, places, reading, name } = data;
  const model = await inFile(path, async () => loadAutoencoder(new Uint8Array(await bytesOf(await fileSource(path)))));
  const { inputSize } = model.options;
  if (inputSize !== points.columns) {
    throw new ShapeError(
      'shape-mismatch',
      `${path}: the model takes ${inputSize} columns, got ${points.columns} in ${name} (${columns.slice(0, 3).join(', ')}, ...); ` +
        'choose its columns with --features',
    );
  }
  const space = on ?? 'latent';
  const given = embed(model, standardize ? standardized(points) : points, { on: space });
  const named = Array.from({ length: given.columns }, (_, j) => `${space}_${j}`);
  const entered = standardize ? 'columns as z-scores' : 'columns as they are';
  const note = `points are the ${space} of ${path}: ${given.columns} columns from ${inputSize} (${entered})`;
  return {
    ...data,
    points: given,
    columns: named,
    places: { ...places, '': { ...places['']!, columns: named } },
    reading: { ...reading, notes: [...reading.notes, note] },
  };
}
