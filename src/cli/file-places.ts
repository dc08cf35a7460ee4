import { ClusterlensError } from '../core/errors.js';
import { columnText, inWords, type PlaceNames } from '../core/place.js';

/** Where the rows and columns of a table stand in its file; plain data, for threads too. */
export interface FilePlaces {
  /** The file, where it is another than the one that is worked on. */
  readonly file?: string;
  readonly unit: 'line' | 'row';
  /** Line of the file, or number of the row from 1, at each row. */
  readonly rows: readonly number[];
  readonly columns: readonly string[];
}

/** Places by the name of their table; '' is the input. */
export type TablePlaces = Readonly<Record<string, FilePlaces>>;

/** The names of rows and columns as the files have them. */
export function namesInFiles(tables: TablePlaces): PlaceNames {
  return {
    row(i, table = '') {
      const { file, unit, rows } = tables[table]!;
      return `${unit} ${rows[i]}${file === undefined ? '' : ` of ${file}`}`;
    },
    column: (j, table = '') => columnText(tables[table]!.columns[j]!),
  };
}

/** Runs `compute`, whose errors then call rows and columns as the files do. */
export async function namingPlaces<T>(tables: TablePlaces, compute: () => Promise<T>): Promise<T> {
  try {
    return await compute();
  } catch (error) {
    if (!(error instanceof ClusterlensError) || error.placed === undefined) throw error;
    throw new (error.constructor as typeof ClusterlensError)(error.code, inWords(error.placed, namesInFiles(tables)));
  }
}
