// Fills the generated blocks of README.md (what the command prints, a result and pictures from examples/out, six
// rows of speed) and writes bench/README.md. `npm run readme` after `npm run example` and `npm run bench`.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
    '`chance` is the mean silhouette under permuted labels. `agree` is the share of rows whose nearest neighbour has the same label. ' +
      'The recipe separates the rows that it was trained on in both cases. Only the held-out rows tell which labels are in the data.',
  ].join('\n\n');
}

/** What the command prints for the irises of Fisher (1936), with new labels for one row in ten. */
function screen(): string {
  const { points, labels } = JSON.parse(readFileSync(`${root}test/golden/fixtures/iris.json`, 'utf8')) as {
    points: number[][];
    labels: (string | number)[];
  };
  const folder = mkdtempSync(join(tmpdir(), 'clusterlens-readme-'));
  const names = ['setosa', 'versicolor', 'virginica'];
  const rows = points.map((row, i) => {
    const label = i % 10 === 0 ? names[(i / 10) % 3] : typeof labels[i] === 'number' ? names[labels[i]] : labels[i];
    return [...row, label].join(',');
  });
  const head = 'sepal_length,sepal_width,petal_length,petal_width,species';
  writeFileSync(join(folder, 'iris.csv'), `${[head, ...rows].join('\n')}\n`);
  const command = ['--import', import.meta.resolve('tsx'), `${root}src/cli/main.ts`, 'diagnose', 'iris.csv', '--quiet'];
  const printed = execFileSync(process.execPath, command, { cwd: folder, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  return ['```', printed.trimEnd(), '```'].join('\n');
}

type Stored = Results & { readonly machine: Machine };

const resultsOf = (name: string) => JSON.parse(readFileSync(`${root}bench/results/${name}.json`, 'utf8')) as Stored;

function placeOf({ cpu, cores, node, python, date }: Machine): string {
  return `${cpu}, ${cores} cores, Node ${node}${python === undefined ? '' : `, ${python}`}, ${date}`;
}

/** What users ask about speed: a comparison each, by the words with which the bench names it. */
const ASKED: ReadonlyArray<readonly [file: string, question: string, size: string]> = [
  ['kernels-vs-python', 'Silhouette, exact, Euclidean', 'n = 10000, d = 40, k = 24'],
  ['kernels-vs-python', 'Silhouette, exact, Euclidean', 'n = 3000, d = 768, k = 24'],
  ['kernels-vs-python', 'Silhouette, cosine', 'n = 1000000, d = 64, k = 100'],
  ['kernels-vs-python', 'Davies-Bouldin', 'n = 10000, d = 40, k = 24'],
  ['distance-kernels', 'Silhouette, exact, Euclidean', 'n = 10000, d = 40, k = 24'],
  ['training-vs-python', 'Training step, reference autoencoder, Adam, float32', 'batch 16, 512,472 parameters'],
];

/** The six rows of README.md. */
function speed(): string {
  const rows = ASKED.map(([file, question, size]) => {
    const found = resultsOf(file).comparisons.find((one) => one.question === question && one.size === size);
    if (found === undefined) throw new Error(`bench/results/${file}.json has no ${question} of ${size}; run the bench`);
    return found;
  });
  const machines = ASKED.map(([file]) => resultsOf(file).machine);
  const places = new Set(machines.map(({ python, ...machine }) => placeOf(machine)));
  const peers = new Set(machines.flatMap(({ python }) => python ?? []));
  return [
    summary(rows),
    `A ratio above 1 means that the other is slower. Medians on ${[...places].join('; ')}, with ${[...peers].join(', ')}. All tables: [bench/README.md](bench/README.md).`,
  ].join('\n\n');
}

interface DiagnoseTimes {
  readonly machine: Machine;
  readonly results: readonly { n: number; d: number; k: number; bounds: string; seconds: number; megabytes: number }[];
}

/** What `diagnose` costs, which is compared with bounds and not with peers. */
function diagnoseTimes(): string {
  const { machine, results } = JSON.parse(readFileSync(`${root}bench/results/diagnose.json`, 'utf8')) as DiagnoseTimes;
  const rows = results.map(
    ({ n, d, k, bounds, seconds, megabytes }) =>
      `| ${n} x ${d}, ${k} classes | ${seconds.toFixed(1)} | ${megabytes.toFixed(0)} | ${bounds} |`,
  );
  return [
    '## diagnose',
    placeOf(machine),
    ['| rows x columns | processor time, s | memory, MB | asked |', '|---|---:|---:|---|', ...rows].join('\n'),
  ].join('\n\n');
}

/** bench/README.md: every comparison. */
function benches(): string {
  const names = readdirSync(`${root}bench/results`)
    .filter((file) => file.endsWith('.json') && file !== 'diagnose.json')
    .map((file) => file.replace('.json', ''))
    .sort();
  const blocks = names.map((name) => {
    const { machine, comparisons, growth } = resultsOf(name);
    return [`## ${name.replaceAll('-', ' ')}`, placeOf(machine), summary(comparisons), growthTable(growth)].join(
      '\n\n',
    );
  });
  return `${[
    '# Speed',
    'Each table is one run on one machine. The contenders take turns, and they agree on the answer before they are timed. Times are medians. A ratio above 1 means that the other is slower.',
    '`npm run bench` compares with JavaScript packages, `npm run bench:python` with scikit-learn and PyTorch (on Debian: `apt-get install python3-sklearn python3-torch`). Rounds, minima and answers are in `bench/results/`. This page is written by `npm run readme`.',
    diagnoseTimes(),
    ...blocks,
  ].join('\n\n')}\n`;
}

const path = `${root}README.md`;
const before = readFileSync(path, 'utf8');
writeFileSync(path, fill(fill(fill(before, 'screen', screen()), 'result', result()), 'speed', speed()));
writeFileSync(`${root}bench/README.md`, benches());
