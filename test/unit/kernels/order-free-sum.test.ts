import { expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { addTerm, emptySum, splitterFor, sumOf } from '../../../src/kernels/order-free-sum.js';

const total = (terms: readonly number[], splitter = splitterFor(terms.length)) => {
  const sum = emptySum();
  for (const term of terms) addTerm(sum, term, splitter);
  return sumOf(sum);
};

it.each([3, 100, 5000])('a sum of %s terms is the same to the bit in any order', (count) => {
  const rng = new Rng(count);
  const terms = Array.from({ length: count }, () => rng.uniform() ** 7);
  const value = total(terms);
  expect(value).toBeCloseTo(
    terms.reduce((sum, term) => sum + term, 0),
    9,
  );
  let plain = 0;
  for (let t = 0; t < 20; t++) {
    rng.shuffle(terms as unknown as number[]);
    expect(total(terms)).toBe(value);
    if (terms.reduce((sum, term) => sum + term, 0) !== value) plain++;
  }
  // What it is for: sums of many terms in their order differ.
  if (count > 3) expect(plain).toBeGreaterThan(0);
});

it('is exact to rounding: sixths and whole numbers', () => {
  expect(total(new Array<number>(6).fill(1 / 6))).toBe(1);
  expect(total(new Array<number>(1000).fill(1))).toBe(1000);
  expect(total(new Array<number>(7000).fill(1 / 7), splitterFor(1e10, 2000))).toBeCloseTo(1000, 11);
});
