import { InputError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import { fileFault } from './file-fault.js';
import type { Source } from './source.js';

const CHUNK = 1 << 18;

/** A module of Node, asked for where it is used: a bundle for browsers has no import that it could not follow. */
function nodeModule<Id extends 'node:fs' | 'node:path'>(id: Id) {
  const found = globalThis.process?.getBuiltinModule?.(id);
  if (found !== undefined) return found;
  throw new InputError(
    'wrong-type',
    'readTable: a path can be read in Node only; pass a Blob, a Uint8Array or a ReadableStream',
  );
}

function namesIn(directory: string): string[] {
  try {
    return nodeModule('node:fs').readdirSync(directory);
  } catch {
    return [];
  }
}

function standardInput(): Source {
  return { name: 'standard input', isFile: false, size: undefined, slice: undefined, chunks: () => process.stdin };
}

function unreadable(path: string, error: NodeJS.ErrnoException): InputError {
  const { basename, dirname } = nodeModule('node:path');
  const hint = error.code === 'ENOENT' ? didYouMean(basename(path), namesIn(dirname(path))) : '';
  return new InputError(
    'unknown-name',
    `${path}: needs a file that can be read, got ${fileFault(error)}${hint || '; check the path'}`,
  );
}

/** The file at a path, or '-' for standard input. @throws InputError for what is no file that can be read. */
export async function fileSource(path: string): Promise<Source> {
  if (path === '-') return standardInput();
  const { createReadStream, promises } = nodeModule('node:fs');
  const found = await promises.stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) throw unreadable(path, found);
  if (!found.isFile() && !found.isFIFO() && !found.isCharacterDevice()) {
    throw new InputError('wrong-type', `${path}: needs a file, got a directory or a device; name the file in it`);
  }
  async function* chunks(): AsyncGenerator<Uint8Array> {
    try {
      yield* createReadStream(path, { highWaterMark: CHUNK });
    } catch (error) {
      throw (error as NodeJS.ErrnoException).code === undefined ? error : unreadable(path, error as Error);
    }
  }
  async function slice(start: number, end: number): Promise<ArrayBuffer> {
    const handle = await promises.open(path).catch((error: Error) => Promise.reject(unreadable(path, error)));
    try {
      const bytes = new Uint8Array(end - start);
      let filled = 0;
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, start + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return filled === bytes.length ? bytes.buffer : bytes.buffer.slice(0, filled);
    } finally {
      await handle.close();
    }
  }
  return found.isFile()
    ? { name: path, isFile: true, size: found.size, chunks, slice }
    : { name: path, isFile: true, size: undefined, chunks, slice: undefined };
}

/** The same source, which tells `onBytes` how much of how much has been read. */
export function watched(source: Source, onBytes: ((read: number, size: number) => void) | undefined): Source {
  const { size } = source;
  if (onBytes === undefined || size === undefined) return source;
  async function* chunks(): AsyncGenerator<Uint8Array> {
    let read = 0;
    for await (const chunk of source.chunks()) {
      read += chunk.length;
      onBytes!(read, size!);
      yield chunk;
    }
  }
  return { ...source, chunks };
}
