import fc from 'fast-check';
import type { MetricDomain } from '../../src/index.js';

type Rows = number[][];

const amount = fc.oneof(
  fc.constantFrom(0, 1, 2, 0.5),
  fc.double({ min: 0, max: 20, noNaN: true }).map((value) => Math.round(value * 1e3) / 1e3),
);
const signed = fc.oneof(
  fc.constantFrom(0, 1, -1, 2),
  fc.double({ min: -20, max: 20, noNaN: true }).map((value) => Math.round(value * 1e3) / 1e3),
);

const VALUES: Readonly<Record<MetricDomain, fc.Arbitrary<number>>> = {
  real: signed,
  nonnegative: amount,
  histogram: amount,
  probability: amount,
  positive: amount.map((value) => value + 0.01),
  binary: fc.constantFrom(0, 1),
  geographic: fc.double({ min: -Math.PI / 2, max: Math.PI / 2, noNaN: true }),
};

const byItsSum = (row: readonly number[]) => {
  const total = row.reduce((a, b) => a + b, 0);
  return row.map((value) => value / total);
};

/** Three to seven rows in a domain, rich in zeros, ties and copies; or without a zero. */
export function rowsOfDomain(domain: MetricDomain, full = false): fc.Arbitrary<Rows> {
  const columns = domain === 'geographic' ? fc.constant(2) : fc.integer({ min: 1, max: 5 });
  return columns
    .chain((d) => {
      const row = fc.array(full ? VALUES.positive : VALUES[domain], { minLength: d, maxLength: d });
      const some = domain === 'histogram' || domain === 'probability';
      const allowed = some ? row.filter((values) => values.some((value) => value > 0)) : row;
      return fc.array(allowed, { minLength: 2, maxLength: 6 });
    })
    .map((rows) => [...rows, rows[0]!.slice()])
    .map((rows) => (domain === 'probability' ? rows.map(byItsSum) : rows));
}
