import { malformed } from './malformed.js';
import { type NpyArray, readNpyArray } from './npy-array.js';
import { bytesOf, type Source } from './source.js';
import type { Cell, ReadSettings, Row, Table } from './table.js';

/** The columns of a two-dimensional array, called x0, x1 and on; with `condensed` one of distances is one column. */
export function tableOfArray(name: string, { shape, values }: NpyArray, { condensed }: Partial<ReadSettings>): Table {
  const [n = 0, d = 0] = condensed && shape.length === 1 ? [shape[0]!, 1] : shape;
  if (shape.length !== 2 && !(condensed && shape.length === 1)) {
    throw malformed(
      name,
      `must be a two-dimensional array (rows, columns), got shape (${shape.join(', ')}); reshape it before it is saved`,
    );
  }
  async function* rows(): AsyncGenerator<Row> {
    for (let i = 0; i < n; i++) {
      const cells: Cell[] = new Array(d);
      for (let j = 0; j < d; j++) cells[j] = values[i * d + j]!;
      yield { cells, at: i + 1 };
    }
  }
  return { name, unit: 'row', columns: Array.from({ length: d }, (_, j) => ({ name: `x${j}` })), rows: rows() };
}

/** A two-dimensional array of numbers. */
export async function readNpy(source: Source, settings: ReadSettings): Promise<Table> {
  return tableOfArray(source.name, readNpyArray(source.name, await bytesOf(source)), settings);
}
