/**
 * What the bounds on neighbours across borders do: rates by the value of the bound, over worlds with a known truth.
 * Writes docs/borders.md.
 *
 *     npx tsx scripts/border-rates.ts [worlds of each kind]
 */
import { writeFileSync } from 'node:fs';
import { Rng } from '../src/core/rng.js';
import { hiddenGroups, otherGroups } from '../src/index.js';
import { centredFrame } from '../src/kernels/frame.js';
import { allGaps } from '../src/studies/gaps/all-gaps.js';
import { simulatedBenchmarks } from '../src/studies/gaps/benchmark.js';
import { fingerprints } from '../src/studies/gaps/content-halves.js';
import { CROSSED, crossings } from '../src/studies/gaps/crossing.js';
import { AS_DEEP } from '../src/studies/groups/hidden-groups-of.js';
import { judgedLines } from '../src/studies/groups/judged-lines.js';
import { FOLLOWS } from '../src/studies/groups/other-groups-of.js';
import { CLOUD_NAMES, type CloudName, cloud } from '../test/support/worlds/cloud.js';
import { direction, type Table, tableOf } from '../test/support/worlds/draws.js';
import { COMPACT_NAMES, CURVE_NAMES, type GroupsName, groups } from '../test/support/worlds/groups.js';
import { byKMeans, byWard } from '../test/support/worlds/labels-by.js';

const WORLDS = Number(process.argv[2] ?? 20);
const FIRST = 660_000;
const LEVEL = 0.05;

const BENT = ['ring', 'swiss roll'] as const;
const FLAT = CLOUD_NAMES.filter((name) => name !== 'ring' && name !== 'swiss roll');

function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[rng.integer(items.length)]!;
}

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]) =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
const worlds = <T>(names: readonly T[], each: (name: T, seed: number) => number): number[] =>
  names.flatMap((name, at) => Array.from({ length: WORLDS }, (_, w) => each(name, FIRST + 1000 * at + w)));
const share = (values: readonly number[], hit: (value: number) => boolean) =>
  values.length === 0 ? '' : (values.filter(hit).length / values.length).toFixed(2);

const sizeOf = (rng: Rng) => ({ n: pick(rng, [60, 120, 240, 400]), d: pick(rng, [2, 3, 5, 10]), seed: rng.uint32() });

function arm(name: GroupsName, seed: number): Table {
  const rng = new Rng(seed);
  const { n, d, seed: own } = sizeOf(rng);
  const { points, labels } = groups(name, { n: 2 * n, d, k: 2, seed: own });
  const rows = labels.flatMap((label, i) => (label === 0 ? [i] : []));
  return tableOf(rows.length, d, (i) => points.data.subarray(rows[i]! * d, (rows[i]! + 1) * d));
}

const KINDS: ReadonlyArray<{ name: string; make: (() => Table)[] }> = [
  { name: 'clouds, not bent', make: each(FLAT, (name, rng) => cloud(name, sizeOf(rng))) },
  {
    name: 'ring, swiss roll',
    make: each(BENT, (name, rng) => {
      const size = sizeOf(rng);
      return cloud(name, { ...size, d: Math.max(3, size.d) });
    }),
  },
  {
    name: 'one moon, circle or arm of a spiral',
    make: CURVE_NAMES.flatMap((name) => seedsOf(name).map((seed) => () => arm(name, seed))),
  },
  {
    name: 'two groups, well apart',
    make: each(
      COMPACT_NAMES.filter((name) => name !== 'round, touching'),
      (name, rng) => groups(name, { ...sizeOf(rng), k: 2 }).points,
    ),
  },
  {
    name: 'two round groups that touch',
    make: each(['round, touching'] as const, (name, rng) => groups(name, { ...sizeOf(rng), k: 2 }).points),
  },
  {
    name: 'two moons, circles, spirals',
    make: each(CURVE_NAMES, (name, rng) => groups(name, { ...sizeOf(rng), d: 2, k: 2 }).points),
  },
];

function seedsOf(name: string): number[] {
  return Array.from({ length: WORLDS }, (_, w) => FIRST + 1000 * name.length + w);
}

function each<T extends string, W>(names: readonly T[], make: (name: T, rng: Rng) => W): (() => W)[] {
  return names.flatMap((name) => seedsOf(name).map((seed) => () => make(name, new Rng(seed))));
}

/** The least crossing of a line with two modes, and that of the linkage; Infinity: none. */
function crossingsOf({ data, rows: n, columns: d }: Table) {
  const { rows } = centredFrame(data, n, d);
  const least = Math.max(8, Math.ceil(0.05 * n));
  const judged = judgedLines(rows, d, fingerprints(data, n, d, 0), { seed: 0, level: LEVEL, least });
  return {
    lines: Math.min(...judged.lines.map(({ crossing }) => crossing)),
    linkage: n >= 200 ? judged.linkageCrossing(0.95) : -1,
  };
}

const BOUNDS = [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8, 1];
const found = KINDS.map(({ name, make }) => ({ name, crossings: make.map((world) => crossingsOf(world())) }));
const byBound = (which: 'lines' | 'linkage') =>
  table(
    ['worlds', ...BOUNDS.map(String), 'no bound'],
    found.map(({ name, crossings }) => {
      const values = crossings.map((one) => one[which]).filter((v) => v !== -1);
      return [
        `${name} (${values.length})`,
        ...BOUNDS.map((bound) => share(values, (v) => v < bound)),
        share(values, Number.isFinite),
      ];
    }),
  );

/** Directions with log-normal lengths: groups that no line parts. */
function rays(rng: Rng): { points: Table; labels: number[] } {
  const d = pick(rng, [5, 10, 20]);
  const k = 3 + rng.integer(4);
  const axes = Array.from({ length: k }, () => direction(rng, d));
  const labels = Array.from({ length: 400 }, (_, i) => i % k);
  const points = tableOf(400, d, (i) => {
    const length = Math.exp(rng.normal());
    return axes[labels[i]!]!.map((v) => length * (v + (0.36 / Math.sqrt(d)) * rng.normal()));
  });
  return { points, labels };
}

interface Crossed {
  readonly ratio: number;
  readonly p: number;
}

/** How often neighbours cross the borders of all pairs that touch; null where none crosses a cut. */
function crossedOf(points: Table, labels: readonly number[]): Crossed | null {
  const { n, d } = { n: points.rows, d: points.columns };
  const k = Math.max(...labels) + 1;
  const touching = allGaps(points.data, n, d, Int32Array.from(labels), k, 0, simulatedBenchmarks());
  const pairs = touching.gaps.map(({ pair }) => pair);
  const { borders, cuts, p } = crossings(touching, pairs, { n, d, k, seed: 0 });
  return cuts > 0 ? { ratio: borders / cuts, p } : null;
}

function cutCloud(name: CloudName, rng: Rng) {
  const d = Math.max(name === 'swiss roll' ? 3 : 2, pick(rng, [2, 3, 5, 10, 20]));
  const points = cloud(name, { n: pick(rng, [200, 400, 800]), d, seed: rng.uint32() });
  const k = 2 + rng.integer(8);
  return { points, labels: rng.integer(3) === 0 ? byWard(points, k) : byKMeans(points, k, rng.uint32()) };
}

function foundGroups(name: GroupsName, rng: Rng) {
  const k = 2 + rng.integer(4);
  const size = { n: pick(rng, [200, 400, 800, 2000]), d: pick(rng, [2, 3, 5, 10, 20]), k, seed: rng.uint32() };
  const { points } = groups(name, size);
  return { points, labels: byKMeans(points, k, rng.uint32()) };
}

function bentGroups(name: GroupsName, rng: Rng) {
  return groups(name, { n: pick(rng, [200, 400]), d: 2, k: 2 + rng.integer(2), seed: rng.uint32() });
}

const TOUCHING: ReadonlyArray<{ name: string; made: (Crossed | null)[] }> = [
  { name: 'clouds that k-means or Ward cut', made: each(CLOUD_NAMES, cutCloud).map(crossed) },
  { name: 'touching round groups that k-means finds', made: each(['round, touching'], foundGroups).map(crossed) },
  {
    name: 'groups further apart that k-means finds',
    made: each(['round, far', 'round, near', 'unequal size', 'cubes'], foundGroups).map(crossed),
  },
  { name: 'moons, circles, spirals, labels given', made: each(CURVE_NAMES, bentGroups).map(crossed) },
  { name: 'directions, labels given', made: each(['rays'], (_, rng) => rays(rng)).map(crossed) },
];

function crossed(world: () => { points: Table; labels: readonly number[] }): Crossed | null {
  const { points, labels } = world();
  return crossedOf(points, labels);
}

const GAP_LEVELS = [0.0125, 0.05];
const gapRows = TOUCHING.map(({ name, made }) => {
  const asked = made.filter((one) => one !== null);
  const ratios = asked.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const quantile = (q: number) => (ratios[Math.floor(q * (ratios.length - 1))] ?? Number.NaN).toFixed(2);
  const tails = asked.map(({ p }) => p);
  return [
    `${name} (${asked.length})`,
    ...[0.05, 0.5, 0.95].map(quantile),
    ...GAP_LEVELS.map((level) => share(tails, (p) => p <= level)),
    share(ratios, (ratio) => ratio < CROSSED),
  ];
});

/** Separation of the groups inside a class over that of classes: groups of a class as far apart as classes are, or a part of that. */
function depth(part: number, seed: number): number {
  const rng = new Rng(seed);
  const d = pick(rng, [2, 4, 8]);
  const apart = 5 + 3 * rng.uniform();
  const labels = Array.from({ length: 400 }, (_, i) => i % 4);
  const points = tableOf(400, d, (i) =>
    Array.from({ length: d }, (_, c) => {
      const place = c === 0 ? apart * 2 * labels[i]! : 0;
      const side = c === 1 && labels[i] === 0 && i % 8 < 4 ? part * 2 * apart : 0;
      return place + side + rng.normal();
    }),
  );
  const inside = hiddenGroups(points, labels);
  const own = inside.classes[0]!.separation;
  return own === null ? -1 : own / inside.betweenClasses!;
}

const PARTS = [0.4, 0.6, 0.8, 1, 1.2];
const DEEP = [0.5, 0.75, 1];
const deepRows = PARTS.map((part) => {
  const values = worlds([part], depth).filter((v) => v >= 0);
  return [part, values.length, ...DEEP.map((bound) => share(values, (v) => v >= bound))];
});

const NONE = Number.NEGATIVE_INFINITY;

/** How much labels tell of groups that they follow in a share of the rows. */
function followed(part: number, seed: number): number {
  const rng = new Rng(seed);
  const k = 3 + rng.integer(4);
  const { points, labels } = groups('round, far', { n: 300, d: pick(rng, [2, 4, 8]), k, seed: rng.uint32() });
  const { explained } = otherGroups(
    points,
    labels.map((label) => (rng.uniform() < part ? label : rng.integer(k))),
  );
  return explained ?? NONE;
}

const FOLLOWED = [0, 0.2, 0.4, 0.5, 0.6, 0.8];
const MISSED = [0.1, 0.25, 0.5];
const missedRows = FOLLOWED.map((part) => {
  const values = worlds([part], followed).filter((v) => v !== NONE);
  return [part, values.length, ...MISSED.map((bound) => share(values, (v) => v <= bound))];
});

writeFileSync(
  new URL('../docs/borders.md', import.meta.url),
  `# Bounds on borders between groups

Written by \`scripts/border-rates.ts\`: shares of simulated worlds by the value of a bound, ${WORLDS} worlds of each kind, seeds
from ${FIRST}. The generators are in \`test/support/worlds\`; the studies are in \`src/studies/groups\` and \`src/studies/gaps\`.

## Crossings of a split (${CROSSED}: \`CROSSED\` of \`crossing.ts\`)

60 to 400 rows of one class, 2 to 10 columns. Share of worlds in which a line has two modes (p at most ${LEVEL}) and its border
is crossed less often than the bound times a cut of the sides. The first three should have none.

${byBound('lines')}

## Crossings of a linkage without such a line (${CROSSED}: \`CROSSED\` of \`crossing.ts\`)

The same worlds, where they have 200 rows or more: both halves put 95 in 100 rows on the same sides, and the border is
crossed less often than the bound.

${byBound('linkage')}

## Crossings of all borders (${CROSSED}: \`CROSSED\` of \`crossing.ts\`)

Neighbours across the borders of all pairs that touch over those across cuts: quantiles over the worlds, and shares in which the
ratio is above the bound beyond chance, or below it. Groups that are there should not be above it, clouds not below.

${table(['worlds', '5%', 'median', '95%', ...GAP_LEVELS.map((level) => `above, p <= ${level}`), 'below'], gapRows)}

## Depth of hidden groups (${AS_DEEP}: \`AS_DEEP\` of \`hidden-groups-of.ts\`)

Four classes in a row, the first in two groups that are a part as far apart as classes are. Share of worlds with the groups
found in which they count as deep, by the bound.

${table(['part', 'found', ...DEEP.map(String)], deepRows)}

## Labels that follow groups (${FOLLOWS}: \`FOLLOWS\` of \`other-groups-of.ts\`)

Labels that are the groups in a share of the rows and are dealt at random in the others. Share of worlds in which the groups
count as missed, by the bound on what the labels tell of them.

${table(['share of rows that follow', 'groups found', ...MISSED.map(String)], missedRows)}
`,
);
