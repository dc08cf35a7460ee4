import { expect, test } from 'vitest';
import { sayLeftOut } from '../../../src/report/say-columns.js';

const constant = (name: string) => ({ name, role: 'constant', used: false, reason: '0 in every row' }) as const;

test('columns that are left out for one reason stand together, and the reason once', () => {
  const id = { name: 'id', role: 'identifier', used: false, reason: 'whole numbers without a repeat' } as const;
  expect(sayLeftOut([constant('x0'), id, constant('x16')])).toBe(
    'x0, x16 (constant: 0 in every row); id (identifier: whole numbers without a repeat)',
  );
  expect(sayLeftOut(Array.from({ length: 14 }, (_, i) => constant(`x${i}`)))).toMatch(
    /^x0, x1, .* and 2 more columns$/,
  );
});
