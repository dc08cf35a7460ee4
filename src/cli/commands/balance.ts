import { Command } from 'commander';
import { classBalance } from '../../imbalance/class-balance.js';
import { addCommonOptions, type CommonArguments } from '../arguments.js';
import type { Finished } from '../finished.js';
import { loadData } from '../load-data.js';
import { jsonText } from '../print/json-text.js';
import { printBalance } from '../print/print-balance.js';
import { terminalOf } from '../terminal.js';

interface BalanceArguments extends CommonArguments {
  readonly json?: boolean;
  readonly verbose?: boolean;
}

async function balance(file: string, given: BalanceArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const data = await loadData(file, {
    ...given,
    points: false,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  terminal.endProgress();
  data.notes.forEach(terminal.note);
  const result = classBalance(data.labels);
  const output = given.json ? jsonText(result) : printBalance(result, data, terminal, given.verbose ?? false);
  return { output, code: 0 };
}

const HELP = `
Examples:
  clusterlens balance data.csv
  clusterlens balance data.csv --label cluster --min-class-size 10
  clusterlens balance points.npy --labels labels.npy --json
`;

/** `clusterlens balance`: how evenly the rows are spread over the classes. */
export function balanceCommand(finish: (result: Finished) => void): Command {
  return addCommonOptions(new Command('balance'))
    .description('how evenly rows are spread over classes: sizes, small classes, measures of imbalance')
    .option('--verbose', 'every class, not only the largest')
    .option('--json', 'the result of classBalance as JSON, and nothing else, on standard output')
    .addHelpText('after', HELP)
    .action(async (file: string, given: BalanceArguments) => finish(await balance(file, given)));
}
