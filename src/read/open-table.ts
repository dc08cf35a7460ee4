import { InputError } from '../core/errors.js';
import { decompressed } from './decompressed.js';
import { extensionOf, FORMATS, type Format, formatNamed } from './formats.js';
import type { Source } from './source.js';
import type { ReadSettings, Table } from './table.js';
import { withVectors } from './vector-cells.js';

type Reader = (source: Source, settings: ReadSettings) => Promise<Table>;

/** The reader of each format. What only some formats need is loaded with the first file of that format. */
const READERS: Readonly<Record<Format, () => Promise<Reader>>> = {
  csv: async () => (await import('./csv.js')).readCsv,
  tsv: async () => (await import('./tsv.js')).readTsv,
  json: async () => (await import('./json.js')).readJson,
  jsonl: async () => (await import('./jsonl.js')).readJsonl,
  parquet: async () => (await import('./parquet.js')).readParquet,
  arrow: async () => (await import('./arrow.js')).readArrow,
  npy: async () => (await import('./npy.js')).readNpy,
  npz: async () => (await import('./npz.js')).readNpz,
  libsvm: async () => (await import('./libsvm.js')).readLibsvm,
  arff: async () => (await import('./arff.js')).readArff,
};

function formatOf({ name, isFile }: Source): Format {
  const format = isFile ? formatNamed(name) : undefined;
  if (format !== undefined) return format;
  if (!isFile) {
    throw new InputError(
      'unknown-name',
      `${name}: needs its format, got none; say --format ${FORMATS.join(', --format ')}`.replace(
        /, --format (\w+)$/,
        ' or --format $1',
      ),
    );
  }
  const extension = extensionOf(name);
  throw new InputError(
    'unknown-name',
    `${name}: needs an extension that tells the format, got '${extension === '' ? '' : '.'}${extension}'; say --format with one of ${FORMATS.join(', ')}, or save the data as one of them`,
  );
}

export interface OpenOptions extends ReadSettings {
  /** undefined: as the name tells. */
  readonly format: Format | undefined;
}

/** Opens a source, compressed or not, with the reader of its format. */
export async function openTable(source: Source, { format, ...settings }: OpenOptions): Promise<Table> {
  const read = await READERS[format ?? formatOf(source)]();
  return withVectors(await read(await decompressed(source), settings));
}
