import type { DataReader } from 'hyparquet';
import { deltaBinaryUnpack } from 'hyparquet/src/delta.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readVarInt } from 'hyparquet/src/thrift.js';

/** Some writers fill their last run up, DuckDB to 256 values. */
const PADDING = 512;

/**
 * Runs of `width` bits up to a number of values (encoding RLE / Bit-Packing Hybrid of Parquet): none claims more
 * than are left, or than there are bytes for.
 */
export function requireRuns(reader: DataReader, width: number, values: number): void {
  for (let seen = 0; seen < values; ) {
    const header = readVarInt(reader);
    const packed = (header & 1) === 1;
    const count = packed ? (header >>> 1) * 8 : header >>> 1;
    if (count > values - seen + PADDING) throw new Error(`a run of ${count} where ${values - seen} values are left`);
    reader.offset += packed ? Math.max(1, Math.ceil((count * width) / 8)) : (width + 7) >> 3;
    if (reader.offset > reader.view.byteLength && width > 0) throw new Error('a run that is cut short');
    seen += count;
  }
}

/** Levels behind their length in bytes. */
export function requireLevels(reader: DataReader, width: number, values: number): number[] {
  requireRuns({ view: reader.view, offset: reader.offset + 4 }, width, values);
  const levels: number[] = new Array(values);
  readRleBitPackedHybrid(reader, width, levels);
  return levels;
}

/** What the values of a page may take at most where they repeat the beginning of the one before. */
const LARGEST_TEXTS = 2 ** 28;

function deltas(reader: DataReader, output: Int32Array | BigInt64Array): void {
  const header = { view: reader.view, offset: reader.offset };
  const block = readVarInt(header);
  const parts = readVarInt(header);
  if (!(block > 0 && parts > 0 && block % parts === 0)) throw new Error(`a block of ${block} values in ${parts} parts`);
  if (parts > reader.view.byteLength) throw new Error(`${parts} parts in ${reader.view.byteLength} bytes`);
  deltaBinaryUnpack(reader, output.length, output);
}

/** Numbers as differences, and texts whose lengths are such numbers. */
export function requireDeltas(reader: DataReader, encoding: string, values: number, type: string): void {
  if (encoding === 'DELTA_BINARY_PACKED') {
    deltas(reader, type === 'INT32' ? new Int32Array(values) : new BigInt64Array(values));
    return;
  }
  const lengths = new Int32Array(values);
  deltas(reader, lengths);
  if (encoding !== 'DELTA_BYTE_ARRAY') return;
  const suffixes = new Int32Array(values);
  deltas(reader, suffixes);
  let before = 0;
  let total = 0;
  for (const [i, prefix] of lengths.entries()) {
    const length = prefix + suffixes[i]!;
    total += length;
    if (!(prefix >= 0 && prefix <= before && suffixes[i]! >= 0 && total <= LARGEST_TEXTS)) {
      throw new Error(`a text that begins with ${prefix} bytes of one of ${before}`);
    }
    before = length;
  }
}
