/**
 * How often columns get the role that they have, over simulated columns, written to docs/roles.md.
 * npx tsx scripts/role-rates.ts [draws per cell] [first seed]
 */
import { writeFileSync } from 'node:fs';
import { numberText, percentText } from '../src/core/words.js';
import { NO_FEATURES, ORDINARY, roleOf } from '../test/unit/columns/role-worlds.js';

const SIZES = [12, 40, 150, 1000] as const;
const draws = Number(process.argv[2] ?? 100);
const first = Number(process.argv[3] ?? 91_000_000);

function shares(roles: (n: number, k: number, seed: number) => boolean): number[] {
  return SIZES.map((n) => {
    let hits = 0;
    for (let t = 0; t < draws; t++) if (roles(n, 2 + (t % 4), first + 1000 * n + t)) hits++;
    return hits / draws;
  });
}

const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const head = (text: string) => [
  line([text, ...SIZES.map((n) => `${numberText(n)} rows`)]),
  line(['---', ...SIZES.map(() => '---')]),
];
const text = `# Roles of columns

Written by \`npx tsx scripts/role-rates.ts ${draws}\` from the columns of \`test/unit/columns/role-worlds.ts\`, each among
three columns of real numbers, ${numberText(draws)} draws for each number of rows, 2 to 5 classes.

## Measurements that are left out

The column is called \`price\`, which says nothing.

${[
  ...head('column'),
  ...Object.entries(ORDINARY).map(([name, make]) =>
    line([name, ...shares((n, k, seed) => roleOf(make, 'price', n, k, seed) !== 'feature').map(percentText)]),
  ),
].join('\n')}

## Columns that are no measurements, and are left out in the right role

${[
  ...head('column'),
  ...Object.entries(NO_FEATURES).map(([name, [called, role, make]]) =>
    line([
      `${name}${called === 'v' ? '' : called === '' ? ', without a name' : `: \`${called}\``}`,
      ...shares((n, k, seed) => roleOf(make, called, n, k, seed) === role).map(percentText),
    ]),
  ),
].join('\n')}
`;
writeFileSync(new URL('../docs/roles.md', import.meta.url), text);
process.stdout.write(text);
