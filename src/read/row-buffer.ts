const CHUNK_VALUES = 1 << 18;

/** Row-major numbers of rows that arrive one by one, in chunks, so that growing copies nothing. */
export class RowBuffer {
  readonly columns: number;
  rows = 0;
  readonly #perChunk: number;
  readonly #chunks: Float64Array[] = [];

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

  /** All rows in one array. The buffer is empty afterwards: each chunk is let go as it is copied. */
  take(): Float64Array {
    const data = new Float64Array(this.rows * this.columns);
    let offset = 0;
    while (this.#chunks.length > 0) {
      const chunk = this.#chunks.shift()!;
      const left = data.length - offset;
      data.set(left < chunk.length ? chunk.subarray(0, left) : chunk, offset);
      offset += chunk.length;
    }
    this.rows = 0;
    return data;
  }
}
