import { Command } from 'commander';
import {
  addCommonOptions,
  addOutputOptions,
  type CompareArguments,
  METHOD,
  repeated,
  wholeNumber,
} from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
Classes are matched one to one, so that as many rows as possible agree; their
names play no part. What differs is told as classes that are split, classes that
are joined, and rows that lie elsewhere.

Examples:
  clusterlens compare data.csv --label species --label cluster
  clusterlens compare data.csv -l old -l new --rows moved.csv
  clusterlens compare data.csv --label species --labels clusters.npy --json
`;

/** `clusterlens compare`: two label columns of the same rows. */
export function compareCommand(finish: Finish): Command {
  const command = addCommonOptions(new Command('compare'), (options) =>
    options
      .option('-l, --label <name>', 'a column of labels; given twice, or once beside --labels', repeated)
      .option('--labels <file>', 'labels from a file of their own: npy, csv, or text with one per line'),
  )
    .description('two label columns of the same rows: do they agree, and what differs')
    .optionsGroup(METHOD)
    .option('-s, --seed <n>', 'seed of everything drawn at random (default: 0)', wholeNumber(0))
    .option('--permutations <n>', 'permutations of the labels, at least 19 (default: 200)', wholeNumber(19, 100_000));
  return addOutputOptions(command, 'the result of compareLabels, with what was read,')
    .option('-v, --verbose', 'every part of the table that is not empty')
    .option('--rows <file>', 'write the rows outside the matching as CSV: data row (from 1) and both labels')
    .addHelpText('after', HELP)
    .action(async (file: string, given: CompareArguments) => {
      const { compare } = await import('../run/compare.js');
      finish(await compare(file, given), given);
    });
}
