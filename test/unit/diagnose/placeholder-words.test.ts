import { expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/index.js';

const rng = new Rng(5);
const clean = Array.from({ length: 120 }, (_, i) => [(i % 2) * 6 + rng.normal(), rng.normal()]);
const labels = clean.map((_, i) => (i % 2 === 0 ? 'a' : 'b'));
const told = (points: number[][]) => {
  const { summary, recommendation } = diagnose(
    { points, labels, columns: ['height', 'weight'] },
    { permutations: 39 },
  ).findings.find(({ id }) => id === 'placeholder-values')!;
  return [summary, recommendation?.text];
};

test('one placeholder in two columns is named, in the finding and in what to do', () => {
  const [summary, todo] = told(clean.map(([x, y], i) => [i % 20 === 3 ? -999 : x!, i % 30 === 4 ? -999 : y!]));
  expect(summary).toMatch(/^-999 stands in columns height and weight, in 10 rows \(8\.3%\), far from the rest of each/);
  expect(todo).toMatch(/^Empty the fields that hold -999 in columns height and weight:/);
});

test('two placeholders in one column are both named, and the column once', () => {
  const [summary, todo] = told(clean.map(([x, y], i) => [x!, i % 20 === 3 ? -999 : i % 20 === 5 ? 9999 : y!]));
  expect(summary).toMatch(/^(-999 and 9,?999|9,?999 and -999) stand in column weight, in 12 rows \(10%\)/);
  expect(todo).toMatch(/in column weight: they stand for missing values/);
});
