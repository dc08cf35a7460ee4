import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type IntervalResults, intervalsDocument } from './intervals-document.js';
import { coverageOfPopulations, RESAMPLED } from './population-coverage.js';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const results = JSON.parse(read('intervals.json')) as IntervalResults;

test('the document says what the simulation found', () => {
  expect(read('intervals.md')).toBe(intervalsDocument(results));
});

test('intervals of scored rows hold in 92% to 98% of worlds; and those over other rows', () => {
  const { sampled, population } = results;
  const { overlap, ...others } = population.shares;
  const { micro, macro, agreement, filtered } = sampled;
  const shares = { micro, macro, agreement, filter: filtered.score, gain: filtered.gain, ...others };
  expect(Object.keys(shares).length).toBe(5 + RESAMPLED.length);
  for (const [name, share] of Object.entries(shares)) {
    expect(share, name).toBeGreaterThanOrEqual(0.92);
    expect(share, name).toBeLessThanOrEqual(0.98);
  }
  expect(overlap).toBeGreaterThanOrEqual(0.87);
  expect(overlap).toBeLessThanOrEqual(0.95);
});

test('a small simulation agrees with the stored one', () => {
  const shares = coverageOfPopulations(30, 40);
  for (const [name, share] of Object.entries(shares)) expect(share, name).toBeGreaterThan(0.7);
});
