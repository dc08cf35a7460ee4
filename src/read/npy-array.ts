import { parse } from 'npyjs';
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
  /** Where the mark of the byte order stands. */
  readonly orderAt: number;
}

const NUMERIC = new Set(['b1', 'i1', 'i2', 'i4', 'i8', 'u1', 'u2', 'u4', 'u8', 'f2', 'f4', 'f8']);

function headerOf(name: string, buffer: ArrayBuffer): Header {
  const bytes = Buffer.from(buffer);
  if (bytes.length < 12 || bytes.toString('latin1', 0, 6) !== '\x93NUMPY') {
    throw malformed(name, "must be a file of numpy.save, got one without its mark '\\x93NUMPY'");
  }
  const wide = bytes[6]! > 1;
  const from = wide ? 12 : 10;
  const start = from + (wide ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  const text = bytes.toString('latin1', from, start);
  const type = /'descr'\s*:\s*'([<>|=]?)([a-zA-Z])(\d*)'/.exec(text);
  const shape = /'shape'\s*:\s*\(([^)]*)\)/.exec(text)?.[1];
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
    orderAt: from + type.index + type[0].lastIndexOf("'", type[0].length - 2) + 1,
  };
}

/** The same file with its numbers in little-endian order, as the parser wants them. */
function littleEndian(buffer: ArrayBuffer, { size, start, orderAt }: Header): ArrayBuffer {
  const bytes = Buffer.from(buffer.slice(0));
  bytes[orderAt] = '<'.charCodeAt(0);
  const values = bytes.subarray(start);
  if (size === 2) values.swap16();
  else if (size === 4) values.swap32();
  else if (size === 8) values.swap64();
  return bytes.buffer as ArrayBuffer;
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
    return text.replace(/\0+$/, '');
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
  if (!text && !NUMERIC.has(`${kind}${size}`)) {
    throw malformed(
      name,
      `must hold integers, floats, booleans or fixed-width text, got dtype '${kind}${size || ''}'${hintFor(kind, size)}`,
    );
  }
  const present = buffer.byteLength - start;
  const needed = count * size * (kind === 'U' ? 4 : 1);
  if (present !== needed) {
    throw malformed(
      name,
      `shape (${shape.join(', ')}) of dtype '${kind}${size}' needs ${needed} bytes, got ${present}; the file is cut short or has more than one array`,
    );
  }
  if (text) return { shape, values: texts(buffer, header, count) };
  // The parser's typed arrays want their start aligned; old writers padded to 16 or less.
  if (start % size !== 0)
    throw malformed(name, `values must start at a multiple of ${size} bytes, got ${start}; save it again`);
  const values = parse(header.bigEndian ? littleEndian(buffer, header) : buffer).data as unknown as ArrayLike<number>;
  return { shape, values: header.columnMajor && shape.length === 2 ? rowMajor(values, shape) : values };
}
