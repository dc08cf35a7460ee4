import { expect, test } from 'vitest';
import type { Diagnosis } from '../../../src/diagnose/types.js';
import { saySuspicious } from '../../../src/report/suspicious.js';

const rows = (n: number) =>
  saySuspicious({ rows: Array.from({ length: n }), input: { sample: null } } as unknown as Diagnosis);

test('the rows are the first ones only where there are more', () => {
  expect(rows(11)).toBe('The first 10 of 11, the most suspicious first; the first row of data is row 1.');
  expect(rows(10)).toBe('10 rows, the most suspicious first; the first row of data is row 1.');
  expect(rows(1)).toBe('1 row; the first row of data is row 1.');
});
