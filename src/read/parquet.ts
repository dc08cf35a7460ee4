import * as zlib from 'node:zlib';
import {
  type AsyncBuffer,
  asyncBufferFromFile,
  type FileMetaData,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetReadObjects,
  type SchemaElement,
} from 'hyparquet';
import { parseExactly } from './exact-json.js';
import { malformed } from './malformed.js';
import { bytesText, dayText, decimalCell, momentText } from './parquet-values.js';
import { type PlacedRecord, tableOfRecords } from './records.js';
import type { Cell, Source, Table } from './table.js';

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

/** Values that would lose digits or bytes on the way to a Date or to text of their own. */
const parsers: Partial<ParquetParsers> = {
  dateFromDays: dayText,
  timestampFromMilliseconds: (units: bigint) => momentText(BigInt(units), 1000n),
  timestampFromMicroseconds: (units: bigint) => momentText(units, 1_000_000n),
  timestampFromNanoseconds: (units: bigint) => momentText(units, 1_000_000_000n),
  stringFromBytes: (bytes: Uint8Array) => bytes && bytesText(bytes),
  jsonFromBytes: (bytes: Uint8Array) => bytes && parseExactly(bytesText(bytes)),
};

function isDecimal({ converted_type, logical_type }: SchemaElement): boolean {
  return converted_type === 'DECIMAL' || logical_type?.type === 'DECIMAL';
}

/** The metadata without its decimals, which then come as they are stored, and how to read what is stored. */
function withoutDecimals(metadata: FileMetaData) {
  const scales = new Map<string, number>();
  const schema = metadata.schema.map((element) => {
    if (!isDecimal(element)) return element;
    const { converted_type: _, logical_type, ...rest } = element;
    scales.set(element.name, element.scale ?? (logical_type as { scale?: number } | undefined)?.scale ?? 0);
    return rest;
  });
  const cell = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => cell(name, item));
    const scale = scales.get(name);
    if (scale !== undefined && value !== null && value !== undefined) return decimalCell(value as bigint, scale);
    return value instanceof Uint8Array ? bytesText(value) : value;
  };
  const odd = schema.some(({ type }) => type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY') || scales.size > 0;
  return {
    metadata: { ...metadata, schema },
    read: (record: Record<string, unknown>): Record<string, unknown> =>
      odd
        ? Object.fromEntries(Object.entries(record).map(([name, value]) => [name, cell(name, value) as Cell]))
        : record,
  };
}

async function fileOf({ path, bytes }: Source): Promise<AsyncBuffer> {
  if (path !== undefined) return asyncBufferFromFile(path);
  const buffer = await bytes();
  return { byteLength: buffer.byteLength, slice: (start, end) => buffer.slice(start, end) };
}

async function* recordsOf(source: Source): AsyncGenerator<PlacedRecord> {
  const file = await fileOf(source);
  try {
    const { metadata, read } = withoutDecimals(await parquetMetadataAsync(file));
    const rows = Number(metadata.num_rows);
    for (let rowStart = 0; rowStart < rows; rowStart += ROWS) {
      const rowEnd = Math.min(rows, rowStart + ROWS);
      const records = await parquetReadObjects({ file, metadata, rowStart, rowEnd, compressors, parsers, utf8: false });
      for (const [i, record] of records.entries()) yield { record: read(record), at: rowStart + i + 1 };
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
