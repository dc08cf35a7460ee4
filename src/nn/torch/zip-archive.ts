import { show } from '../../core/errors.js';
import { crc32 } from './crc32.js';
import { malformed, refused } from './torch-error.js';

/**
 * The parts of a zip archive by their names; each call of `read` gives a view into the file. PyTorch stores its
 * parts uncompressed, so that this reader of one format needs no decompression.
 */
export interface ZipArchive {
  readonly names: readonly string[];
  /** The bytes of a part, their check sum compared; undefined where there is none of that name. */
  read(name: string): Uint8Array | undefined;
}

interface Part {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly size: number;
  readonly header: number;
}

/** A comment of at most 65,535 bytes may follow the end record, which has 22. */
const END = { signature: 0x06054b50, length: 22, furthest: 22 + 0xffff };
const LARGE_LOCATOR = { signature: 0x07064b50, length: 20 };
const LARGE_END = { signature: 0x06064b50, length: 56 };
const ENTRY = { signature: 0x02014b50, length: 46 };
const LOCAL = { signature: 0x04034b50, length: 30 };
const IN_64_BITS = 0xffffffff;

function reader(bytes: Uint8Array) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const within = (at: number, length: number) => {
    if (at < 0 || at + length > bytes.length)
      throw malformed(`the archive must end at byte ${bytes.length}, got a part beyond`);
    return at;
  };
  return {
    uint16: (at: number) => view.getUint16(within(at, 2), true),
    uint32: (at: number) => view.getUint32(within(at, 4), true),
    uint64: (at: number) => Number(view.getBigUint64(within(at, 8), true)),
    bytes: (at: number, length: number) => bytes.subarray(within(at, length), at + length),
  };
}

type Reader = ReturnType<typeof reader>;

/** Where the list of parts begins, and how many there are. */
function readEnd(file: Reader, length: number): { count: number; start: number } {
  let end = length - END.length;
  const first = Math.max(0, length - END.furthest);
  while (end >= first && (file.uint32(end) !== END.signature || end + END.length + file.uint16(end + 20) !== length))
    end--;
  if (end < first) throw malformed('the list of parts at the end of the zip archive must be there, got none');
  const small = { count: file.uint16(end + 10), start: file.uint32(end + 16) };
  const locator = end - LARGE_LOCATOR.length;
  const large = small.count === 0xffff || small.start === IN_64_BITS;
  if (!large || locator < 0 || file.uint32(locator) !== LARGE_LOCATOR.signature) return small;
  const at = file.uint64(locator + 8);
  if (file.uint32(at) !== LARGE_END.signature)
    throw malformed(`the end record of 64 bits must be at byte ${at}, got none`);
  return { count: file.uint64(at + 32), start: file.uint64(at + 48) };
}

/** Sizes beyond 32 bits stand in an extra field, in this order, each only where it is needed. */
function largeNumbers(file: Reader, at: number, length: number, wanted: readonly number[]): number[] {
  let field = at;
  while (field + 4 <= at + length && file.uint16(field) !== 1) field += 4 + file.uint16(field + 2);
  let next = field + 4;
  return wanted.map((value) => {
    if (value !== IN_64_BITS || field + 4 > at + length) return value;
    next += 8;
    return file.uint64(next - 8);
  });
}

function readParts(file: Reader, length: number): Map<string, Part> {
  const { count, start } = readEnd(file, length);
  if (count * ENTRY.length > length)
    throw malformed(`the archive must have room for its ${count} parts, got ${length} bytes`);
  const parts = new Map<string, Part>();
  const utf8 = new TextDecoder();
  let at = start;
  for (let p = 0; p < count; p++) {
    if (file.uint32(at) !== ENTRY.signature)
      throw malformed(`part ${p} of the archive must be listed at byte ${at}, got none`);
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((offset) => file.uint16(at + offset)) as [
      number,
      number,
      number,
    ];
    const name = utf8.decode(file.bytes(at + ENTRY.length, nameLength));
    const extra = at + ENTRY.length + nameLength;
    const [size, stored, header] = largeNumbers(
      file,
      extra,
      extraLength,
      [24, 20, 42].map((offset) => file.uint32(at + offset)),
    );
    if (parts.has(name))
      throw malformed(`each part of the archive must have a name of its own, got ${show(name)} twice`);
    if ((file.uint16(at + 8) & 1) === 1) throw refused(`${show(name)}, which is encrypted`);
    const method = file.uint16(at + 10);
    if (method === 0 && size !== stored) throw malformed(`${show(name)} must take ${size} bytes, got ${stored}`);
    parts.set(name, { name, method, crc: file.uint32(at + 16), size: size!, header: header! });
    at = extra + extraLength + commentLength;
  }
  return parts;
}

/** Opens a zip archive. @throws InputError malformed-file. */
export function openZip(bytes: Uint8Array): ZipArchive {
  const file = reader(bytes);
  const parts = readParts(file, bytes.length);
  return {
    names: [...parts.keys()],
    read(name) {
      const part = parts.get(name);
      if (part === undefined) return undefined;
      const { method, header, size, crc } = part;
      if (method !== 0) {
        throw refused(
          `${show(name)} compressed (method ${method}), which torch.save does not do; unpack and save again`,
        );
      }
      if (file.uint32(header) !== LOCAL.signature)
        throw malformed(`${show(name)} must begin at byte ${header}, got no header there`);
      const start = header + LOCAL.length + file.uint16(header + 26) + file.uint16(header + 28);
      const content = file.bytes(start, size);
      // A sum of 0 is one that was not computed: torch.serialization.set_crc32_options(False).
      if (crc !== 0 && crc32(content) !== crc)
        throw malformed(`${show(name)} must have the check sum that was written, got another`);
      return content;
    },
  };
}
