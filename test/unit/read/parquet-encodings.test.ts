import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';
import { describe, expect, it } from 'vitest';
import { readTable } from '../../../src/read/index.js';

const ROWS = 2000;
const KINDS: readonly (readonly [string, BasicType, (i: number) => unknown])[] = [
  ['PLAIN', 'INT32', (i) => i],
  ['PLAIN', 'BOOLEAN', (i) => i % 3 === 0],
  ['RLE', 'BOOLEAN', (i) => i % 3 === 0],
  ['RLE_DICTIONARY', 'DOUBLE', (i) => i % 40],
  ['RLE_DICTIONARY', 'STRING', (i) => `k${i % 300}`],
  ['BYTE_STREAM_SPLIT', 'DOUBLE', (i) => i / 8],
  ['DELTA_BINARY_PACKED', 'INT32', (i) => (i * 7) % 1001],
  ['DELTA_BINARY_PACKED', 'INT64', (i) => BigInt((i * 7) % 1001)],
  ['DELTA_BYTE_ARRAY', 'STRING', (i) => `abc${i % 7}`],
  ['DELTA_LENGTH_BYTE_ARRAY', 'STRING', (i) => `x${i}`],
];

describe('sound pages of Parquet pass the check of their runs', () => {
  const cases = KINDS.flatMap(([encoding, type, value]) =>
    [0, 5].map((missing) => ({ encoding, type, value, missing })),
  );
  it.each(cases)('$encoding of $type, missing every $missing', async ({ encoding, type, value, missing }) => {
    const data = Array.from({ length: ROWS }, (_, i) => (missing && i % missing === 0 ? null : value(i)));
    const columnData = [
      { name: 'x', data: new Float64Array(ROWS), type: 'DOUBLE' as const },
      { name: 'c', data, type, encoding: encoding as 'PLAIN' },
    ];
    const file = new Uint8Array(parquetWriteBuffer({ columnData, pageSize: 3000 }));
    const { labels } = await readTable(file, { name: 'a.parquet', features: 'x', label: 'c', dropMissing: true });
    const present = data.filter((cell) => cell !== null);
    expect(Array.from(labels as ArrayLike<unknown>, String)).toEqual(present.map(String));
  });
});
