import { Command } from 'commander';
import { addOutputOptions, addPointOptions, type RowsArguments, wholeNumber } from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
These are the rows that diagnose lists. A row on the list need not be wrong:
where classes overlap, many rows are on the border.

Examples:
  clusterlens rows data.csv
  clusterlens rows data.csv -o suspicious.csv
  clusterlens rows data.csv --csv | head -20
`;

/** `clusterlens rows`: which rows to look up, and why. */
export function rowsCommand(finish: Finish): Command {
  const command = addPointOptions(new Command('rows'))
    .description('the rows to look up, the most suspicious first, each with a reason')
    .option('--sample-size <n>', 'rows that the costly tests use at most (default: 2000)', wholeNumber(50));
  return addOutputOptions(command, 'the rows, counted from 0,')
    .option('--csv', 'the rows as CSV, counted from 1 (also where the file of --output is .csv)')
    .addHelpText('after', HELP)
    .action(async (file: string, given: RowsArguments) => {
      const { rows } = await import('../run/rows.js');
      finish(await rows(file, given), given);
    });
}
