import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { type AsyncBuffer, asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { malformed } from './malformed.js';
import { type PlacedRecord, tableOfRecords } from './records.js';
import type { Source, Table } from './table.js';

/** Rows decoded at once: small enough that row objects do not pile up. */
const ROWS = 8192;

// Snappy and uncompressed pages are read by hyparquet itself.
const compressors = {
  GZIP: (input: Uint8Array) => gunzipSync(input),
  BROTLI: (input: Uint8Array) => brotliDecompressSync(input),
};

async function fileOf({ path, bytes }: Source): Promise<AsyncBuffer> {
  if (path !== undefined) return asyncBufferFromFile(path);
  const buffer = await bytes();
  return { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
}

async function* recordsOf(source: Source): AsyncGenerator<PlacedRecord> {
  const file = await fileOf(source);
  try {
    const metadata = await parquetMetadataAsync(file);
    const rows = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < rows; rowStart += ROWS) {
      const rowEnd = Math.min(rows, rowStart + ROWS);
      const records = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors });
      for (const [i, record] of records.entries()) yield { record, at: rowStart + i + 1 };
    }
  } catch (error) {
    throw malformed(
      source.name,
      `must be Parquet, uncompressed or with snappy, gzip or brotli, got: ${(error as Error).message}`,
    );
  }
}

/** Columns of numbers, or one column of lists of numbers. */
export function readParquet(source: Source): Promise<Table> {
  return tableOfRecords(source.name, 'row', recordsOf(source));
}
