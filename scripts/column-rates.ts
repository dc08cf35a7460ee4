/**
 * Rates of the findings on columns over worlds with a known truth, written to docs/columns.md.
 * npx tsx scripts/column-rates.ts [worlds per cell]
 */
import { writeFileSync } from 'node:fs';
import { Rng } from '../src/core/rng.js';
import { numberText, percentText } from '../src/core/words.js';
import { identifierColumns, placeholderValues, uninformativeColumns } from '../src/index.js';
import { PLANTS } from '../test/unit/columns/plants.js';
import { goodWorld, KINDS } from '../test/unit/columns/worlds.js';

const SIZES = [
  [60, 1],
  [60, 3],
  [60, 20],
  [60, 200],
  [300, 2],
  [300, 10],
  [300, 60],
  [1000, 5],
  [1000, 40],
  [3000, 4],
  [3000, 15],
] as const;
const each = Number(process.argv[2] ?? 4);

/** What the findings say of a world at medium or high. */
function alarms(points: number[][], labels: string[]): string[] {
  const ids = identifierColumns(points, labels);
  const columns = uninformativeColumns(points, labels, { sampleSize: 600 });
  const gain = columns.verdict === 'harmful' ? columns.neighborAgreement!.mean : 0;
  return [
    ...(ids.decide || ids.columns.some(({ kind, certain }) => kind === 'label-copy' && certain) ? ['identifier'] : []),
    ...(placeholderValues(points).values.length > 0 ? ['placeholder'] : []),
    ...(gain >= 0.05 ? ['uninformative'] : []),
  ];
}

const good = KINDS.map((kind) => {
  const counts = { worlds: 0, identifier: 0, placeholder: 0, uninformative: 0, any: 0 };
  for (const [n, d] of SIZES) {
    for (let t = 0; t < each; t++) {
      const { points, labels } = goodWorld(kind, n, d, 2 + ((t + d) % 6), 5_000_000 + 1000 * t + n + 7 * d);
      const said = alarms(points, labels);
      counts.worlds++;
      if (said.length > 0) counts.any++;
      for (const name of said) counts[name as 'identifier']++;
    }
  }
  return { kind, ...counts };
});

const planted = Object.entries(PLANTS).map(([name, { plant, found, kinds }]) => {
  let worlds = 0;
  let hits = 0;
  for (const kind of kinds) {
    for (const [n, d] of [
      [120, 5],
      [300, 13],
      [1000, 8],
    ] as const) {
      for (let t = 0; t < 2 * each; t++) {
        const world = goodWorld(kind, n, d, 2 + (t % 5), 7_000_000 + 100 * t + n + d);
        const planting = plant(world, new Rng(31 * t + n));
        worlds++;
        if (found(planting.world, planting.columns)) hits++;
      }
    }
  }
  return { name, kinds, worlds, hits };
});

const sum = good.reduce((total, { worlds }) => total + worlds, 0);
const any = good.reduce((total, row) => total + row.any, 0);
const text = `# Rates of the findings on columns

Written by \`npx tsx scripts/column-rates.ts ${each}\` from worlds with a known truth (\`test/unit/columns/worlds.ts\`
and \`plants.ts\`); the suite runs a smaller version.

## Good worlds

Every column is informative, 60 to 3,000 rows, 1 to 200 columns, 2 to 7 classes. Worlds in which a study finds what
its finding would report at medium or high (any placeholder counts).

| kind | worlds | \`identifier-columns\` | \`placeholder-values\` | \`uninformative-columns\` | any |
|---|---|---|---|---|---|
${good.map((row) => `| ${row.kind} | ${row.worlds} | ${row.identifier} | ${row.placeholder} | ${row.uninformative} | ${row.any} |`).join('\n')}
| all | ${numberText(sum)} | | | | ${any} (${percentText(any / sum)}) |

## One cause planted

Good worlds of 120, 300 and 1,000 rows in 5, 13 and 8 columns with one cause planted in them: found, and with the column
(of many columns of noise: eight in ten of them) named.

| planted | kinds of columns | worlds | found |
|---|---|---|---|
${planted.map(({ name, kinds, worlds, hits }) => `| ${name} | ${kinds.join(', ')} | ${worlds} | ${percentText(hits / worlds)} |`).join('\n')}

Not found by design: -1 in columns of whole numbers that reach down to 0 and have as many zeros, 0 in columns that
come near 0 by themselves, and identifiers of so many digits that measurements would not repeat either, where the clusters
are as good with them.
`;
writeFileSync(new URL('../docs/columns.md', import.meta.url), text);
process.stdout.write(text);
