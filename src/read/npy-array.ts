import { fromHalf } from '../core/half.js';
import { malformed } from './malformed.js';

/** An array of NumPy: its values in row-major order. */
export interface NpyArray {
  readonly shape: readonly number[];
  readonly values: ArrayLike<number | bigint | boolean> | readonly string[];
}

interface Header {
  readonly kind: string;
  readonly size: number;
  readonly bigEndian: boolean;
  readonly shape: readonly number[];
  readonly columnMajor: boolean;
  /** Where the values begin. */
  readonly start: number;
}

type Values = NpyArray['values'];

/** How the values of each type are read; the buffer is theirs alone. */
const NUMERIC: Readonly<Record<string, (buffer: ArrayBuffer) => Values>> = {
  b1: (buffer) => new Uint8Array(buffer),
  i1: (buffer) => new Int8Array(buffer),
  i2: (buffer) => new Int16Array(buffer),
  i4: (buffer) => new Int32Array(buffer),
  i8: (buffer) => new BigInt64Array(buffer),
  u1: (buffer) => new Uint8Array(buffer),
  u2: (buffer) => new Uint16Array(buffer),
  u4: (buffer) => new Uint32Array(buffer),
  u8: (buffer) => new BigUint64Array(buffer),
  f2: (buffer) => Float32Array.from(new Uint16Array(buffer), fromHalf),
  f4: (buffer) => new Float32Array(buffer),
  f8: (buffer) => new Float64Array(buffer),
};

/** As numpy itself: a header that is longer was not written by it. */
const LONGEST_HEADER = 10_000;

function latin1(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
}

function headerOf(name: string, buffer: ArrayBuffer): Header {
  const bytes = new Uint8Array(buffer);
  if (bytes.length < 12 || latin1(bytes.subarray(0, 6)) !== '\x93NUMPY') {
    throw malformed(name, "must be a file of numpy.save, got one without its mark '\\x93NUMPY'");
  }
  const view = new DataView(buffer);
  const wide = bytes[6]! > 1;
  const from = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  if (length > LONGEST_HEADER || from + length > bytes.length) {
    throw malformed(name, `must have a header of at most ${LONGEST_HEADER} bytes, got ${length}; the file is damaged`);
  }
  const start = from + length;
  const text = latin1(bytes.subarray(from, start));
  const type = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d*)'/.exec(text);
  const shape = /'shape'\s*:\s*\(([\d,\s]*)\)/.exec(text)?.[1];
  const time = /'descr'\s*:\s*'[<>|=]?[mM]8/.test(text);
  if (time) {
    throw malformed(
      name,
      "must hold integers, floats, booleans or fixed-width text, got dates or durations; save array.astype('str') as labels, or array.astype('int64').astype('float64') as points",
    );
  }
  if (type === null || shape === undefined) {
    throw malformed(name, 'must be an array of numbers or text of one type, got a structured one; save plain columns');
  }
  return {
    kind: type[2]!,
    size: Number(type[3]),
    bigEndian: type[1] === '>',
    columnMajor: /'fortran_order'\s*:\s*True/.test(text),
    shape: shape.split(',').flatMap((part) => (part.trim() === '' ? [] : [Number(part)])),
    start,
  };
}

/** Turns the bytes of each number around, in place. */
function swap(bytes: Uint8Array, size: number): void {
  for (let at = 0; at < bytes.length; at += size) bytes.subarray(at, at + size).reverse();
}

/** Fixed-width text: UCS-4 ('U') or bytes ('S'), padded with zeros at its end. */
function texts(buffer: ArrayBuffer, { kind, size, bigEndian, start }: Header, count: number): string[] {
  const view = new DataView(buffer, start);
  const unit = kind === 'U' ? 4 : 1;
  return Array.from({ length: count }, (_, i) => {
    let text = '';
    for (let c = 0; c < size; c++) {
      const at = (i * size + c) * unit;
      const code = unit === 4 ? view.getUint32(at, !bigEndian) : view.getUint8(at);
      text += code > LAST_CODE_POINT ? '\uFFFD' : String.fromCodePoint(code);
    }
    let end = text.length;
    while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
    return text.slice(0, end);
  });
}

const LAST_CODE_POINT = 0x10ffff;

function rowMajor<T>(values: ArrayLike<T>, [rows = 0, columns = 0]: readonly number[]): T[] {
  const out = new Array<T>(rows * columns);
  for (let j = 0; j < columns; j++) for (let i = 0; i < rows; i++) out[i * columns + j] = values[j * rows + i]!;
  return out;
}

/** What to do about a type that numpy has and this reader has not. */
function hintFor(kind: string, size: number): string {
  if (kind === 'f' && size > 8) return " (longdouble); save array.astype('float64')";
  if (kind === 'c') return ' (complex); save real and imaginary parts as columns';
  if (kind === 'O') return ' (Python objects); save an array of one type';
  return '';
}

/** Reads numbers (any byte order, C or Fortran order) or fixed-width text. @throws InputError malformed-file. */
export function readNpyArray(name: string, buffer: ArrayBuffer): NpyArray {
  const header = headerOf(name, buffer);
  const { kind, size, shape, start } = header;
  const count = shape.reduce((product, extent) => product * extent, 1);
  const text = kind === 'U' || kind === 'S';
  const numbers = NUMERIC[`${kind}${size}`];
  if (text ? size === 0 : numbers === undefined) {
    throw malformed(
      name,
      `must hold integers, floats, booleans or fixed-width text, got dtype '${kind}${size || ''}'${hintFor(kind, size)}`,
    );
  }
  if (count === 0) throw malformed(name, `must hold at least one value, got shape (${shape.join(', ')})`);
  const present = buffer.byteLength - start;
  const needed = count * size * (kind === 'U' ? 4 : 1);
  if (present !== needed) {
    throw malformed(
      name,
      `shape (${shape.join(', ')}) of dtype '${kind}${size}' needs ${needed} bytes, got ${present}; the file is cut short or has more than one array`,
    );
  }
  if (text) return { shape, values: texts(buffer, header, count) };
  const own = buffer.slice(start);
  if (header.bigEndian && size > 1) swap(new Uint8Array(own), size);
  const values = numbers!(own);
  return {
    shape,
    values:
      header.columnMajor && shape.length === 2 ? (rowMajor(values as ArrayLike<number>, shape) as number[]) : values,
  };
}
