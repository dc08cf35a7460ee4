import { Command, InvalidArgumentError } from 'commander';
import {
  addDistanceOptions,
  addFeatureOptions,
  addFileOptions,
  addOutputOptions,
  type SoftArguments,
} from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
Each row is put into the cluster of its largest membership. The fuzzy silhouette
weighs the widths of these crisp labels by (u1 - u2)^alpha, u1 and u2 being the
two largest memberships of the row; memberships of a row must sum to 1 up to the
decimals that the file gives.

Examples:
  clusterlens soft data.csv --memberships 'p_*'
  clusterlens soft mixture.parquet --memberships p_0..p_4 --features 'x_*' --json
`;

function exponent(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value > 0 && value < Infinity) return value;
  throw new InvalidArgumentError('It must be a number above 0.');
}

/** `clusterlens soft`: silhouettes of memberships. */
export function softCommand(finish: Finish): Command {
  const read = addFileOptions(new Command('soft'), (options) =>
    options.requiredOption('--memberships <columns>', 'columns of the memberships, named as those of --features'),
  );
  const command = addDistanceOptions(addFeatureOptions(read))
    .description('how clear are soft labels: fuzzy clusters, mixtures, topics')
    .option('--alpha <exponent>', 'exponent of the weights (default: 1)', exponent);
  return addOutputOptions(command, 'the result of softSilhouette, with what was read,')
    .addHelpText('after', HELP)
    .action(async (file: string, given: SoftArguments) => {
      const { soft } = await import('../run/soft.js');
      finish(await soft(file, given), given);
    });
}
