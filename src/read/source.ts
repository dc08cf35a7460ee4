import { malformed } from './malformed.js';

/** The bytes that a table is read from. */
export interface Source {
  /** What the user called it. */
  readonly name: string;
  /** Whether the name is that of a file, whose extension tells the format. */
  readonly isFile: boolean;
  /** How many bytes there are; undefined for a stream. */
  readonly size: number | undefined;
  /** All bytes in order, once. */
  readonly chunks: () => AsyncIterable<Uint8Array>;
  /** The bytes from `start` up to `end`; undefined for a stream, which gives its bytes in order only. */
  readonly slice: ((start: number, end: number) => Promise<ArrayBuffer>) | undefined;
}

/** A source of which any bytes can be had. */
export type SlicedSource = Source & { readonly size: number; readonly slice: NonNullable<Source['slice']> };

/** More than an array of bytes holds on every platform. */
const MOST_BYTES = 2 ** 31 - 1;

function requireRoom(name: string, size: number): void {
  if (size <= MOST_BYTES) return;
  throw malformed(
    name,
    `a file of this format is read at once and must be below 2 GiB, got ${size} bytes; save it as Parquet or CSV`,
  );
}

async function collected({ name, chunks }: Source): Promise<ArrayBuffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks()) {
    parts.push(chunk);
    size += chunk.length;
    requireRoom(name, size);
  }
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}

/** All bytes at once. */
export async function bytesOf(source: Source): Promise<ArrayBuffer> {
  if (source.slice === undefined || source.size === undefined) return collected(source);
  requireRoom(source.name, source.size);
  return source.slice(0, source.size);
}

export function sourceOfBytes(name: string, bytes: Uint8Array, isFile: boolean): SlicedSource {
  return {
    name,
    isFile,
    size: bytes.length,
    async *chunks() {
      yield bytes;
    },
    slice: async (start, end) => bytes.slice(start, end).buffer as ArrayBuffer,
  };
}

/** A source whose bytes can be had in any order: a stream is read whole first. */
export async function sliced(source: Source): Promise<SlicedSource> {
  if (source.slice !== undefined && source.size !== undefined) return source as SlicedSource;
  return sourceOfBytes(source.name, new Uint8Array(await bytesOf(source)), source.isFile);
}

/** The first bytes of a source, at least `wanted` where it has so many, and a source that still has all of them. */
export async function peeked(source: Source, wanted: number): Promise<{ start: Uint8Array; whole: Source }> {
  const rest = source.chunks()[Symbol.asyncIterator]();
  const seen: Uint8Array[] = [];
  let size = 0;
  while (size < wanted) {
    const item = await rest.next();
    if (item.done) break;
    seen.push(item.value);
    size += item.value.length;
  }
  const start = new Uint8Array(size);
  let at = 0;
  for (const part of seen) {
    start.set(part, at);
    at += part.length;
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield start;
      for (let item = await rest.next(); !item.done; item = await rest.next()) yield item.value;
    } finally {
      await rest.return?.();
    }
  }
  return { start, whole: { ...source, chunks } };
}
