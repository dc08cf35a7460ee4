/**
 * Simulates the printed intervals, and writes docs/intervals.json and docs/intervals.md. Worlds of 0 keep
 * what stands there, so that each part can be made by itself.
 * Run with: npx tsx scripts/sampled-intervals.ts [sampled worlds] [population worlds] [spaces worlds]
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { EQUAL_SPACES, falseDifferences } from '../test/unit/diagnose/equal-spaces.js';
import { type IntervalResults, intervalsDocument } from '../test/unit/diagnose/intervals-document.js';
import { coverageOfPopulations } from '../test/unit/diagnose/population-coverage.js';
import { coverageOfSamples } from '../test/unit/diagnose/sampled-coverage.js';

const [sampled = 500, population = 400, spaces = 200] = process.argv.slice(2).map(Number);
const at = (name: string) => new URL(`../docs/${name}`, import.meta.url);
const stored = JSON.parse(readFileSync(at('intervals.json'), 'utf8')) as IntervalResults;
const results: IntervalResults = {
  sampled: sampled === 0 ? stored.sampled : coverageOfSamples(sampled),
  population: population === 0 ? stored.population : { worlds: population, shares: coverageOfPopulations(population) },
  spaces:
    spaces === 0
      ? stored.spaces
      : {
          worlds: spaces,
          found: EQUAL_SPACES.map((design) => ({
            classes: `${design.sizes.join(', ')}; distance ${design.gap}, common noise ${design.common}`,
            ...falseDifferences(design, spaces),
          })),
        },
};
writeFileSync(at('intervals.json'), `${JSON.stringify(results, null, 2)}\n`);
writeFileSync(at('intervals.md'), intervalsDocument(results));
