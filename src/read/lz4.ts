const MAGIC = 0x184d2204;
/** A block of LZ4 makes of one byte at most so many. */
const MOST_PER_BYTE = 255;

/** Bytes that are written one after the other, and may be copied from what was written before. */
class Output {
  #bytes: Uint8Array;
  readonly #most: number;
  length = 0;

  constructor(most: number) {
    this.#most = most;
    this.#bytes = new Uint8Array(Math.min(most, 1 << 16));
  }

  #room(more: number): void {
    const needed = this.length + more;
    if (needed > this.#most) throw new Error(`more than ${this.#most} bytes in LZ4`);
    if (needed <= this.#bytes.length) return;
    const larger = new Uint8Array(Math.min(this.#most, Math.max(needed, 2 * this.#bytes.length)));
    larger.set(this.#bytes.subarray(0, this.length));
    this.#bytes = larger;
  }

  write(piece: Uint8Array): void {
    this.#room(piece.length);
    this.#bytes.set(piece, this.length);
    this.length += piece.length;
  }

  /** Bytes from `back` before the end on; they may be written by this very call. */
  repeat(back: number, length: number): void {
    if (back === 0 || back > this.length) throw new Error('a copy of what is not there in LZ4');
    this.#room(length);
    const bytes = this.#bytes;
    for (let i = 0; i < length; i++, this.length++) bytes[this.length] = bytes[this.length - back]!;
  }

  whole(): Uint8Array {
    return this.#bytes.slice(0, this.length);
  }
}

/** One block: literals, and copies of what was written before, which may lie in an earlier block. */
function readBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const lengthOf = (short: number): number => {
    let sum = short;
    for (let more = short === 15 ? 255 : 0; more === 255; ) {
      if (at >= block.length) throw new Error('a block of LZ4 that is cut short');
      more = block[at++]!;
      sum += more;
    }
    return sum;
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = lengthOf(token >> 4);
    if (at + literals > block.length) throw new Error('a block of LZ4 that is cut short');
    output.write(block.subarray(at, at + literals));
    at += literals;
    if (at >= block.length) return;
    const back = block[at]! | ((block[at + 1] ?? 0) << 8);
    at += 2;
    output.repeat(back, lengthOf(token & 15) + 4);
  }
}

/** What a frame of LZ4 holds (frame format 1.6.2, without dictionaries; sums are not checked), as Arrow compresses buffers. */
export function readLz4Frame(frame: Uint8Array): Uint8Array {
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  if (frame.length < 11 || view.getUint32(0, true) !== MAGIC) throw new Error('no frame of LZ4');
  const flags = frame[4]!;
  if (flags & 1) throw new Error('a frame of LZ4 with a dictionary');
  const afterBlock = flags & 0x10 ? 4 : 0;
  const output = new Output(frame.length * MOST_PER_BYTE);
  let at = 7 + (flags & 8 ? 8 : 0);
  for (;;) {
    if (at + 4 > frame.length) throw new Error('a frame of LZ4 that is cut short');
    const size = view.getUint32(at, true);
    at += 4;
    if (size === 0) return output.whole();
    const length = size & 0x7fffffff;
    if (at + length > frame.length) throw new Error('a frame of LZ4 that is cut short');
    const block = frame.subarray(at, at + length);
    if (size >= 0x80000000) output.write(block);
    else readBlock(block, output);
    at += length + afterBlock;
  }
}

/** What one block holds, which becomes `length` bytes: Parquet's LZ4_RAW. */
export function readLz4Block(block: Uint8Array, length: number): Uint8Array {
  const output = new Output(length);
  readBlock(block, output);
  return output.whole();
}

/** Parquet's older LZ4: blocks behind their two lengths, as Hadoop writes them, or one block alone. */
export function readLz4Hadoop(page: Uint8Array, length: number): Uint8Array {
  const view = new DataView(page.buffer, page.byteOffset, page.byteLength);
  const output = new Output(length);
  for (let at = 0; at < page.length; ) {
    const size = at + 8 <= page.length ? view.getUint32(at + 4) : page.length;
    const until = output.length + (at + 8 <= page.length ? view.getUint32(at) : 0);
    if (at + 8 + size > page.length || until > length) return readLz4Block(page, length);
    readBlock(page.subarray(at + 8, at + 8 + size), output);
    if (output.length !== until) return readLz4Block(page, length);
    at += 8 + size;
  }
  return output.whole();
}
