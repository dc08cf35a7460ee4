import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ClusterlensError } from '../../src/core/errors.js';
import { readTable } from '../../src/read/index.js';

/** Files that mutations start from, in test/golden/fixtures/read. */
export const SEED_FILES = [
  'last.csv',
  'quoted.csv',
  'utf16.csv',
  'printed.csv',
  'last.csv.gz',
  'last.csv.zst',
  'last.tsv',
  'columns.json',
  'table.json',
  'last.jsonl',
  'first.parquet',
  'plain.parquet',
  'kinds.parquet',
  'lists.parquet',
  'gzip.parquet',
  'zstd.parquet',
  'lz4.parquet',
  'brotli.parquet',
  'last.arrow',
  'stream.arrows',
  'kinds.feather',
  'zstd.feather',
  'uncompressed.feather',
  'points.npy',
  'labels.npy',
  'both.npz',
  'both-compressed.npz',
  'rows.libsvm',
] as const;

export function seedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`../golden/fixtures/read/${name}`, import.meta.url)));
}

/** What damage does: one change at a place, given as a share of the length. */
type Mutation = (bytes: Uint8Array) => Uint8Array;

const joined = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => Array.from(part)));

/** Numbers that a header may claim: large ones, negative ones, and the largest of each width. */
const CLAIMS = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xfffffff0, 0xffffffff, 0x10000000];
const WORDS = [
  '"',
  '\n',
  ',',
  '[',
  ']',
  '{',
  '\\',
  ':',
  '99999999999',
  '-1',
  'NaN',
  '\0',
  "'",
  '(',
  '1e999',
  ' '.repeat(50),
];

/** Anywhere alike: unbiased, for fast-check prefers the ends. */
const place = fc.noBias(fc.nat(999_999)).map((millionths) => millionths / 1_000_000);
const at = (share: number, { length }: Uint8Array) => Math.floor(share * length);

const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.nat(255)).map(
    ([share, value]): Mutation =>
      (bytes) => {
        const changed = bytes.slice();
        if (changed.length > 0) changed[at(share, bytes)] = value;
        return changed;
      },
  ),
  fc.tuple(place, fc.nat(7)).map(
    ([share, bit]): Mutation =>
      (bytes) => {
        const changed = bytes.slice();
        if (changed.length > 0) changed[at(share, bytes)]! ^= 1 << bit;
        return changed;
      },
  ),
  place.map(
    (share): Mutation =>
      (bytes) =>
        bytes.slice(0, at(share, bytes)),
  ),
  fc.tuple(place, fc.nat(40)).map(
    ([share, length]): Mutation =>
      (bytes) => {
        const from = at(share, bytes);
        return joined(bytes.subarray(0, from), bytes.subarray(from + length));
      },
  ),
  fc.tuple(place, fc.nat(40)).map(
    ([share, length]): Mutation =>
      (bytes) => {
        const from = at(share, bytes);
        return joined(bytes.subarray(0, from + length), bytes.subarray(from));
      },
  ),
  fc.tuple(place, fc.constantFrom(...CLAIMS), fc.boolean()).map(
    ([share, claim, wide]): Mutation =>
      (bytes) => {
        const changed = bytes.slice();
        const from = at(share, bytes);
        const view = new DataView(changed.buffer);
        if (from + 4 <= changed.length) view.setUint32(from, claim, true);
        if (wide && from + 8 <= changed.length) view.setUint32(from + 4, claim, true);
        return changed;
      },
  ),
  fc.tuple(place, fc.constantFrom(...WORDS)).map(
    ([share, word]): Mutation =>
      (bytes) => {
        const from = at(share, bytes);
        return joined(bytes.subarray(0, from), new TextEncoder().encode(word), bytes.subarray(from));
      },
  ),
);

/** One to four changes, one after the other. */
export const damage: fc.Arbitrary<Mutation> = fc
  .array(mutation, { minLength: 1, maxLength: 4 })
  .map((changes) => (bytes) => changes.reduce((changed, change) => change(changed), bytes));

/** Damages a file. Of Parquet the metadata or the pages before them, since damaged metadata hide what is in the pages. */
export function damaged(sound: Uint8Array, name: string, change: Mutation, pages = false): Uint8Array {
  if (!name.endsWith('.parquet')) return change(sound);
  const view = new DataView(sound.buffer, sound.byteOffset);
  const start = sound.length - 8 - view.getUint32(sound.length - 8, true);
  if (!pages) return joined(sound.subarray(0, start), change(sound.slice(start)));
  const before = change(sound.slice(0, start)).slice(0, start); // the metadata say where pages are
  return joined(before, new Uint8Array(start - before.length), sound.subarray(start));
}

/** Reads damaged bytes: 'read', or the code of the error. @throws whatever is no error of the library. */
export async function readDamaged(bytes: Uint8Array, name: string): Promise<string> {
  try {
    await readTable(bytes, { name, label: null, dropMissing: true });
    return 'read';
  } catch (error) {
    if (error instanceof ClusterlensError) return error.code;
    throw error;
  }
}
