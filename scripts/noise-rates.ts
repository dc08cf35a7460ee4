/**
 * What the bounds of a noise class do: rates by the value of each, the others as they are, over worlds with a known truth.
 * Writes docs/noise-bounds.md.
 *
 *     npx tsx scripts/noise-rates.ts [worlds of each kind]
 */
import { writeFileSync } from 'node:fs';
import { admit } from '../src/data/dataset.js';
import { resolveMetric } from '../src/distance/metric.js';
import type { Labels, Points } from '../src/index.js';
import { BOUNDS, type ClassReach, classReaches, isSpread, type NoiseBounds } from '../src/studies/rows/noise-class.js';
import { rowWorld, shuffledLabels } from '../test/support/row-worlds.js';
import { background, leftover, WIDE_NAMES, wideClass } from '../test/support/worlds/background.js';
import { COMPACT_NAMES, GROUPS_NAMES, groups } from '../test/support/worlds/groups.js';

const WORLDS = Number(process.argv[2] ?? 2);
const FIRST = 94_000_000;
let seed = FIRST;

interface LabelledRows {
  readonly points: Points;
  readonly labels: Labels;
}

function reachesIn({ points, labels }: LabelledRows): ClassReach[] {
  const { data } = admit('noise-rates', points, labels, undefined, []);
  return classReaches(data, resolveMetric('noise-rates', undefined).source('noise-rates', data));
}

const times = (count: number, make: () => LabelledRows) => Array.from({ length: count }, () => reachesIn(make()));
const small = () => [300, 600, 1000][seed % 3]!;

/** Background of these shares in so many columns; the class 0 is to be found. */
const backgrounds = (columns: readonly number[], shares: readonly number[]) =>
  columns.flatMap((d) =>
    shares.flatMap((share) =>
      COMPACT_NAMES.flatMap((name) =>
        times(WORLDS, () => background(name, { n: small(), d, k: 3 + (seed % 6), share, seed: seed++ })),
      ),
    ),
  );

const leftovers = () =>
  [2, 3].flatMap((d) =>
    [0.1, 0.2, 0.4].flatMap((share) =>
      COMPACT_NAMES.flatMap((name) =>
        Array.from({ length: WORLDS }, () => leftover(name, { n: 400, d, k: 3 + (seed % 4), share, seed: seed++ })),
      ),
    ),
  );

const wide = () =>
  WIDE_NAMES.flatMap((name) =>
    times(8 * WORLDS, () => wideClass(name, { d: [2, 3, 5, 10, 20][seed % 5]!, seed: seed++ })),
  );

const overlapping = (shapes: readonly ('unequal' | 'round' | 'heavy' | 'skewed')[], each: number) =>
  shapes.flatMap((shape) =>
    [0.03, 0.1, 0.3].flatMap((overlap) =>
      times(each, () => {
        const setup = { n: 500, d: [2, 5, 10][seed % 3]!, k: 3 + (seed % 4), shape, overlap };
        const { points, truth } = rowWorld(setup, seed++);
        return { points, labels: truth };
      }),
    ),
  );

const size = () => ({ n: [300, 500, 900][seed % 3]!, d: [2, 3, 5, 10, 20][seed % 5]!, k: 3 + (seed % 6), seed });
const mislabelled = () =>
  COMPACT_NAMES.flatMap((name) =>
    times(4 * WORLDS, () => {
      const { points, labels } = groups(name, size());
      return { points, labels: shuffledLabels(labels, 0.12, 'all', seed++) };
    }),
  );
const there = () =>
  GROUPS_NAMES.flatMap((name) =>
    times(4 * WORLDS, () => {
      const made = groups(name, size());
      seed++;
      return made;
    }),
  );

const NOISE = [
  { name: 'background, 5% and 10% of the rows', worlds: backgrounds([2, 3, 5, 10], [0.05, 0.1]) },
  { name: 'background, 20%', worlds: backgrounds([2, 3, 5, 10], [0.2]) },
  { name: 'background, 40%', worlds: backgrounds([2, 3, 5, 10], [0.4, 0.4]) },
  {
    name: 'rows that DBSCAN left over',
    worlds: leftovers()
      .filter((world) => world !== null)
      .map(reachesIn),
  },
];
const OTHERS = [
  { name: 'a wide class beside others', worlds: wide() },
  { name: 'wide and narrow classes that overlap', worlds: overlapping(['unequal'], 12 * WORLDS) },
  { name: 'other classes that overlap', worlds: overlapping(['round', 'heavy', 'skewed'], 4 * WORLDS) },
  { name: 'groups, 10% of the labels wrong', worlds: mislabelled() },
  { name: 'groups of all kinds', worlds: there() },
];

const share = (worlds: readonly ClassReach[][], hit: (world: ClassReach[]) => boolean) =>
  (worlds.filter(hit).length / worlds.length).toFixed(2);

/** Rates of one choice of bounds: background found, anything else taken for noise. */
function column(bounds: NoiseBounds): string[] {
  return [
    ...NOISE.map(({ worlds }) => share(worlds, (all) => all.some((of) => of.label === 0 && isSpread(of, bounds)))),
    ...OTHERS.map(({ worlds }) => share(worlds, (all) => all.some((of) => isSpread(of, bounds)))),
  ];
}

const NAMES = [
  ...NOISE.map(({ name, worlds }) => `${name} (${worlds.length})`),
  ...OTHERS.map(({ name, worlds }) => `${name} (${worlds.length})`),
];

function section(title: string, choices: ReadonlyArray<readonly [string, NoiseBounds]>): string {
  const columns = choices.map(([, bounds]) => column(bounds));
  const rows = NAMES.map((name, at) => [name, ...columns.map((values) => values[at]!)]);
  return `## ${title}

${[['worlds', ...choices.map(([text]) => text)], choices.map(() => '---').concat('---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
}

const simple = (name: 'cover' | 'apart' | 'beyond', values: readonly number[]) =>
  section(
    `\`${name}\` (${BOUNDS[name]})`,
    values.map((value) => [value === Infinity ? 'none' : String(value), { ...BOUNDS, [name]: value }] as const),
  );

const [thick, little, even] = BOUNDS.thin as [NoiseBounds['thin'][0], NoiseBounds['thin'][0], NoiseBounds['thin'][0]];
const withThin = (thin: NoiseBounds['thin']): NoiseBounds => ({ ...BOUNDS, thin });

writeFileSync(
  new URL('../docs/noise-bounds.md', import.meta.url),
  `# Bounds of a noise class

Written by \`scripts/noise-rates.ts\`: shares of simulated worlds by the value of a bound of \`src/studies/rows/noise-class.ts\`, the
others as they are; seeds from ${FIRST}. The first four kinds should be found, of the others none should be taken for noise. The
generators are in \`test/support\`.

${simple('cover', [1.5, 3, 4.5, 6, 9, Infinity])}
${simple('apart', [0, 1.3, 1.5, 1.7, 2, 3])}
${simple('beyond', [0, 0.002, 0.005, 0.02, 0.05])}
${section(
  `Thin beside others that hold a little (\`thin\` ${thick.thin})`,
  [1, 1.2, 1.35, 1.5, 1.75, 2].map((thin) => [String(thin), withThin([{ ...thick, thin }, little, even])] as const),
)}
${section(
  `The same, by how much the others hold (\`rest\` ${thick.rest})`,
  [0, 0.25, 0.5, 0.75, 0.9].map((rest) => [String(rest), withThin([{ ...thick, rest }, little, even])] as const),
)}
${section(
  `A little thinner than others that keep apart (\`thin\` ${little.thin}, \`rest\` ${little.rest})`,
  (
    [
      ['without', []],
      ['1, 0.95', [{ ...little, thin: 1 }]],
      ['1.2, 0.8', [{ ...little, rest: 0.8 }]],
      ['1.2, 0.9', [{ ...little, rest: 0.9 }]],
      ['1.2, 0.95', [little]],
      ['1.35, 0.95', [{ ...little, thin: 1.35 }]],
    ] as const
  ).map(([text, one]) => [text, withThin([thick, ...one, even])] as const),
)}
${section(
  `As thin as others that keep apart, and as dense everywhere as at home (\`thin\` ${even.thin}, \`rest\` ${even.rest}, \`every\` ${even.every})`,
  (
    [
      ['without', []],
      ['0.6', [{ ...even, thin: 0.6 }]],
      ['0.8', [even]],
      ['1', [{ ...even, thin: 1 }]],
      ['rest 0.85', [{ ...even, rest: 0.85 }]],
      ['every 1.2', [{ ...even, every: 1.2 }]],
      ['every 2', [{ ...even, every: 2 }]],
      ['every 4', [{ ...even, every: 4 }]],
    ] as const
  ).map(([text, one]) => [text, withThin([thick, little, ...one])] as const),
)}`,
);
