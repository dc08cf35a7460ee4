/**
 * What the constants of the diagnosis that no other table measures do, over simulated worlds and by arithmetic.
 * Writes docs/threshold-rates.md.
 *
 *     npx tsx scripts/threshold-rates.ts [worlds a row]
 */
import { writeFileSync } from 'node:fs';
import { Rng } from '../src/core/rng.js';
import { diversityOf } from '../src/imbalance/diversity.js';
import { diagnose } from '../src/index.js';
import { normalTail } from '../src/statistics/normal-tail.js';
import { cloud } from '../test/support/worlds/cloud.js';
import { rowsOf } from '../test/support/worlds/draws.js';
import { groups } from '../test/support/worlds/groups.js';

const WORLDS = Number(process.argv[2] ?? 10);
const FIRST = 680_000;
const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const seeds = Array.from({ length: WORLDS }, (_, w) => FIRST + w);
const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!;

/** Skewness of how often a row is a neighbour, effective rank, and what the finding says. */
function dimensionOf(points: number[][], labels: number[], seed: number) {
  const finding = diagnose({ points, labels }, { seed, permutations: 39 }).findings.find(
    ({ id }) => id === 'dimension',
  )!;
  const value = (name: string) => Number(finding.evidence.find((one) => one.name === name)?.value ?? Number.NaN);
  return { skew: value('hubness'), rank: value('effectiveRank'), confirmed: finding.verdict === 'confirmed' };
}

const COLUMNS = [2, 5, 10, 20, 50, 100];
const KINDS = [
  { name: 'one Gaussian cloud, labels dealt', make: (d: number, seed: number) => dealt('gaussian', d, seed) },
  { name: 't3 cloud, labels dealt', make: (d: number, seed: number) => dealt('t3', d, seed) },
  {
    name: 'four groups, six labels in ten dealt',
    make: (d: number, seed: number) => {
      const { points, labels } = groups('round, touching', { n: 240, d, k: 4, seed });
      return { points: rowsOf(points), labels: noisy(labels, seed) };
    },
  },
];

function dealt(name: 'gaussian' | 't3', d: number, seed: number) {
  const rng = new Rng(seed + 1_000_000);
  return {
    points: rowsOf(cloud(name, { n: 240, d, seed })),
    labels: Array.from({ length: 240 }, () => rng.integer(3)),
  };
}

/** Labels of which half are dealt anew, so that neighbours do not tell them by more than half. */
function noisy(labels: readonly number[], seed: number): number[] {
  const rng = new Rng(seed + 1_000_000);
  return labels.map((label) => (rng.uniform() < 0.6 ? rng.integer(4) : label));
}

const hubs = KINDS.flatMap(({ name, make }) =>
  COLUMNS.map((d) => {
    const found = seeds.map((seed) => {
      const { points, labels } = make(d, seed);
      return dimensionOf(points, labels, seed);
    });
    return [
      name,
      d,
      median(found.map(({ rank }) => rank)).toFixed(1),
      median(found.map(({ skew }) => skew)).toFixed(1),
      found.filter(({ skew }) => skew > 1).length,
      found.filter(({ confirmed }) => confirmed).length,
    ];
  }),
);

/** Chance that a held-out loss with this noise, and no more than that, is above 1.2 times the training loss five times in a row. */
const losses = [0.1, 0.2, 0.3, 0.5].map((noise) => [
  noise,
  ...[1, 3, 5].map((times) => (normalTail(0.2 / noise) ** times).toExponential(0)),
]);

/** Largest class over each of k - 1 equal others, at which effective classes are a share of the classes. */
function ratioAt(share: number, k: number): number {
  let [low, high] = [1, 1e6];
  for (let t = 0; t < 60; t++) {
    const middle = Math.sqrt(low * high);
    const sizes = [middle, ...new Array<number>(k - 1).fill(1)];
    if (diversityOf(sizes, middle + k - 1).effectiveClasses / k > share) low = middle;
    else high = middle;
  }
  return low;
}

const balance = [2, 3, 5, 10, 20].map((k) => [k, ...[0.95, 0.9, 0.8].map((share) => ratioAt(share, k).toFixed(1))]);

writeFileSync(
  new URL('../docs/threshold-rates.md', import.meta.url),
  `# Rates behind thresholds of the diagnosis

Written by \`scripts/threshold-rates.ts\`: ${WORLDS} worlds a row, seeds from ${FIRST}. docs/thresholds.md lists the thresholds.

## \`dimension\`: hubs by columns

240 rows, 10 neighbours each. Skewness above 1 is a hub (Radovanovic et al. 2010); the finding asks for ten effective
directions and more, since below that hubs come from outliers and uneven density and not from the dimension.

${table(['worlds', 'columns', 'effective rank, median', 'skewness, median', 'skewness above 1', '`dimension` confirmed'], hubs)}

## \`generalisation-gap\`: losses in a row

Chance that a held-out loss is above 1.2 times the training loss in each of the last evaluated epochs, where nothing is behind it
but normal noise of this share, independent between epochs.

${table(['noise', 'once', 'three times', 'five times'], losses)}

## \`class-imbalance\`: effective classes

How many times as large as each of the others one class is, when the effective classes (exp of the entropy) are this share of the
classes.

${table(['classes', '95%', '90%', '80%'], balance)}
`,
);
