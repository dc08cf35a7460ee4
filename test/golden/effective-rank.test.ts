import { expect, it } from 'vitest';
import { embeddingHealth } from '../../src/nn/index.js';
import { effectiveRank } from '../../src/statistics/effective-rank.js';
import { fixture, iris } from '../support/fixture.js';

interface Fixture {
  readonly iris: number;
  readonly digits: number;
  readonly digitRows: readonly string[];
}

const expected = fixture<Fixture>('effective-rank');
const digits = expected.digitRows.map((row) => Array.from(row, (figure) => Number.parseInt(figure, 17)));

it.each([
  ['iris', iris.points, expected.iris],
  ['300 of the digits, 64 columns', digits, expected.digits],
])('effective rank is what numpy has for %s, in any order', (_, points, value) => {
  for (const rows of [points, [...points].reverse()]) {
    expect(effectiveRank(Float64Array.from(rows.flat()), rows.length, rows[0]!.length)).toBeCloseTo(value, 11);
    expect(embeddingHealth(rows).effectiveRank).toBeCloseTo(value, 11);
  }
});
