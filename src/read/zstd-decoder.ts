import { ZSTDDecoder } from 'zstddec/stream';

/** The functions of Zstandard that zstddec has compiled. Its class looks at no code of an error, and so they are called here. */
interface Zstandard {
  readonly memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  free(at: number): void;
  ZSTD_createDCtx(): number;
  ZSTD_freeDCtx(context: number): void;
  ZSTD_decompressStream(context: number, output: number, input: number): number;
}

let zstandard: Zstandard | undefined;
let loading: Promise<void> | undefined;

/** Before a frame is read. */
export function loadZstd(): Promise<void> {
  loading ??= new Promise((resolve, reject) => {
    const decoder = new ZSTDDecoder();
    const init = decoder._init;
    decoder._init = (source) => {
      init(source);
      zstandard = source.instance.exports as unknown as Zstandard;
      resolve();
    };
    decoder.init().catch(reject);
  });
  return loading;
}

/** zstd_errors.h of Zstandard 1.5. */
const ERRORS: Readonly<Record<number, string>> = {
  10: 'bytes that begin no frame',
  16: 'a window that is too large',
  20: 'damaged data',
  22: 'a checksum that does not fit',
  64: 'no memory',
};

/** Bytes that go in and come out at once; a block holds 128 KiB at most. */
const [INPUT, OUTPUT] = [1 << 16, 1 << 17];

/** Frames of Zstandard, one behind the other, that come in pieces. A window above 128 MiB is refused. */
export class ZstdStream {
  readonly #zstd: Zstandard;
  readonly #context: number;
  /** ZSTD_inBuffer and ZSTD_outBuffer (place, size, how far), and what they point to. */
  readonly #buffers: number;
  #open = false;

  constructor() {
    if (zstandard === undefined) throw new Error('Zstandard is not loaded');
    this.#zstd = zstandard;
    this.#context = zstandard.ZSTD_createDCtx();
    this.#buffers = zstandard.malloc(24 + INPUT + OUTPUT);
    if (this.#context === 0 || this.#buffers === 0) throw new Error('no memory');
  }

  /** What a piece becomes. @throws Error for damaged data. */
  *decoded(bytes: Uint8Array): Generator<Uint8Array> {
    const input = this.#buffers + 24;
    const output = input + INPUT;
    for (let from = 0; from < bytes.length; from += INPUT) {
      const piece = bytes.subarray(from, from + INPUT);
      new Uint8Array(this.#zstd.memory.buffer).set(piece, input);
      // Zstandard holds the last byte of a frame back until all that the frame holds is out.
      for (let read = 0; read < piece.length; ) {
        new Uint32Array(this.#zstd.memory.buffer, this.#buffers, 6).set([input, piece.length, read, output, OUTPUT, 0]);
        const left = this.#zstd.ZSTD_decompressStream(this.#context, this.#buffers + 12, this.#buffers);
        if (left < 0) throw new Error(ERRORS[-left] ?? `error ${-left} of Zstandard`);
        this.#open = left > 0;
        const struct = new Uint32Array(this.#zstd.memory.buffer, this.#buffers, 6); // the memory may have grown
        read = struct[2]!;
        const written = struct[5]!;
        if (written > 0) yield new Uint8Array(this.#zstd.memory.buffer).slice(output, output + written);
      }
    }
  }

  /** Behind the last piece. @throws Error where a frame is not whole. */
  finish(): void {
    if (this.#open) throw new Error('a frame that is cut short');
  }

  free(): void {
    this.#zstd.ZSTD_freeDCtx(this.#context);
    this.#zstd.free(this.#buffers);
  }
}

/** What frames hold, which is `most` bytes at most. Room is made for what there is and not for what is claimed. */
export function unzstd(frames: Uint8Array, most: number): Uint8Array {
  const stream = new ZstdStream();
  try {
    const pieces: Uint8Array[] = [];
    let length = 0;
    for (const piece of stream.decoded(frames)) {
      length += piece.length;
      if (length > most) throw new Error(`a frame of Zstandard that holds more than ${most} bytes`);
      pieces.push(piece);
    }
    stream.finish();
    const whole = new Uint8Array(length);
    let at = 0;
    for (const piece of pieces) {
      whole.set(piece, at);
      at += piece.length;
    }
    return whole;
  } finally {
    stream.free();
  }
}
