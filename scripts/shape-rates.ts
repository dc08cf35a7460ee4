/**
 * Rates of clusterShape and metricChoice over worlds with a known truth, written to docs/shape.md.
 *
 *     npx tsx scripts/shape-rates.ts [worlds a row]
 */
import { writeFileSync } from 'node:fs';
import { Rng } from '../src/core/rng.js';
import { clusterShape, metricChoice, type Points } from '../src/index.js';
import { ANGLES, DROWNED, PLAIN, SHAPED } from '../test/support/shaped-worlds.js';
import { COMPACT_NAMES, groups } from '../test/support/worlds/groups.js';

const WORLDS = Number(process.argv[2] ?? 20);
const FIRST = 640_000;

interface Found {
  readonly shape: boolean;
  /** The metric that is chosen, 'standardised' for scaled columns, null for none. */
  readonly metric: string | null;
}

function pick<T>(rng: Rng, items: readonly T[]): T {
  return items[rng.integer(items.length)]!;
}

function foundIn(points: Points, labels: readonly number[]): Found {
  const { choice } = metricChoice(points, labels);
  return {
    shape: clusterShape(points, labels).shape === 'other',
    metric: choice === null ? null : choice.standardize ? 'standardised' : choice.metric,
  };
}

const worldsOf = (make: (rng: Rng) => Found) => Array.from({ length: WORLDS }, (_, w) => make(new Rng(FIRST + w)));
const count = (found: readonly Found[], right: (one: Found) => boolean) => found.filter(right).length;

function row(name: string, found: readonly Found[]): string {
  const chosen = [...new Set(found.flatMap(({ metric }) => (metric === null ? [] : [metric])))].sort();
  const metrics = chosen.map((metric) => `${metric} ${count(found, (one) => one.metric === metric)}`);
  return `| ${[name, count(found, ({ shape }) => shape), metrics.join(', ')].join(' | ')} |`;
}

function section(worlds: ReadonlyArray<readonly [string, (rng: Rng) => Found]>): string {
  const rows = worlds.map(([name, make]) => ({ name, found: worldsOf(make) }));
  const all = rows.flatMap(({ found }) => found);
  return `| worlds | \`shape\` 'other' | \`metric-choice\` prefers |
|---|---|---|
${rows.map(({ name, found }) => row(name, found)).join('\n')}
${row(`of all ${all.length}`, all)}`;
}

const made = (makers: Readonly<Record<string, (rng: Rng) => { points: number[][]; labels: number[] }>>) =>
  Object.entries(makers).map(([name, make]) => {
    return [
      name,
      (rng: Rng) => {
        const { points, labels } = make(rng);
        return foundIn(points, labels);
      },
    ] as const;
  });

const good = COMPACT_NAMES.map(
  (name) =>
    [
      name,
      (rng: Rng) => {
        const n = pick(rng, [150, 300, 600]);
        const k = 2 + rng.integer(n < 300 ? 4 : 9);
        const { points, labels } = groups(name, { n, d: pick(rng, [2, 3, 5, 10, 20, 50]), k, seed: rng.uint32() });
        return foundIn(points, labels);
      },
    ] as const,
);

writeFileSync(
  new URL('../docs/shape.md', import.meta.url),
  `# Rates of clusterShape and metricChoice

Written by \`scripts/shape-rates.ts\`: ${WORLDS} worlds a row, seeds from ${FIRST}, as the two studies say without the rest of
a diagnosis. The generators are in \`test/support\`.

## Good worlds

d 2 to 50, k 2 to 10, n 150 to 600. Both should say nothing.

${section(good)}

## Worlds in which balls are the right picture, or nothing is

Overlap, labels at random, near copies and clouds that were cut among them. Both should say nothing.

${section(made(PLAIN))}

## Groups that are no balls

\`shape\` should say so, \`metric-choice\` nothing.

${section(made(SHAPED))}

## Groups that another metric shows

Directions with lengths that say nothing: cosine. Profiles with offsets and amplitudes that say nothing: correlation. A
column of noise that drowns the others, and a column of the groups in a smaller unit: standardised.

${section(made({ ...ANGLES, ...DROWNED }))}
`,
);
