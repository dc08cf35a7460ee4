import { fileURLToPath } from 'node:url';
import { Command, InvalidArgumentError } from 'commander';
import { configurations, EFFORT, isCase } from './configurations.js';
import { syntheticCorpus } from './corpus.js';
import { digitsCorpus } from './digits.js';
import { CorpusFileError, loadCorpus, loadTrainable } from './load.js';
import { measuredText, measureModel } from './measure-model.js';
import { runExample } from './run-example.js';
import { OtherOutputError } from './unfinished.js';
import { wrap } from './wrap.js';

function seedArgument(text: string): number {
  const seed = Number(text);
  if (Number.isSafeInteger(seed) && seed >= 0) return seed;
  throw new InvalidArgumentError('It must be a whole number from 0.');
}

const command = new Command('npm run example --')
  .description('Trains three configurations and a control, and shows training rows beside held-out rows.')
  .option('--data <file>', 'corpus to use: .csv with a label column, or .parquet with text and param_values')
  .option(
    '--model <file>',
    'weights of the reference autoencoder, .pt or .safetensors: nothing is trained, its spaces are measured',
  )
  .option('--quick', 'few epochs: ends in a minute, and shows how it works rather than what is true')
  .option('--seed <number>', 'seed of split, weights, batches and permutations', seedArgument, 0)
  .option('--out <folder>', 'where the files go', fileURLToPath(new URL('../out', import.meta.url)))
  .option('--force', 'replace the output of other data in the folder', false)
  .parse();
const {
  data,
  model,
  quick = false,
  seed,
  out,
  force,
} = command.opts<{ data?: string; model?: string; quick?: boolean; seed: number; out: string; force: boolean }>();

async function main(): Promise<void> {
  const started = performance.now();
  if (model !== undefined) {
    if (data === undefined)
      throw new CorpusFileError(`${model}: needs the rows that the model was trained on; add --data FILE`);
    const measured = await loadCorpus(data);
    console.log(measuredText(measured, model, measureModel(measured, model)));
    return;
  }
  const corpus = data === undefined ? syntheticCorpus() : await loadTrainable(data);
  const plan = configurations(quick, isCase(corpus));
  const effort = quick ? EFFORT.quick : EFFORT.full;
  if (quick) {
    const epochs = [...plan.corpus, plan.control].map(({ name, epochs }) => `${name} ${epochs}`).join(', ');
    console.log(
      wrap(
        `Quick run: few epochs (${epochs}), ${effort.permutations} permutations, ${effort.umapEpochs} epochs of UMAP. It shows how the ` +
          'example works; leave out --quick for numbers to judge by.\n',
      ),
    );
  }
  const argumentsGiven = process.argv.slice(2).join(' ');
  const jobs = [
    ...plan.corpus.map((configuration) => ({ configuration, corpus })),
    { configuration: plan.control, corpus: digitsCorpus(seed) },
  ];
  await runExample(corpus, jobs, {
    out,
    force,
    seed,
    quick,
    effort,
    command: `npm run example${argumentsGiven === '' ? '' : ` -- ${argumentsGiven}`}`,
    print: console.log,
  });
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`\n${seconds} s; report.md, diagnoses, codes, models and pictures are in\n${out}`);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof CorpusFileError || error instanceof OtherOutputError)) throw error;
  console.error(`example: ${error.message}`);
  process.exitCode = 2;
}
