/**
 * Simulates the printed intervals, and writes docs/intervals.json and docs/intervals.md.
 * Run with: npx tsx scripts/sampled-intervals.ts [sampled worlds] [population worlds] [spaces worlds]
 */
import { writeFileSync } from 'node:fs';
import { EQUAL_SPACES, falseDifferences } from '../test/unit/diagnose/equal-spaces.js';
import { type IntervalResults, intervalsDocument } from '../test/unit/diagnose/intervals-document.js';
import { coverageOfPopulations } from '../test/unit/diagnose/population-coverage.js';
import { coverageOfSamples } from '../test/unit/diagnose/sampled-coverage.js';

const [sampled = 2000, population = 600, spaces = 200] = process.argv.slice(2).map(Number);
const results: IntervalResults = {
  sampled: coverageOfSamples(sampled),
  population: { worlds: population, shares: coverageOfPopulations(population) },
  spaces: {
    worlds: spaces,
    found: EQUAL_SPACES.map((design) => ({
      classes: `${design.sizes.join(', ')}; distance ${design.gap}, common noise ${design.common}`,
      ...falseDifferences(design, spaces),
    })),
  },
};
const at = (name: string) => new URL(`../docs/${name}`, import.meta.url);
writeFileSync(at('intervals.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(at('intervals.md'), intervalsDocument(results));
