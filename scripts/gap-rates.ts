/**
 * How often `clusterGaps` is right, over worlds without groups whose labels k-means or Ward made, and over worlds
 * with groups (labels given, or found by k-means). Writes docs/gap-rates.md; run with:
 * npx tsx scripts/gap-rates.ts [worlds of each kind]
 */

import { writeFileSync } from 'node:fs';
import { Rng } from '../src/core/rng.js';
import { clusterGaps } from '../src/index.js';
import { CLOUD_NAMES, cloud } from '../test/support/worlds/cloud.js';
import { CURVE_NAMES, GROUPS_NAMES, groups } from '../test/support/worlds/groups.js';
import { byKMeans, byWard } from '../test/support/worlds/labels-by.js';

const WORLDS = Number(process.argv[2] ?? 12);
const VERDICTS = ['one-cloud', 'groups', 'mixed', 'undecided'] as const;

function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[rng.integer(items.length)]!;
}

/** Size of a world: d 2 to 50, n 200 to 3,000. */
const sizeOf = (rng: Rng, world: number) => ({
  d: [2, 3, 5, 10, 20, 50][world % 6]!,
  n: pick(rng, [200, 400, 800, 1500, 3000]),
});

function cutCloud(name: (typeof CLOUD_NAMES)[number], world: number) {
  const rng = new Rng(70_000 + world);
  const { d, n } = sizeOf(rng, world);
  const k = 2 + rng.integer(11);
  const seed = rng.uint32();
  const points = cloud(name, { n, d: name === 'swiss roll' ? Math.max(3, d) : d, seed });
  const ward = n <= 1500 && rng.integer(3) === 0;
  return { points, labels: ward ? byWard(points, k) : byKMeans(points, k, seed) };
}

function realGroups(name: (typeof GROUPS_NAMES)[number], world: number) {
  const rng = new Rng(80_000 + world);
  const curve = (CURVE_NAMES as readonly string[]).includes(name);
  const { d, n } = sizeOf(rng, world);
  const k = name === 'moons' ? 2 : 2 + rng.integer(curve ? 2 : n < 400 ? 3 : 7);
  const seed = rng.uint32();
  const { points, labels } = groups(name, { n, d: curve ? 2 + (world % 2) : d, k, seed });
  const found = /round|cubes/.test(name) && rng.integer(2) === 0;
  return { points, labels: found ? byKMeans(points, k, seed) : labels };
}

function row(name: string, make: (world: number) => ReturnType<typeof cutCloud>): string {
  const found = Array.from({ length: WORLDS }, (_, world) => {
    const { points, labels } = make(world);
    return clusterGaps(points, labels);
  });
  const share = (count: number, of = WORLDS) => (of === 0 ? '' : (count / of).toFixed(2));
  const pairs = found.flatMap((one) => one.pairs);
  const cells = [
    ...VERDICTS.map((verdict) => share(found.filter((one) => one.verdict === verdict).length)),
    share(found.filter((one) => one.labelsFrom === 'points').length),
    share(pairs.filter(({ gap }) => gap === true).length, pairs.length),
    share(pairs.filter(({ gap }) => gap === false).length, pairs.length),
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}

const head = `| world | ${VERDICTS.join(' | ')} | labels look made from the points | pairs with a gap | pairs without |
|---|---|---|---|---|---|---|---|`;

writeFileSync(
  new URL('../docs/gap-rates.md', import.meta.url),
  `# Rates of clusterGaps

Written by \`scripts/gap-rates.ts\` from ${WORLDS} worlds of each kind: d 2 to 50, n 200 to 3,000, level 0.05. Shares of
worlds with each verdict, and shares of the pairs of neighbouring groups. With ${WORLDS} worlds a share has a standard error
of up to ${Math.sqrt(0.25 / WORLDS).toFixed(2)}. The generators are in \`test/support/worlds\`.

## No groups: labels by k-means or Ward, k 2 to 12

\`one-cloud\` is right. A ring or a rolled sheet is bent: few large cells are far from straight.

${head}
${CLOUD_NAMES.map((name) => row(name, (world) => cutCloud(name, world))).join('\n')}

## Groups that are there: labels given, or by k-means where groups are round or cubes

\`groups\` is right. Touching groups have a Bayes error of about 3% for each pair.

${head}
${GROUPS_NAMES.map((name) => row(name, (world) => realGroups(name, world))).join('\n')}
`,
);
