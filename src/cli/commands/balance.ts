import { Command } from 'commander';
import { addCommonOptions, addOutputOptions, type BalanceArguments } from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
Examples:
  clusterlens balance data.csv
  clusterlens balance data.csv --label cluster --min-class-size 10
  clusterlens balance points.npy --labels labels.npy --json
`;

/** `clusterlens balance`: how evenly the rows are spread over the classes. */
export function balanceCommand(finish: Finish): Command {
  return addOutputOptions(addCommonOptions(new Command('balance')), 'the result of classBalance, with what was read,')
    .description('how evenly rows are spread over classes: sizes, small classes, measures of imbalance')
    .option('-v, --verbose', 'every class, not only the largest')
    .addHelpText('after', HELP)
    .action(async (file: string, given: BalanceArguments) => {
      const { balance } = await import('../run/balance.js');
      finish(await balance(file, given), given);
    });
}
