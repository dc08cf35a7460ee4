import { malformed } from './malformed.js';
import { peeked, type Source } from './source.js';
import { FRAME_HEADER, requireZstdWindow } from './zstd.js';
import { loadZstd, ZstdStream } from './zstd-decoder.js';

const SUFFIX = /\.(gz|gzip|zst|zstd)$/i;

const isGzip = (start: Uint8Array) => start[0] === 0x1f && start[1] === 0x8b;
const isZstd = (start: Uint8Array) => start[0] === 0x28 && start[1] === 0xb5 && start[2] === 0x2f && start[3] === 0xfd;

async function* gunzipped(source: Source): AsyncGenerator<Uint8Array> {
  const stream = new DecompressionStream('gzip');
  const writer = stream.writable.getWriter();
  const reader = stream.readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  async function feed(): Promise<void> {
    for await (const chunk of source.chunks()) await writer.write(chunk as Uint8Array<ArrayBuffer>);
    await writer.close();
  }
  let stopped = false;
  // An error of the stream arrives at the reader too; one of the file does not.
  const fed = feed().catch(async (error: unknown) => {
    if (!stopped) await writer.abort(error);
  });
  try {
    for (let item = await reader.read(); !item.done; item = await reader.read()) yield item.value;
    await fed;
  } finally {
    stopped = true;
    await reader.cancel().catch(() => {});
  }
}

async function* unzstded(source: Source): AsyncGenerator<Uint8Array> {
  await loadZstd();
  const stream = new ZstdStream();
  try {
    for await (const chunk of source.chunks()) yield* stream.decoded(chunk);
    stream.finish();
  } finally {
    stream.free();
  }
}

/** The name without the extension of a compression: rows.csv of rows.csv.gz. */
export function withoutCompression(name: string): string {
  return name.replace(SUFFIX, '');
}

/**
 * What a source holds, where it is compressed by gzip or Zstandard, as its first bytes tell. Another one comes
 * back as it is.
 */
export async function decompressed(source: Source): Promise<Source> {
  if (source.slice === undefined || source.size === undefined) {
    const { start, whole } = await peeked(source, FRAME_HEADER);
    return unpacked(whole, start) ?? whole;
  }
  const start = new Uint8Array(await source.slice(0, Math.min(FRAME_HEADER, source.size)));
  return unpacked(source, start) ?? source;
}

function unpacked(source: Source, start: Uint8Array): Source | undefined {
  const pieces = isGzip(start) ? gunzipped : isZstd(start) ? unzstded : undefined;
  if (pieces === undefined) return undefined;
  const kind = isGzip(start) ? 'gzip' : 'Zstandard';
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      if (kind === 'Zstandard') requireZstdWindow(start);
      yield* pieces!(source);
    } catch (error) {
      if ((error as { code?: unknown }).code === 'unknown-name') throw error; // the file itself could not be read
      throw malformed(
        source.name,
        `must be a whole file of ${kind}, got: ${(error as Error).message}; it may be cut short or damaged`,
      );
    }
  }
  return { ...source, size: undefined, slice: undefined, chunks };
}
