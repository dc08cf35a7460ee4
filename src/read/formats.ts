/** File formats that can be read. */
export const FORMATS = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'npy'] as const;

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
  npy: 'npy',
};

/** The last extension of a name, without its dot and in lower case. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  const extension = dot === -1 ? '' : name.slice(dot + 1).toLowerCase();
  return /[/\\]/.test(extension) ? '' : extension;
}

/** The format that the name of a file tells. */
export function formatNamed(name: string): Format | undefined {
  const extension = extensionOf(name);
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}
