import * as zlib from 'node:zlib';
import { type AsyncBuffer, asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet';
import { malformed } from './malformed.js';
import { type PlacedRecord, tableOfRecords } from './records.js';
import type { Source, Table } from './table.js';

/** Rows decoded at once: small enough that row objects do not pile up. */
const ROWS = 8192;

// Snappy and uncompressed pages are read by hyparquet itself.
const compressors: Record<string, (input: Uint8Array) => Uint8Array> = {
  GZIP: (input) => zlib.gunzipSync(input),
  BROTLI: (input) => zlib.brotliDecompressSync(input),
};
// From Node 22.15 on.
const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (input: Uint8Array) => Uint8Array };
if (zstdDecompressSync !== undefined) compressors.ZSTD = zstdDecompressSync;

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
      `must be Parquet, uncompressed or with ${['snappy', ...Object.keys(compressors)].join(', ').toLowerCase()}, got: ${(error as Error).message}`,
    );
  }
}

/** Columns of numbers, or one column of lists of numbers. */
export function readParquet(source: Source): Promise<Table> {
  return tableOfRecords(source.name, 'row', recordsOf(source));
}
