import {
  type AsyncBuffer,
  type FileMetaData,
  type ParquetParsers,
  parquetMetadataAsync,
  parquetRead,
  parquetSchema,
  type RowGroup,
  type SchemaElement,
} from 'hyparquet';
import { type ColumnBatch, type ColumnFile, tableOfColumns } from './column-table.js';
import { parseExactly } from './exact-json.js';
import { malformed } from './malformed.js';
import { codecs } from './parquet-codecs.js';
import { requirePages } from './parquet-pages.js';
import { bytesText, dayText, decimalCell, momentText } from './parquet-values.js';
import { type Source, sliced } from './source.js';
import type { Table } from './table.js';
import { loadZstd } from './zstd-decoder.js';

/** Rows of the first batch, which shows what the columns hold, and at most of each later one. */
const FIRST_ROWS = 1000;
const ROWS = 1 << 17;

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
  const odd = new Set(
    schema.flatMap(({ name, type }) =>
      type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY' || scales.has(name) ? [name] : [],
    ),
  );
  const nested = schema.some(({ num_children }, i) => i > 0 && num_children !== undefined);
  return {
    metadata: { ...metadata, schema },
    read: (name: string, values: ArrayLike<unknown>): ArrayLike<unknown> =>
      odd.has(name) || (nested && odd.size > 0) ? Array.from(values, (value) => cell(name, value)) : values,
  };
}

/** Windows of rows: the first is short, and none reaches over two groups. */
function* windowsOf({ row_groups }: FileMetaData): Generator<{ rowStart: number; rowEnd: number; group: RowGroup }> {
  let start = 0;
  for (const group of row_groups) {
    const end = start + Number(group.num_rows);
    while (start < end) {
      const rowEnd = Math.min(end, start + (start === 0 ? FIRST_ROWS : ROWS));
      yield { rowStart: start, rowEnd, group };
      start = rowEnd;
    }
  }
}

/** The values of some columns in a window of rows. */
async function valuesIn(
  file: AsyncBuffer,
  metadata: FileMetaData,
  columns: string[],
  { rowStart, rowEnd }: { rowStart: number; rowEnd: number },
): Promise<Map<string, unknown[]>> {
  const rows = rowEnd - rowStart;
  const found = new Map<string, unknown[]>(columns.map((name) => [name, []]));
  await parquetRead({
    file,
    metadata,
    columns,
    rowStart,
    rowEnd,
    compressors: codecs,
    parsers,
    utf8: false,
    onChunk: ({ columnName, columnData, rowStart: from }) => {
      const values = found.get(columnName)!;
      const skip = Math.max(0, rowStart - from);
      const stop = Math.min(columnData.length, rowEnd - from);
      for (let i = skip; i < stop; i++) values.push(columnData[i]);
    },
  });
  for (const [name, values] of found) {
    if (values.length !== rows) throw new Error(`${values.length} values of '${name}' for ${rows} rows`);
  }
  return found;
}

/** Columns of numbers, or of lists of numbers. */
export async function readParquet(source: Source): Promise<Table> {
  const { name, size, slice } = await sliced(source);
  const file: AsyncBuffer = { byteLength: size, slice: (start, end = size) => slice(start, end) };
  const readable = async <T>(compute: () => Promise<T>): Promise<T> => {
    try {
      return await compute();
    } catch (error) {
      const kinds = ['snappy', 'gzip', 'brotli', 'zstd', 'lz4'].join(', ');
      throw malformed(name, `must be Parquet, uncompressed or with ${kinds}, got: ${(error as Error).message}`);
    }
  };
  const { metadata, columns, read } = await readable(async () => {
    const given = withoutDecimals(await parquetMetadataAsync(file, { geoparquet: false }));
    const chunks = given.metadata.row_groups.flatMap((group) => group.columns);
    if (chunks.some((chunk) => chunk.meta_data?.codec === 'ZSTD')) await loadZstd(); // hyparquet does not wait
    const names = parquetSchema(given.metadata).children.map(({ element }) => element.name);
    return { ...given, columns: names };
  });
  async function* batches(needs: (column: string) => boolean): AsyncGenerator<ColumnBatch> {
    const sound = new Map<RowGroup, Set<string>>();
    for (const window of windowsOf(metadata)) {
      const wanted = columns.filter(needs);
      const seen = sound.get(window.group) ?? new Set();
      sound.set(window.group, new Set([...seen, ...wanted]));
      const found = await readable(async () => {
        await requirePages(
          file,
          metadata,
          window.group,
          wanted.filter((column) => !seen.has(column)),
        );
        return valuesIn(file, metadata, wanted, window);
      });
      yield {
        rows: window.rowEnd - window.rowStart,
        values: columns.map((column) => {
          const values = found.get(column);
          return values && read(column, values);
        }),
      };
    }
  }
  return tableOfColumns({ name, columns, batches } satisfies ColumnFile);
}
