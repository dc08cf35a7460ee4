import {
  type Table as ArrowTable,
  CompressionType,
  compressionRegistry,
  type Data,
  DataType,
  tableFromIPC,
  type Vector,
} from 'apache-arrow';
import { requireSoundMessages } from './arrow-messages.js';
import { type ColumnBatch, tableOfColumns } from './column-table.js';
import { readLz4Frame } from './lz4.js';
import { malformed } from './malformed.js';
import { bytesText, dayText, decimalCell, momentText } from './parquet-values.js';
import { bytesOf, type Source } from './source.js';
import type { Table } from './table.js';
import { requireZstdWindow } from './zstd.js';
import { loadZstd, unzstd } from './zstd-decoder.js';

/** Buffers are some MiB long. */
const LARGEST_BUFFER = 2 ** 31;

const CODECS = {
  [CompressionType.LZ4_FRAME]: { decode: readLz4Frame },
  [CompressionType.ZSTD]: {
    decode: (frame: Uint8Array) => {
      requireZstdWindow(frame);
      return unzstd(frame, LARGEST_BUFFER);
    },
  },
};

const UNITS_PER_SECOND = [1n, 1000n, 1_000_000n, 1_000_000_000n];

/** A value that is no number, text or list as the other readers give it. */
function plainValue(type: DataType, value: unknown): unknown {
  if (value === null || value === undefined) return null;
  if (DataType.isDate(type)) return dayText(Math.floor(Number(value) / 86_400_000));
  if (DataType.isDecimal(type)) {
    return decimalCell(new Uint8Array((value as Uint32Array).slice().buffer).reverse(), type.scale);
  }
  if (value instanceof Uint8Array && DataType.isBinary(type)) return bytesText(value);
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) return Array.from(value as Vector);
  if (typeof value === 'object')
    return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? String(part) : part));
  return value;
}

/** Numbers that stand in memory as they are meant. */
function plainNumbers(type: DataType): boolean {
  return (DataType.isInt(type) || DataType.isFloat(type)) && !(DataType.isFloat(type) && type.precision === 0);
}

function valuesOf(column: Vector, rows: number): ArrayLike<unknown> {
  const { type } = column;
  if (plainNumbers(type) && column.nullCount === 0) {
    const values = column.toArray() as ArrayLike<unknown>;
    if (values.length < rows) throw new Error(`${values.length} values in a column of ${rows} rows`);
    return values;
  }
  if (DataType.isTimestamp(type)) {
    const unit = UNITS_PER_SECOND[type.unit]!;
    return column.data.flatMap((data: Data) =>
      Array.from({ length: data.length }, (_, i) =>
        data.getValid(i) ? momentText(BigInt(data.values[i]), unit) : null,
      ),
    );
  }
  return Array.from({ length: rows }, (_, i) => plainValue(type, column.get(i)));
}

const MAGIC = 'ARROW1';

/**
 * The messages of a file, one behind the other as in a stream: its footer, which says where they stand, may claim
 * any number of them.
 */
function streamIn(bytes: Uint8Array): Uint8Array {
  const text = (from: number) => new TextDecoder('latin1').decode(bytes.subarray(from, from + MAGIC.length));
  if (text(0) !== MAGIC) return bytes;
  if (text(bytes.length - MAGIC.length) !== MAGIC) throw new Error('a file that is cut short');
  return bytes.subarray(8);
}

/** What `rows` may be at most: a column of booleans takes an eighth of a byte for each. */
function requireRows(rows: number, bytes: number): void {
  if (!(rows <= 8 * bytes)) throw new Error(`${rows} rows in ${bytes} bytes`);
}

/** Arrow IPC, a file or a stream, and Feather 2, which is the same; uncompressed or with LZ4 or Zstandard. */
export async function readArrow(source: Source): Promise<Table> {
  const { name } = source;
  const bytes = new Uint8Array(await bytesOf(source));
  const readable = <T>(compute: () => T): T => {
    try {
      return compute();
    } catch (error) {
      const hint =
        bytes[0] === 0x46 && bytes[1] === 0x45 && bytes[2] === 0x41 ? ' (Feather 1); write it again as version 2' : '';
      throw malformed(name, `must be Arrow IPC or Feather 2, got: ${(error as Error).message}${hint}`);
    }
  };
  await loadZstd(); // for apache-arrow does not wait for a codec
  for (const [type, codec] of Object.entries(CODECS)) compressionRegistry.set(Number(type) as CompressionType, codec);
  const { columns, parts } = readable(() => {
    const stream = streamIn(bytes);
    requireSoundMessages(stream);
    const table: ArrowTable = tableFromIPC(stream);
    requireRows(table.numRows, bytes.length);
    return { columns: table.schema.fields.map((field) => String(field.name)), parts: table.batches };
  });
  async function* batches(needs: (column: string) => boolean): AsyncGenerator<ColumnBatch> {
    for (const batch of parts) {
      yield readable(() => ({
        rows: batch.numRows,
        values: columns.map((column, j) => (needs(column) ? valuesOf(batch.getChildAt(j)!, batch.numRows) : undefined)),
      }));
    }
  }
  return tableOfColumns({ name, columns, batches });
}
