import { Command } from 'commander';
import { addDiagnoseOptions, addOutputOptions, type DiagnoseCommandArguments } from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
Exit code: 0, also where the clusters are not real; 2 for bad input or usage.
With --claim as verify: 1 refuted, 2 not computed, 3 by another convention.

Examples:
  clusterlens diagnose data.csv
  clusterlens diagnose data.parquet --label species --standardize
  clusterlens diagnose points.npy --labels labels.npy --noise-label -1
  clusterlens diagnose run.csv --features 'x_*' --space latent='z_*' \\
      --held-out test.csv --training-record record.json
  cat data.csv | clusterlens diagnose - --format csv --json > diagnosis.json
`;

/** `clusterlens diagnose`: are the clusters real, why not, and what to do. */
export function diagnoseCommand(finish: Finish): Command {
  return addOutputOptions(addDiagnoseOptions(new Command('diagnose')), 'the diagnosis')
    .description('are these clusters real, why not, and what to do: an answer, with the evidence')
    .option('-v, --verbose', 'all evidence: every number, with the test that gave it, and the tables')
    .option('--rows <file>', 'write the rows to look up as CSV: data row (from 1), label, nearer label, reason')
    .option('--groups <file>', 'write the groups that the points show as CSV: of each row inside its class, and of all')
    .addHelpText('after', HELP)
    .action(async (file: string, given: DiagnoseCommandArguments) => {
      const { diagnose } = await import('../run/diagnose.js');
      finish(await diagnose(file, given), given);
    });
}
