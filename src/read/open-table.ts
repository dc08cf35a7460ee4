import { createReadStream, readdirSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Readable } from 'node:stream';
import { buffer as wholeBuffer } from 'node:stream/consumers';
import { InputError } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import { readCsv } from './csv.js';
import { fileFault } from './file-fault.js';
import { FORMATS, type Format } from './formats.js';
import { readJson } from './json.js';
import { readJsonl } from './jsonl.js';
import { readNpy } from './npy.js';
import { readParquet } from './parquet.js';
import type { ReadSettings, Source, Table } from './table.js';
import { readTsv } from './tsv.js';

const READERS = {
  csv: readCsv,
  tsv: readTsv,
  json: readJson,
  jsonl: readJsonl,
  parquet: readParquet,
  npy: readNpy,
} as const satisfies Readonly<Record<Format, unknown>>;

const EXTENSIONS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
  npy: 'npy',
};

function exactBuffer(bytes: Buffer): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

const READING = { highWaterMark: 1 << 18 };

function counted(path: string, size: number, onBytes: (read: number, size: number) => void): Readable {
  async function* chunks(): AsyncGenerator<Buffer> {
    let read = 0;
    for await (const chunk of createReadStream(path, READING)) {
      read += chunk.length;
      onBytes(read, size);
      yield chunk;
    }
  }
  return Readable.from(chunks(), { objectMode: false });
}

/** A path, or '-' for standard input. `onBytes` is told how much of how much has been read. */
export async function sourceOf(path: string, onBytes?: (read: number, size: number) => void): Promise<Source> {
  if (path === '-') {
    return {
      name: 'standard input',
      path: undefined,
      stream: () => process.stdin,
      bytes: async () => exactBuffer(await wholeBuffer(process.stdin)),
    };
  }
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
  if (found instanceof Error) {
    const hint = found.code === 'ENOENT' ? didYouMean(basename(path), namesIn(dirname(path))) : '';
    throw new InputError(
      'unknown-name',
      `${path}: needs a file that can be read, got ${fileFault(found)}${hint || '; check the path'}`,
    );
  }
  if (!found.isFile() && !found.isFIFO() && !found.isCharacterDevice()) {
    throw new InputError('wrong-type', `${path}: needs a file, got a directory or a device; name the file in it`);
  }
  return {
    name: path,
    path: found.isFile() ? path : undefined,
    stream: () => (onBytes === undefined ? createReadStream(path, READING) : counted(path, found.size, onBytes)),
    bytes: async () => exactBuffer(await readFile(path)),
  };
}

export interface OpenOptions extends ReadSettings {
  readonly format: Format | undefined;
  readonly onBytes?: ((read: number, size: number) => void) | undefined;
}

function formatOf(path: string): Format {
  if (path === '-') {
    throw new InputError(
      'unknown-name',
      `standard input: needs its format, got none; say --format ${FORMATS.join(', --format ')}`.replace(
        /, --format (\w+)$/,
        ' or --format $1',
      ),
    );
  }
  const extension = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  const format = Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
  if (format !== undefined) return format;
  throw new InputError(
    'unknown-name',
    `${path}: needs an extension that tells the format, got '${extension === '' ? '' : '.'}${extension}'; say --format with one of ${FORMATS.join(', ')}, or save the data as one of them`,
  );
}

/** Opens a file, or '-', with the reader of its format. */
export async function openTable(path: string, { format, header, onBytes }: OpenOptions): Promise<Table> {
  // A directory first: it has no extension either.
  const source = await sourceOf(path, onBytes);
  return READERS[format ?? formatOf(path)](source, { header });
}
