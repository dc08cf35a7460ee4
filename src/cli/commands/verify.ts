import { Command, Option } from 'commander';
import {
  addOutputOptions,
  addPointOptions,
  addThreads,
  CLAIMS,
  MODEL,
  MODEL_SPACES,
  named,
  type VerifyArguments,
  wholeNumber,
} from '../arguments.js';
import type { Finish } from '../finished.js';

const HELP = `
Exit code:
  0  all claims are reproduced with the settings given
  1  a claim is refuted; with --strict also one that another convention gives
  2  a claim cannot be computed, or a sample of the rows cannot decide it, or
     the input or the usage is bad
  3  a claim is reproduced only under another convention than the settings given
Of several claims the first of 1, 2, 3, 0 that one of them has.

Claims are compared at their own number of decimals. Above --exact-rows rows
silhouette and neighbor-agreement are estimated from a sample, which can refute
a claim; what it leaves open is computed exactly where that is affordable.
CONSISTENT means that the sample cannot tell: a larger --exact-rows decides.

Names: silhouette, davies-bouldin, calinski-harabasz, xie-beni, dunn, dbcv,
neighbor-agreement, simplified-silhouette, medoid-silhouette; examples, classes,
singletons, median-class-size, mean-class-size, imbalance-ratio,
effective-classes, gini.

Examples:
  clusterlens verify data.csv --claim silhouette=0.68 --claim dunn=0.12
  clusterlens verify data.csv --features 'z_*' --claim silhouette=0.31 --verbose
  clusterlens verify data.csv --model model.pt --claim silhouette=0.68
  clusterlens verify - --format csv --claim classes=24 < data.csv
`;

/** `clusterlens verify`: recompute claimed numbers; made for CI. */
export function verifyCommand(finish: Finish): Command {
  const command = addThreads(addPointOptions(new Command('verify')))
    .description('recompute claimed numbers, and find the convention that gives them, if any does')
    .option(
      '--exact-rows <n>',
      'up to this many rows everything is computed exactly; above, silhouette and neighbour agreement are sampled first and other indices of all pairs are left out (default: 10000)',
      wholeNumber(10),
    )
    .option('--sample-only', 'leave open what a sample leaves open, instead of computing it exactly')
    .optionsGroup(MODEL)
    .option(
      '--model <file>',
      'weights of the reference autoencoder (.pt, .pth, .safetensors): the claims are about what it gives; --standardize is of the columns that enter it',
    )
    .addOption(
      new Option('--on <space>', 'output of the model that is measured (default: latent)').choices(MODEL_SPACES),
    )
    .optionsGroup(CLAIMS)
    .option('--strict', 'only the settings given count: what another convention gives is refuted')
    .option('--claim <name=value>', 'a claimed number; may be given again', named('NAME=VALUE, as silhouette=0.68'));
  return addOutputOptions(command, 'the checks')
    .option('-v, --verbose', 'every convention that was tried')
    .addHelpText('after', HELP)
    .action(async (file: string, given: VerifyArguments) => {
      const { verify } = await import('../run/verify.js');
      finish(await verify(file, given), given);
    });
}
