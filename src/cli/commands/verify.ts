import { Command } from 'commander';
import { addOutputOptions, addPointOptions, CLAIMS, named, type PointArguments, wholeNumber } from '../arguments.js';
import type { Finished } from '../finished.js';

export interface VerifyArguments extends PointArguments {
  readonly claim?: Record<string, string>;
  readonly exactRows?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

const HELP = `
Exit code: 0 all claims reproduced, 1 a claim refuted, 2 a claim could not be
computed, or bad usage.

Claims are compared at their own number of decimals. Names: silhouette,
davies-bouldin, calinski-harabasz, xie-beni, dunn, dbcv, neighbor-agreement,
simplified-silhouette, medoid-silhouette; examples, classes, singletons,
median-class-size, mean-class-size, imbalance-ratio, effective-classes, gini.

Examples:
  clusterlens verify data.csv --claim silhouette=0.68 --claim dunn=0.12
  clusterlens verify data.csv --features 'z_*' --claim silhouette=0.31 --verbose
  clusterlens verify - --format csv --claim classes=24 < data.csv
`;

/** `clusterlens verify`: recompute claimed numbers; made for CI. */
export function verifyCommand(finish: (result: Finished) => void): Command {
  const command = addPointOptions(new Command('verify'))
    .description('recompute claimed numbers, and find the convention that gives them, if any does')
    .option(
      '--exact-rows <n>',
      'above this many rows, indices that compare all pairs are sampled or left out (default: 10000)',
      wholeNumber(10),
    )
    .optionsGroup(CLAIMS)
    .option('--claim <name=value>', 'a claimed number; may be given again', named('NAME=VALUE, as silhouette=0.68'));
  return addOutputOptions(command)
    .option('--verbose', 'every convention that was tried')
    .option('--json', 'the checks as JSON, and nothing else, on standard output')
    .addHelpText('after', HELP)
    .action(async (file: string, given: VerifyArguments) => {
      const { verify } = await import('../run/verify.js');
      finish(await verify(file, given));
    });
}
