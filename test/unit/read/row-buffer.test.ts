import { expect, it } from 'vitest';
import { RowBuffer } from '../../../src/read/row-buffer.js';

it('keeps rows in order over several chunks, also when the last one is not full', () => {
  const columns = 100_000;
  const buffer = new RowBuffer(columns);
  for (let i = 0; i < 5; i++) buffer.push(new Float64Array(columns).fill(i + 1));
  const data = buffer.take();
  expect(data.length).toBe(5 * columns);
  for (let i = 0; i < 5; i++) {
    expect([data[i * columns], data[(i + 1) * columns - 1]]).toEqual([i + 1, i + 1]);
  }
  expect(buffer.rows).toBe(0);
});

it('takes rows without columns', () => {
  const buffer = new RowBuffer(0);
  buffer.push([]);
  expect(buffer.take()).toEqual(new Float64Array(0));
});
