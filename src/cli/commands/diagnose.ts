import { Command } from 'commander';
import { addDiagnoseOptions, addOutputOptions, type DiagnoseCommandArguments } from '../arguments.js';
import type { Finished } from '../finished.js';

const HELP = `
Exit code with --claim: 0 all claims reproduced, 1 a claim refuted, 2 a claim
could not be computed or decided. Without a claim: 0. Bad usage: 2.

Examples:
  clusterlens diagnose data.csv
  clusterlens diagnose data.parquet --label species --standardize
  clusterlens diagnose points.npy --labels labels.npy --noise-label -1
  clusterlens diagnose run.csv --features 'x_*' --space latent='z_*' \\
      --held-out test.csv --training-record record.json
  cat data.csv | clusterlens diagnose - --format csv --json > diagnosis.json
`;

/** `clusterlens diagnose`: are the clusters real, why not, and what to do. */
export function diagnoseCommand(finish: (result: Finished) => void): Command {
  return addOutputOptions(addDiagnoseOptions(new Command('diagnose')))
    .description('are these clusters real, why not, and what to do: an answer, with the evidence')
    .option('--verbose', 'all evidence: every number, with the test that gave it, and the tables')
    .option('--rows <file>', 'write the rows to look up as CSV: data row (from 1), label, nearer label, reason')
    .option('--groups <file>', 'write the groups that the points show as CSV: of each row inside its class, and of all')
    .option('--json', 'the diagnosis as JSON, and nothing else, on standard output')
    .addHelpText('after', HELP)
    .action(async (file: string, given: DiagnoseCommandArguments) => {
      const { diagnose } = await import('../run/diagnose.js');
      finish(await diagnose(file, given));
    });
}
