import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { configurations } from './configurations.js';
import { type Corpus, syntheticCorpus } from './corpus.js';
import { corpusText, describeCorpus } from './describe-corpus.js';
import { digitsCorpus } from './digits.js';
import { lessons } from './lessons.js';
import { CorpusFileError, loadCorpus } from './load.js';
import { writeCorpus, writeReport } from './outputs.js';
import type { ConfigurationReport } from './report.js';
import { runConfiguration } from './run-configuration.js';
import { table } from './table.js';

function seedArgument(text: string): number {
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new InvalidArgumentError('It must be a whole number from 0.');
}

const command = new Command('npm run example --')
  .description('Trains three configurations and a control, and shows training rows beside held-out rows.')
  .option('--data <file>', 'corpus to use: .csv with a label column, or .parquet with text and param_values')
  .option('--quick', 'few epochs: ends in a minute, and shows how it works rather than what is true')
  .option('--seed <number>', 'seed of split, weights, batches and permutations', seedArgument, 0)
  .option('--out <folder>', 'where the files go', fileURLToPath(new URL('../out', import.meta.url)))
  .parse();
const {
  data,
  quick = false,
  seed,
  out,
} = command.opts<{ data?: string; quick?: boolean; seed: number; out: string }>();

function wrap(text: string, width = 79): string {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines[lines.length - 1]!;
    if (last.length + word.length >= width) lines.push(`  ${word}`);
    else lines[lines.length - 1] = last === '' ? word : `${last} ${word}`;
  }
  return lines.join('\n');
}

async function main(): Promise<void> {
  const started = performance.now();
  const corpus: Corpus = data === undefined ? syntheticCorpus() : await loadCorpus(data);
  const described = describeCorpus(corpus, seed);
  const text = corpusText(described);
  console.log(`${text}\n`);
  if (quick) console.log('Quick run: few epochs. Leave out --quick for numbers to judge by.\n');
  writeCorpus(out, corpus);

  const plan = configurations(quick);
  const reports: ConfigurationReport[] = [];
  const jobs = [
    ...plan.corpus.map((configuration) => ({ configuration, rows: corpus })),
    { configuration: plan.control, rows: digitsCorpus(seed) },
  ];
  for (const { configuration, rows } of jobs) {
    const report = await runConfiguration(rows, configuration, out, seed);
    reports.push(report);
    console.log(`${table(report)}`);
    for (const [g, terms] of (report.groups ?? []).entries())
      console.log(wrap(`  group ${g + 1}: ${terms.join(', ')}`));
    const { training, heldOut } = report.reconstructionError;
    console.log(
      `  ${report.epochs} epochs in ${report.seconds.toFixed(0)} s, ${report.parameters.toLocaleString('en')} parameters, ` +
        `reconstruction ${training.toFixed(3)} | ${heldOut.toFixed(3)}\n`,
    );
  }
  const shown = lessons(reports);
  for (const lesson of shown) console.log(wrap(`* ${lesson}`));
  const argumentsGiven = process.argv.slice(2).join(' ');
  writeReport(
    out,
    {
      schema: 1,
      command: `npm run example${argumentsGiven === '' ? '' : ` -- ${argumentsGiven}`}`,
      seed,
      quick,
      node: process.version,
      corpus: described,
      configurations: reports,
      lessons: shown,
    },
    text,
  );
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${seconds} s; report, codes, models and pictures are in ${out}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CorpusFileError)) throw error;
  console.error(`example: ${error.message}`);
  process.exitCode = 2;
}
