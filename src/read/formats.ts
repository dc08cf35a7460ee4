/** File formats that can be read. */
export const FORMATS = ['csv', 'tsv', 'json', 'jsonl', 'parquet', 'npy'] as const;

export type Format = (typeof FORMATS)[number];
