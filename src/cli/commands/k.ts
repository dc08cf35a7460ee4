import { Command } from 'commander';
import { addOutputOptions, addPointOptions, type KArguments, repeated, wholeNumber } from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
Without --label the rows are clustered by k-means for k = 1 to --max, and so are
sets of random rows for the gap statistic, which alone can answer k = 1. With
--label the columns are compared, and nothing is clustered. Whether a k stands
for clusters is asked of the points: do they leave gaps between the groups. The
metric is that of silhouette and Dunn; k-means is Euclidean.

Examples:
  clusterlens k data.csv --max 12
  clusterlens k data.csv --standardize --features 'x_*'
  clusterlens k data.csv --label leiden_1 --label leiden_2 --label species
`;

/** `clusterlens k`: how many clusters. */
export function kCommand(finish: Finish): Command {
  const command = addPointOptions(new Command('k'), (options) =>
    options.option('-l, --label <name>', 'a column of labels, instead of k-means; may be given again', repeated),
  )
    .description('how many clusters: which k is favoured by which index, and whether any is')
    .option('--max <n>', 'clusters at most (default: 10)', wholeNumber(2, 1000))
    .option('--references <n>', 'sets of random rows for the gap statistic (default: 20)', wholeNumber(0, 10_000))
    .option('--sample-size <n>', 'rows that are clustered, or scored, at most (default: 2000)', wholeNumber(50));
  return addOutputOptions(command, 'the result of kSelection, with what was read and the answer,')
    .addHelpText('after', HELP)
    .action(async (file: string, given: KArguments) => {
      const { howMany } = await import('../run/k.js');
      finish(await howMany(file, given), given);
    });
}
