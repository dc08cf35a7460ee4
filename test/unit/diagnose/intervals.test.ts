import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type IntervalResults, intervalsDocument } from './intervals-document.js';
import { coverageOfPopulations } from './population-coverage.js';

const read = (name: string) => readFileSync(new URL(`../../../docs/${name}`, import.meta.url), 'utf8');
const results = JSON.parse(read('intervals.json')) as IntervalResults;

test('the document says what the simulation found', () => {
  expect(read('intervals.md')).toBe(intervalsDocument(results));
});

test('intervals of scored rows hold in 92% to 98% of worlds; those over other rows near it', () => {
  const { sampled, population } = results;
  const { overlap, calinskiHarabasz, ...resampled } = population.shares;
  const shares = [sampled.micro, sampled.macro, sampled.agreement, sampled.filtered.score, sampled.filtered.gain];
  expect(shares.length).toBe(5);
  for (const share of shares) {
    expect(share).toBeGreaterThanOrEqual(0.92);
    expect(share).toBeLessThanOrEqual(0.98);
  }
  // Two standard errors of a simulation of 270 worlds below 92%; Calinski-Harabasz falls short, as the document says.
  for (const [name, share] of Object.entries(resampled)) {
    expect(share, name).toBeGreaterThanOrEqual(0.887);
    expect(share, name).toBeLessThanOrEqual(0.98);
  }
  expect(calinskiHarabasz).toBeGreaterThanOrEqual(0.88);
  expect(overlap).toBeGreaterThanOrEqual(0.87);
  expect(overlap).toBeLessThanOrEqual(0.95);
});

test('a small simulation agrees with the stored one', () => {
  const shares = coverageOfPopulations(30, 40);
  for (const [name, share] of Object.entries(shares)) expect(share, name).toBeGreaterThan(0.7);
});
