/**
 * How often the answer and the findings of `diagnose` are right, over worlds with a known truth. Writes
 * docs/answer-rates.md; with --show, says of each world what went wrong and writes nothing.
 *
 *     npx tsx scripts/answer-rates.ts [worlds a row] [--show] [--from=seed] [only rows whose part and name hold this]
 */
import { writeFileSync } from 'node:fs';
import { CUT, DEALT, GOOD, PLANTED, type Row, THERE, TWICE } from '../test/support/worlds/answers.js';
import { unplanted } from '../test/support/worlds/contradictions.js';
import { bothNamed, type Outcome, outcomeOf } from '../test/support/worlds/outcome.js';

const args = process.argv.slice(2);
const show = args.includes('--show');
const from = args.find((arg) => arg.startsWith('--from='))?.slice('--from='.length);
const [count, only = ''] = args.filter((arg) => !arg.startsWith('--'));
const WORLDS = Number(count ?? 20);
const FIRST = Number(from ?? 520_000);

interface Column {
  readonly title: string;
  readonly right: (outcome: Outcome, row: Row) => boolean;
}

const say = (verdict: Outcome['verdict']): Column => ({
  title: `answer '${verdict}'`,
  right: (outcome) => outcome.verdict === verdict,
});
const cloudSaid: Column = { title: '`one-cloud`', right: ({ problems }) => problems.includes('one-cloud') };
const others: Column = {
  title: 'another medium or high',
  right: ({ grave }, { causes = [] }) => grave.some((id) => !causes.includes(id)),
};

const PARTS = [
  {
    name: '(a) Clouds that k-means, Ward or DBSCAN cut',
    rows: CUT,
    columns: [say('real'), cloudSaid, say('not-real')],
  },
  {
    name: '(b) Groups that are there',
    rows: THERE,
    columns: [say('real'), cloudSaid, say('partly'), say('undecided')],
  },
  {
    name: '(c) One cause planted',
    rows: PLANTED,
    columns: [
      {
        title: 'cause confirmed',
        right: ({ problems }: Outcome, { causes }: Row) => causes!.some((id) => problems.includes(id)),
      },
      others,
    ],
  },
  { name: '(d) Good worlds', rows: GOOD, columns: [others, say('real')] },
  {
    name: '(e) Labels dealt at random',
    rows: DEALT,
    columns: [
      say('not-real'),
      { title: '`chance-level`', right: ({ problems }: Outcome) => problems.includes('chance-level') },
      { title: 'one piece of advice', right: ({ advice }: Outcome) => advice.length === 1 },
    ],
  },
  {
    name: '(f) Two causes planted',
    rows: TWICE,
    columns: [
      {
        title: 'both named, or one explains the other',
        right: (outcome: Outcome, row: Row) => bothNamed(row, outcome),
      },
      others,
      {
        title: 'problems that contradict each other, beside these two',
        right: ({ problems }: Outcome, { both }: Row) => unplanted(both!, problems).length > 0,
      },
    ],
  },
];

/** Findings by how often they stand, the most frequent first. */
function tally(ids: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const id of ids) counts.set(id, (counts.get(id) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([id, times]) => `${id} ${times}`)
    .join(', ');
}

const parts = PARTS.map(({ name, rows, columns }) => {
  const sums = columns.map(() => 0);
  let worlds = 0;
  const lines = rows
    .filter((row) => `${name} ${row.name}`.includes(only))
    .map((row) => {
      const outcomes = Array.from({ length: WORLDS }, (_, w) => outcomeOf(row, FIRST + w));
      const counts = columns.map(({ right }) => outcomes.filter((outcome) => right(outcome, row)).length);
      counts.forEach((found, c) => {
        sums[c]! += found;
      });
      worlds += WORLDS;
      const { causes = [] } = row;
      const grave = tally(outcomes.flatMap((outcome) => outcome.grave.filter((id) => !causes.includes(id))));
      if (show) {
        console.log(
          `${name.slice(0, 3)} ${row.name}: ${columns.map(({ title }, c) => `${title} ${counts[c]}`).join(', ')}`,
        );
        outcomes.forEach(({ verdict, because, problems, grave: medium }, w) => {
          console.log(
            `   ${FIRST + w} ${verdict} [${because}] ${problems.map((id) => (medium.includes(id) ? `${id}!` : id))}`,
          );
        });
      }
      return `| ${[row.name, ...counts, grave].join(' | ')} |`;
    });
  return `## ${name}

| worlds | ${columns.map(({ title }) => title).join(' | ')} | medium and high findings${/^.[cf]/.test(name) ? ' beside the causes' : ''} |
|---|${columns.map(() => '---').join('|')}|---|
${lines.join('\n')}
| of all ${worlds} | ${sums.map((sum) => `${sum} (${Math.round((100 * sum) / Math.max(1, worlds))}%)`).join(' | ')} | |
`;
});

if (!show)
  writeFileSync(
    new URL('../docs/answer-rates.md', import.meta.url),
    `# Rates of the answer

Written by \`scripts/answer-rates.ts\`: what \`diagnose\` says of worlds with a known truth, ${WORLDS} a row, with 99
permutations, seeds from ${FIRST}. A finding counts where it is confirmed, above 'info', and not explained by another one.

${parts.join('\n')}`,
  );
