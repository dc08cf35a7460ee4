/**
 * Rates of hiddenGroups and otherGroups over simulated worlds, written to docs/groups.md.
 *
 *     npx tsx scripts/groups-rates.ts [worlds]
 */
import { writeFileSync } from 'node:fs';
import { Rng } from '../src/core/rng.js';
import { hiddenGroups, otherGroups } from '../src/index.js';
import { CLOUD_NAMES, cloud } from '../test/support/worlds/cloud.js';
import { GROUPS_NAMES, groups } from '../test/support/worlds/groups.js';

const WORLDS = Number(process.argv[2] ?? 30);
const FIRST = 52_000;
const seeds = Array.from({ length: WORLDS }, (_, s) => FIRST + s);
const count = (hit: (seed: number) => boolean) => `${seeds.filter(hit).length} of ${WORLDS}`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');

const clouds = CLOUD_NAMES.map((name) => {
  const world = (seed: number) => {
    const rng = new Rng(seed);
    const labels = Array.from({ length: 240 }, () => rng.integer(3));
    return { points: cloud(name, { n: 240, d: 3, seed }), labels };
  };
  return [
    name,
    count((seed) => hiddenGroups(world(seed).points, world(seed).labels, { seed }).found.length > 0),
    count((seed) => otherGroups(world(seed).points, world(seed).labels, { seed }).missed),
  ];
});

const kinds = GROUPS_NAMES.map((name) => {
  const world = (seed: number) => groups(name, { n: 400, d: 5, k: 4, seed });
  const merged = (seed: number) => world(seed).labels.map((label) => (label === 3 ? 2 : label));
  const random = (seed: number) => {
    const rng = new Rng(seed);
    return world(seed).labels.map(() => rng.integer(4));
  };
  return [
    name,
    count((seed) => hiddenGroups(world(seed).points, world(seed).labels, { seed }).found.length > 0),
    count((seed) => hiddenGroups(world(seed).points, merged(seed), { seed }).found.includes(2)),
    count((seed) => otherGroups(world(seed).points, random(seed), { seed }).missed),
    count((seed) => otherGroups(world(seed).points, world(seed).labels, { seed }).missed),
  ];
});

writeFileSync(
  new URL('../docs/groups.md', import.meta.url),
  `# Rates of hiddenGroups and otherGroups

Written by \`scripts/groups-rates.ts\`: ${WORLDS} worlds a row, seeds from ${FIRST}.

## Clouds without groups

240 rows in 3 columns, three labels dealt at random. Both should find nothing.

${table(['cloud', 'hiddenGroups finds groups in a class', 'otherGroups finds groups that are missed'], clouds)}

## Four groups

400 rows in 5 columns. "Two under one label": the label of the last group is that of the third.

${table(['groups', 'true labels: hiddenGroups', 'two under one label: found', 'random labels: otherGroups', 'true labels: otherGroups'], kinds)}

Groups that touch (a Bayes error of 2.9%) or of which one is much smaller than the other need more rows than these; bent
groups are mostly left alone, and are found by linkage from 200 rows of one label on.
`,
);
