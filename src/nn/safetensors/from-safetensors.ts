import { InputError, show } from '../../core/errors.js';
import { nothingMore } from '../../data/options.js';
import { DTYPES, type Dtype, type StoredTensor } from '../stored-tensor.js';

/** What a safetensors file holds, tensors in the order of their bytes. */
export interface SafetensorsFile {
  readonly tensors: Map<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/** The format's own limit on the header. */
const LONGEST_HEADER = 100_000_000;

function malformed(rule: string): InputError {
  return new InputError('malformed-file', `fromSafetensors: ${rule}; the file is damaged or not a safetensors file`);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function readHeader(bytes: Uint8Array): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) throw malformed(`the file must have at least 8 bytes, got ${bytes.length}`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > LONGEST_HEADER) throw malformed(`the header must have at most ${LONGEST_HEADER} bytes, got ${length}`);
  if (length > bytes.length - 8) {
    throw malformed(`the header must fit into the file, got a header of ${length} bytes and ${bytes.length - 8} left`);
  }
  let header: unknown;
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(8, 8 + length));
    header = text.startsWith('{') ? JSON.parse(text) : undefined;
  } catch (error) {
    throw malformed(`the header must be JSON in UTF-8, got ${(error as Error).message}`);
  }
  if (!isRecord(header)) throw malformed(`the header must be a JSON object that starts with {, got ${show(header)}`);
  return { header, start: 8 + length };
}

function readMetadata(value: unknown): Record<string, string> {
  if (value === undefined) return {};
  if (!isRecord(value)) throw malformed(`__metadata__ must be an object of strings, got ${show(value)}`);
  for (const [key, entry] of Object.entries(value)) {
    if (typeof entry !== 'string') throw malformed(`__metadata__ ${show(key)} must be a string, got ${show(entry)}`);
  }
  return value as Record<string, string>;
}

interface Entry {
  readonly name: string;
  readonly dtype: Dtype;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

function readEntry(name: string, value: unknown): Entry {
  if (!isRecord(value)) throw malformed(`tensor ${show(name)} must be an object, got ${show(value)}`);
  const { dtype, shape, data_offsets: offsets } = value;
  const readable = Object.keys(DTYPES).join(', ');
  if (typeof dtype === 'string' && /^(F8_|F6_|F4$|C64$)/.test(dtype)) {
    throw new InputError(
      'unknown-name',
      `fromSafetensors: dtype of ${show(name)} must be one of ${readable}, got ${show(dtype)}, which the format has ` +
        'and no array of JavaScript; write the tensor as F32 or BF16',
    );
  }
  if (typeof dtype !== 'string' || !Object.hasOwn(DTYPES, dtype)) {
    throw malformed(`dtype of ${show(name)} must be one of ${readable}, got ${show(dtype)}`);
  }
  if (!Array.isArray(shape) || !shape.every(isCount)) {
    throw malformed(`shape of ${show(name)} must be non-negative integers, got ${JSON.stringify(shape)}`);
  }
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every(isCount)) {
    throw malformed(`data_offsets of ${show(name)} must be two non-negative integers, got ${JSON.stringify(offsets)}`);
  }
  const [begin, end] = offsets as [number, number];
  const bytes = shape.reduce((product: number, extent: number) => product * extent, DTYPES[dtype as Dtype].bytes);
  if (end - begin !== bytes) {
    throw malformed(
      `tensor ${show(name)} (${dtype}, shape [${shape.join(', ')}]) must take ${bytes} bytes, got ${end - begin}`,
    );
  }
  return { name, dtype: dtype as Dtype, shape, begin, end };
}

/**
 * Reads a safetensors file. Everything is checked: sizes, types, and that the tensors fill the byte
 * buffer without hole or overlap. F16 and BF16 become Float32Array (exact), BOOL Uint8Array, 64-bit
 * integers BigInt arrays. All data are copies.
 *
 * @throws InputError malformed-file with what is wrong; wrong-type when it is not a Uint8Array.
 *
 * @example
 * import { fromSafetensors, toSafetensors } from 'clusterlens/nn';
 * const bytes = toSafetensors([['weight', { data: [1, 2, 3, 4], shape: [2, 2] }]]);
 * const { tensors } = fromSafetensors(bytes);
 * console.log(tensors.get('weight')); // { dtype: 'F32', shape: [ 2, 2 ], data: Float32Array(4) [ 1, 2, 3, 4 ] }
 */
export function fromSafetensors(bytes: Uint8Array, ...more: []): SafetensorsFile {
  nothingMore('fromSafetensors', more, [bytes]);
  if (!(bytes instanceof Uint8Array)) {
    throw new InputError('wrong-type', `fromSafetensors: needs the file as a Uint8Array, got ${show(bytes)}`);
  }
  const { header, start } = readHeader(bytes);
  const { __metadata__: metadata, ...rest } = header;
  const entries = Object.entries(rest)
    .map(([name, value]) => readEntry(name, value))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  const available = bytes.length - start;
  let filled = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== filled) {
      const flaw = begin < filled ? 'overlaps the tensor before it' : 'leaves a hole before it';
      throw malformed(`tensors must follow each other, got ${show(name)} at byte ${begin}, which ${flaw} (${filled})`);
    }
    filled = end;
  }
  if (filled !== available) throw malformed(`the tensors must fill ${filled} bytes, got ${available} after the header`);
  const tensors = new Map<string, StoredTensor>();
  for (const { name, dtype, shape, begin, end } of entries) {
    const copy = new Uint8Array(end - begin);
    copy.set(bytes.subarray(start + begin, start + end));
    tensors.set(name, { dtype, shape: Object.freeze([...shape]), data: DTYPES[dtype].read(copy.buffer) });
  }
  return { tensors, metadata: Object.freeze({ ...readMetadata(metadata) }) };
}
