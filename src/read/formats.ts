import { withoutCompression } from './decompressed.js';

/** File formats that can be read. */
export const FORMATS = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'arrow', 'npy', 'npz', 'libsvm', 'arff'] as const;

export type Format = (typeof FORMATS)[number];

const EXTENSIONS: Readonly<Record<string, Format>> = {
  csv: 'csv',
  tsv: 'tsv',
  tab: 'tsv',
  json: 'json',
  jsonl: 'jsonl',
  ndjson: 'jsonl',
  parquet: 'parquet',
  pq: 'parquet',
  arrow: 'arrow',
  arrows: 'arrow',
  ipc: 'arrow',
  feather: 'arrow',
  npy: 'npy',
  npz: 'npz',
  libsvm: 'libsvm',
  svm: 'libsvm',
  svmlight: 'libsvm',
  arff: 'arff',
};

/** The last extension of a name, that of a compression aside, without its dot and in lower case. */
export function extensionOf(name: string): string {
  const plain = withoutCompression(name);
  const dot = plain.lastIndexOf('.');
  const extension = dot === -1 ? '' : plain.slice(dot + 1).toLowerCase();
  return /[/\\]/.test(extension) ? '' : extension;
}

/** The format that the name of a file tells. */
export function formatNamed(name: string): Format | undefined {
  const extension = extensionOf(name);
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}
