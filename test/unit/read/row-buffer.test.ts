import { expect, it } from 'vitest';
import { RowBuffer } from '../../../src/read/row-buffer.js';

const whole = ({ columns, rows }: RowBuffer) => ({
  columns: Array.from({ length: columns }, (_, j) => j),
  without: new Uint8Array(rows),
  rows,
  last: true,
});

it('keeps rows in order over several chunks, also when the last one is not full', () => {
  const columns = 100_000;
  const buffer = new RowBuffer(columns);
  for (let i = 0; i < 5; i++) buffer.push(new Float64Array(columns).fill(i + 1));
  const data = buffer.take(whole(buffer));
  expect(data.length).toBe(5 * columns);
  for (let i = 0; i < 5; i++) {
    expect([data[i * columns], data[(i + 1) * columns - 1]]).toEqual([i + 1, i + 1]);
  }
});

it('takes some columns in another order, and the rows that have a number in them', () => {
  const buffer = new RowBuffer(3);
  const rows = [
    [1, 2, 3],
    [4, Number.NaN, 6],
    [Number.NaN, 8, 9],
  ];
  for (const row of rows) buffer.push(row);
  const without = new Uint8Array(3);
  buffer.markMissing([2, 0], without);
  expect([...without]).toEqual([0, 0, 1]);
  const some = { columns: [2, 0], without, rows: 2, last: false };
  expect(buffer.take(some)).toEqual(Float64Array.of(3, 1, 6, 4));
  expect(buffer.take({ ...some, last: true })).toEqual(Float64Array.of(3, 1, 6, 4));
});

it('takes rows without columns', () => {
  const buffer = new RowBuffer(0);
  buffer.push([]);
  expect(buffer.take(whole(buffer))).toEqual(new Float64Array(0));
});
