import { Command } from 'commander';
import { dataArguments } from '../data-arguments.js';
import { addDiagnoseOptions, type DiagnoseArguments, diagnoseFile } from '../diagnose-file.js';
import type { Finished } from '../finished.js';
import { jsonText } from '../print/json-text.js';
import { printDiagnosis } from '../print/print-diagnosis.js';
import { terminalOf } from '../terminal.js';

interface Arguments extends DiagnoseArguments {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

const HELP = `
Examples:
  clusterlens diagnose data.csv
  clusterlens diagnose data.parquet --label species --standardize
  clusterlens diagnose points.npy --labels labels.npy --noise-label -1
  clusterlens diagnose run.csv --features 'x_*' --space latent='z_*' \\
      --held-out test.csv --training-record record.json
  cat data.csv | clusterlens diagnose - --format csv --json > diagnosis.json
`;

async function run(file: string, given: Arguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const { diagnosis, data } = await diagnoseFile(file, given, terminal);
  const output = given.json
    ? jsonText(diagnosis)
    : printDiagnosis(diagnosis, data, terminal, {
        verbose: given.verbose ?? false,
        dataArguments: dataArguments(file, given),
      });
  return { output, code: 0 };
}

/** `clusterlens diagnose`: are the clusters real, why not, and what to do. */
export function diagnoseCommand(finish: (result: Finished) => void): Command {
  return addDiagnoseOptions(new Command('diagnose'))
    .description('are these clusters real, why not, and what to do: hypotheses tested, with evidence')
    .option('--verbose', 'all evidence: every number, with the test that gave it, and the tables')
    .option('--json', 'the diagnosis as JSON, and nothing else, on standard output')
    .addHelpText('after', HELP)
    .action(async (file: string, given: Arguments) => finish(await run(file, given)));
}
