// Writes docs/distances.md from the table of names: npx tsx scripts/distances-table.ts
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DOMAINS } from '../src/distance/domain.js';
import { metricNames } from '../src/distance/metric-names.js';

const bound = (value: number | null) =>
  value === null ? '∞' : String(Number.isInteger(value) ? value : Number(value.toFixed(4)));
const cell = (text: string) => text.replaceAll('|', '\\|');

/** The page of distances. */
export function distancesPage(): string {
  const rows = Object.entries(metricNames).map(([name, about]) => {
    const parameters = Object.entries(about.parameters).map(([key, text]) => `; ${key}: ${text}`);
    const domain = name === 'precomputed' ? about.domainIs : about.domain;
    const [least, most] = about.range;
    return `| \`${name}\` | ${cell(about.meaning)}${parameters.join('')} | ${domain} | ${least} to ${bound(most)} | ${
      about.symmetric ? 'yes' : 'no'
    } | ${about.metric ? 'yes' : 'no'} | ${about.source} |`;
  });
  return `# Distances by name

Made from \`metricNames\` by scripts/distances-table.ts: do not edit.

a and b are two rows; p and q are two rows of amounts or probabilities; 0 / 0 and 0 ln 0 are 0. A distance that is
not symmetric depends on the direction: \`pairwiseDistances\` alone takes it. A metric has no shorter detour:
d(a, c) <= d(a, b) + d(b, c). A distance that comes out infinite, as between probabilities without a common column,
is an error that names the rows.

| name | meaning | domain | range | symmetric | metric | source |
|---|---|---|---|---|---|---|
${rows.join('\n')}

## Domains

A value outside the domain is an error with row, column and domain.

${Object.entries(DOMAINS)
  .map(([name, { is }]) => `- ${name}: ${is}`)
  .join('\n')}
`;
}

export const distancesPath = fileURLToPath(new URL('../docs/distances.md', import.meta.url));

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(distancesPath, distancesPage());
