import type { FileMetaData, RowGroup, SchemaTree } from 'hyparquet';
import { type AsyncBuffer, type ColumnMetaData, type DataReader, type PageHeader, parquetSchema } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { getMaxDefinitionLevel, getMaxRepetitionLevel, getTreePath, isFlatColumn } from 'hyparquet/src/schema.js';
import { codecs } from './parquet-codecs.js';
import { requireDeltas, requireLevels, requireRuns } from './parquet-runs.js';

/** Pages of one column in a group of rows. */
interface Chunk {
  readonly meta: ColumnMetaData;
  /** From the root of the schema to the column. */
  readonly path: SchemaTree[];
  /** Values that its pages may hold at most. */
  readonly values: number;
}

const readerOf = (bytes: Uint8Array): DataReader => ({
  view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength),
  offset: 0,
});

const bitsFor = (largest: number) => 32 - Math.clz32(largest);

function requireValues(reader: DataReader, encoding: string, values: number, { meta }: Chunk, second: boolean): void {
  const runs = encoding === 'RLE' || encoding.endsWith('_DICTIONARY');
  if (runs && (second ? encoding === 'RLE' : meta.type === 'BOOLEAN')) {
    reader.offset += 4;
    requireRuns(reader, 1, values);
  } else if (runs) {
    const width = reader.view.getUint8(reader.offset++);
    if (width > 0 || second) requireRuns(reader, width, values);
  } else if (encoding.startsWith('DELTA_')) requireDeltas(reader, encoding, values, meta.type);
}

/** Data page, first version: levels behind their lengths and values, all compressed together. */
function requireFirst(bytes: Uint8Array, header: PageHeader, chunk: Chunk): number {
  const { num_values: values, encoding } = header.data_page_header!;
  const reader = readerOf(decompressPage(bytes, Number(header.uncompressed_page_size), chunk.meta.codec, codecs));
  const repetitions = chunk.path.length > 1 ? getMaxRepetitionLevel(chunk.path) : 0;
  const definitions = getMaxDefinitionLevel(chunk.path);
  requireCount(values, chunk);
  if (repetitions > 0) requireLevels(reader, bitsFor(repetitions), values);
  let present = values;
  if (definitions > 0) {
    const levels = requireLevels(reader, bitsFor(definitions), values);
    present = levels.reduce((sum, level) => sum + (level === definitions ? 1 : 0), 0);
  }
  requireValues(reader, encoding, present, chunk, false);
  return values;
}

/** Data page, second version: levels, whose lengths are in the header, and then values, which may be compressed. */
function requireSecond(bytes: Uint8Array, header: PageHeader, chunk: Chunk): number {
  const page = header.data_page_header_v2!;
  const { num_values: values, num_nulls: nulls, encoding } = page;
  const [first, second] = [page.repetition_levels_byte_length, page.definition_levels_byte_length];
  const repetitions = getMaxRepetitionLevel(chunk.path);
  const definitions = getMaxDefinitionLevel(chunk.path);
  requireCount(values, chunk);
  if (!(nulls >= 0 && nulls <= (definitions > 0 ? values : 0) && first >= 0 && second >= 0)) {
    throw new Error(`a page of ${values} values with ${nulls} missing ones and levels of ${first} and ${second} bytes`);
  }
  const levels = readerOf(bytes);
  if (repetitions > 0) requireRuns(levels, bitsFor(repetitions), values);
  levels.offset = first;
  // hyparquet takes the values to begin where it has read the levels to end.
  if (definitions > 0) {
    requireRuns(levels, bitsFor(definitions), values);
    levels.offset = first + second;
  }
  const rest = bytes.subarray(levels.offset);
  const size = header.uncompressed_page_size - first - second;
  const whole = page.is_compressed === false ? rest : decompressPage(rest, size, chunk.meta.codec, codecs);
  requireValues(readerOf(whole), encoding, values - nulls, chunk, true);
  return values;
}

function requireCount(values: number, chunk: Chunk): void {
  if (!(values >= 0 && values <= chunk.values)) {
    throw new Error(`a page that claims ${values} values of ${chunk.values}`);
  }
}

/** Goes through the pages as hyparquet will. */
function requireChunk(bytes: Uint8Array, chunk: Chunk): void {
  const reader = readerOf(bytes);
  const flat = isFlatColumn(chunk.path);
  for (let seen = 0; (!flat || seen < chunk.values) && reader.offset < bytes.length - 1; ) {
    const header = parquetHeader(reader);
    const size = header.compressed_page_size;
    if (!(size >= 0 && reader.offset + size <= bytes.length)) throw new Error(`a page of ${size} bytes`);
    const page = bytes.subarray(reader.offset, reader.offset + size);
    reader.offset += size;
    if (header.type === 'DICTIONARY_PAGE') {
      const { num_values: values = -1 } = header.dictionary_page_header ?? {};
      if (!(values >= 0 && values <= header.uncompressed_page_size))
        throw new Error(`a dictionary of ${values} values`);
    } else if (header.data_page_header && header.type === 'DATA_PAGE') seen += requireFirst(page, header, chunk);
    else if (header.data_page_header_v2 && header.type === 'DATA_PAGE_V2') seen += requireSecond(page, header, chunk);
    else throw new Error(`a page of the kind ${header.type}`);
  }
}

/** Before pages are read: none claims more values than there are, which hyparquet would write out. @throws Error. */
export async function requirePages(
  file: AsyncBuffer,
  metadata: FileMetaData,
  group: RowGroup,
  columns: string[],
): Promise<void> {
  const tree = parquetSchema(metadata);
  for (const { meta_data: meta } of group.columns) {
    if (meta === undefined || !columns.includes(meta.path_in_schema[0]!)) continue;
    const path = getTreePath(tree, meta.path_in_schema);
    const values = Number(isFlatColumn(path) ? group.num_rows : meta.num_values);
    const start = Number(meta.dictionary_page_offset || meta.data_page_offset);
    const bytes = new Uint8Array(await file.slice(start, start + Number(meta.total_compressed_size)));
    requireChunk(bytes, { meta, path, values });
  }
}
