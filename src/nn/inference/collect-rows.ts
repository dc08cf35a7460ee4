import { allocate } from '../../core/allocate.js';
import { ShapeError } from '../../core/errors.js';
import { showShape } from '../shape.js';
import type { Tensor } from '../tensor.js';

/** Row-major rows of one output. */
export interface Collected {
  readonly data: Float64Array;
  readonly rows: number;
  readonly columns: number;
}

/** Puts the outputs of batches into one matrix per output; each must be n rows, or a number per row. */
export function collectRows(where: string, rows: number) {
  const found = new Map<string, Collected>();
  const made = (name: string, columns: number): Collected => {
    const what = `${rows} x ${columns} outputs`;
    const matrix = { data: allocate(where, what, () => new Float64Array(rows * columns)), rows, columns };
    found.set(name, matrix);
    return matrix;
  };
  return {
    found,
    add(start: number, count: number, outputs: ReadonlyMap<string, Tensor>): void {
      for (const [name, { data, shape }] of outputs) {
        const called = name === '' ? 'the output' : `the output '${name}'`;
        if (shape.length === 0 || shape.length > 2 || shape[0] !== count) {
          throw new ShapeError(
            'shape-mismatch',
            `${where}: ${called} must have one row per row of points, got shape ${showShape(shape)} for ${count} rows`,
          );
        }
        const columns = shape[1] ?? 1;
        const matrix = found.get(name) ?? made(name, columns);
        if (matrix.columns !== columns) {
          throw new ShapeError(
            'shape-mismatch',
            `${where}: ${called} must have the same columns for all rows, got ${matrix.columns}, then ${columns} from row ${start} on`,
          );
        }
        matrix.data.set(data, start * columns);
      }
    },
  };
}
