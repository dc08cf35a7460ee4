// Fills the generated blocks of README.md: a printed result and pictures from examples/out, and the
// tables of bench/results. `npm run readme` after `npm run example` and `npm run bench`.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { growthTable, type Machine, type Results, summary } from '../bench/harness.js';
import type { Report } from '../examples/equalizer/report.js';
import { table as resultTable } from '../examples/equalizer/table.js';

const root = fileURLToPath(new URL('../', import.meta.url));

function fill(readme: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const from = readme.indexOf(open);
  const to = readme.indexOf(close);
  if (from === -1 || to === -1) throw new Error(`README.md: needs the marks ${open} and ${close}`);
  return `${readme.slice(0, from + open.length)}\n${content}\n${readme.slice(to)}`;
}

function result(): string {
  const report = JSON.parse(readFileSync(`${root}examples/out/report.json`, 'utf8')) as Report;
  const shown = report.configurations.filter(({ name }) => name !== 'remedy');
  mkdirSync(`${root}docs`, { recursive: true });
  for (const name of ['repaired']) {
    copyFileSync(`${root}examples/out/${name}.svg`, `${root}docs/${name}.svg`);
  }
  return [
    `\`${report.command}\` (${report.corpus.synthetic ? 'synthetic corpus' : report.corpus.name}, seed ${report.seed}) prints, among others:`,
    '```',
    shown.map((configuration) => resultTable(configuration)).join('\n\n'),
    '```',
    '`chance` is the mean silhouette under permuted labels, `agree` the share of rows whose nearest neighbour has the same label. ' +
      'The recipe separates what it was trained on in both cases; held-out rows tell which labels are in the data:',
    '![Latent space of the equaliser terms: apart on training rows, mixed on held-out rows](docs/repaired.svg)',
  ].join('\n\n');
}

function benches(): string {
  const files = existsSync(`${root}bench/results`) ? readdirSync(`${root}bench/results`).sort() : [];
  const blocks = files
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const { machine, comparisons, growth } = JSON.parse(
        readFileSync(`${root}bench/results/${name}`, 'utf8'),
      ) as Results & { machine: Machine };
      const versions = machine.python === undefined ? '' : `, ${machine.python}`;
      const at = `${machine.cpu}, ${machine.cores} cores, Node ${machine.node}${versions}, ${machine.date}`;
      const title = `### ${name.replace('.json', '').replaceAll('-', ' ')}`;
      return [title, at, summary(comparisons), growthTable(growth)].join('\n\n');
    });
  return [
    '## Speed',
    'Each table is one run on one machine: contenders in turn, answers compared before timing, medians. Above 1 is slower than ours. `npm run bench` makes the first two, `npm run bench:python` the others; rounds, minima and answers are in `bench/results/`.',
    ...blocks,
  ].join('\n\n');
}

const path = `${root}README.md`;
const before = readFileSync(path, 'utf8');
writeFileSync(path, fill(fill(before, 'result', result()), 'bench', benches()));
