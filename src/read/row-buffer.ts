const CHUNK_VALUES = 1 << 18;

/** Which of the values are taken out of a buffer. */
export interface Taken {
  /** Columns of the buffer, in this order. */
  readonly columns: readonly number[];
  /** 1: the row is left out. */
  readonly without: Uint8Array;
  /** Rows that are left. */
  readonly rows: number;
  /** Nothing more will be taken: each chunk is let go as it is copied. */
  readonly last: boolean;
}

/** Row-major numbers of rows that arrive one by one, in chunks, so that growing copies nothing. */
export class RowBuffer {
  readonly columns: number;
  rows = 0;
  readonly #perChunk: number;
  #chunks: Float64Array[] = [];

  constructor(columns: number) {
    this.columns = columns;
    this.#perChunk = Math.max(1, Math.floor(CHUNK_VALUES / Math.max(1, columns)));
  }

  push(values: ArrayLike<number>): void {
    const within = this.rows % this.#perChunk;
    if (within === 0) this.#chunks.push(new Float64Array(this.#perChunk * this.columns));
    this.#chunks[this.#chunks.length - 1]!.set(values, within * this.columns);
    this.rows++;
  }

  /** Marks the rows in which one of some columns has no number. */
  markMissing(columns: readonly number[], rows: Uint8Array): void {
    for (let i = 0; i < this.rows; i++) {
      const chunk = this.#chunks[Math.floor(i / this.#perChunk)]!;
      const at = (i % this.#perChunk) * this.columns;
      for (const column of columns) if (Number.isNaN(chunk[at + column]!)) rows[i] = 1;
    }
  }

  /** Some rows and columns in one array. */
  take({ columns, without, rows, last }: Taken): Float64Array {
    const data = new Float64Array(rows * columns.length);
    const all = columns.length === this.columns && rows === this.rows && columns.every((column, j) => column === j);
    let to = 0;
    for (let first = 0, c = 0; first < this.rows; first += this.#perChunk, c++) {
      const chunk = this.#chunks[c]!;
      const end = Math.min(this.rows, first + this.#perChunk);
      if (all) {
        data.set(chunk.subarray(0, (end - first) * this.columns), to);
        to += (end - first) * this.columns;
      } else {
        for (let i = first; i < end; i++) {
          if (without[i] === 1) continue;
          const at = (i - first) * this.columns;
          for (let j = 0; j < columns.length; j++) data[to++] = chunk[at + columns[j]!]!;
        }
      }
      if (last) this.#chunks[c] = EMPTY;
    }
    if (last) this.#chunks = [];
    return data;
  }
}

const EMPTY = new Float64Array(0);
