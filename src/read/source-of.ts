import { InputError, show } from '../core/errors.js';
import { fileSource } from './file-source.js';
import { type Source, sourceOfBytes } from './source.js';

/** What a table can be read from: a path (in Node; '-' is standard input), a Blob or File, bytes, or a stream of bytes. */
export type TableInput = string | Blob | Uint8Array | ArrayBuffer | ReadableStream<Uint8Array>;

/** Bytes that have no name of their own are called so. */
export const UNNAMED = 'the data';

function sourceOfBlob(blob: Blob, name: string | undefined): Source {
  const own = (blob as Partial<File>).name;
  return {
    name: name ?? own ?? UNNAMED,
    isFile: name !== undefined || own !== undefined,
    size: blob.size,
    chunks: () => chunksOf(blob.stream()),
    slice: (start, end) => blob.slice(start, end).arrayBuffer(),
  };
}

/** Not every browser lets a stream be iterated over. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let ended = false;
  try {
    for (;;) {
      const { value, done } = await reader.read();
      ended = done;
      if (done) return;
      yield value;
    }
  } finally {
    if (!ended) await reader.cancel();
  }
}

/** The bytes behind what a caller passed. `name`: the file name of what has none. */
export async function sourceOf(where: string, input: unknown, name: string | undefined): Promise<Source> {
  if (typeof input === 'string' && input !== '') return fileSource(input);
  if (input instanceof Blob) return sourceOfBlob(input, name);
  const isFile = name !== undefined;
  const called = name ?? UNNAMED;
  if (input instanceof Uint8Array) return sourceOfBytes(called, input, isFile);
  if (input instanceof ArrayBuffer) return sourceOfBytes(called, new Uint8Array(input), isFile);
  if (input instanceof ReadableStream) {
    return { name: called, isFile, size: undefined, slice: undefined, chunks: () => chunksOf(input) };
  }
  throw new InputError(
    'wrong-type',
    `${where}: needs a path, a Blob, a Uint8Array or a ReadableStream of bytes, got ${show(input)}`,
  );
}
