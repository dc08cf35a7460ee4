import type { SampleCoverage } from './sampled-coverage.js';

/** What the simulation of intervals found; `docs/intervals.json` holds it. */
export interface IntervalResults {
  readonly sampled: SampleCoverage;
  readonly population: { readonly worlds: number; readonly shares: Readonly<Record<string, number>> };
  readonly spaces: {
    readonly worlds: number;
    readonly found: readonly {
      readonly classes: string;
      readonly silhouette: number;
      readonly neighborAgreement: number;
    }[];
  };
}

const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

const table = (columns: readonly string[], rows: readonly (readonly string[])[]) =>
  [columns, columns.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** `docs/intervals.md`, from what was found. */
export function intervalsDocument({ sampled, population, spaces }: IntervalResults): string {
  const { claims, micro, macro, agreement, filtered, verdicts, groups, wronglyReproduced, wronglyRefuted } = sampled;
  const worlds = (n: number) => n.toLocaleString('en-US');
  const groupNames = [...new Set(Object.keys(groups).map((key) => key.split(' ')[0]!))];
  const resampled = Object.entries(population.shares).filter(([name]) => name !== 'overlap');
  return `# Intervals, by simulation

How often each printed interval holds what it is about. \`npx tsx scripts/sampled-intervals.ts\` simulates
anew and writes \`intervals.json\` and this file; a test holds the two equal, and smaller simulations run in
the suite.

## Values from scored rows

The interval is about the exact value on all rows. Worlds have 200 to 800 rows, 2 to 30 classes of equal to
very unequal sizes (down to one row), normal and skewed rows, some with copies or with coordinates that are
whole numbers, so that distances tie; 5% to 30% of the rows are scored, at least two of each class.

${table(
  ['interval', 'nominal', 'worlds', 'found'],
  [
    ['silhouette', '95%', worlds(claims), percent(micro)],
    ['macro silhouette', '95%', worlds(claims), percent(macro)],
    ['neighbour agreement', '95%', worlds(claims), percent(agreement)],
    ['silhouette after a filter', '95%', worlds(filtered.worlds), percent(filtered.score)],
    ['gain of a filter', '95%', worlds(filtered.worlds), percent(filtered.gain)],
  ],
)}

Of the claims (half true to their digits, half beside it) ${wronglyReproduced} were called reproduced that no convention
gives exactly, and ${wronglyRefuted} refuted that one does: ${['reproduced', 'refuted', 'consistent']
    .map((verdict) => `${worlds(verdicts[verdict] ?? 0)} ${verdict}`)
    .join(', ')}.

Silhouette by what differs between worlds:

${table(
  ['', 'found'],
  groupNames.map((name) => [
    name,
    Object.entries(groups)
      .filter(([key]) => key.startsWith(`${name} `))
      .sort(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }))
      .map(([key, { held, of }]) => `${key.slice(name.length + 1)}: ${percent(held / of)}`)
      .join(', '),
  ]),
)}

## Exact values, over other rows of the same kind

The interval is about the mean of the index over draws of as many rows from the same population (the
geometric mean of a ratio without upper bound). Worlds have 60 to 200 rows in 2, 3 or 5 classes that lie
apart (without distance between the classes ratios to it are degenerate), otherwise as above; ${worlds(population.worlds)} worlds. The jackknife leaves one group
of rows out at a time (for the medoid silhouette it draws three quarters of the rows), and
works on the logarithm of a ratio without upper bound. Wilson's interval counts two rows that are nearest to each other as one.

${table(
  ['interval', 'nominal', 'found'],
  [
    ...resampled.map(([name, share]) => [
      `${name}, ${name === 'neighborAgreement' ? 'Wilson' : 'jackknife'} of \`verifyClaims\``,
      '95%',
      percent(share),
    ]),
    ['neighbour agreement in the finding on overlap, Wilson', '90%', percent(population.shares.overlap!)],
  ],
)}

## Differences of spaces

\`compareSpaces\` on two spaces of one distribution, ${spaces.worlds} worlds each, 100 subsamples: how often the test
at the 5% level says that they differ. The test keeps its level; it is on the safe side for neighbour
agreement and where there is no structure.

${table(
  ['classes', 'silhouette', 'neighbour agreement'],
  spaces.found.map((row) => [row.classes, percent(row.silhouette), percent(row.neighborAgreement)]),
)}

Not simulated: the interval of the hubness (normal theory, which the finding says).
`;
}
