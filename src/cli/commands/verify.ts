import { Command } from 'commander';
import { InputError } from '../../core/errors.js';
import type { ClaimCheck } from '../../diagnose/claim-types.js';
import { readClaims, verifyClaims } from '../../diagnose/verify-claims.js';
import type { Metric } from '../../distance/metric.js';
import { addPointOptions, named, noiseLabelOf, type PointArguments, wholeNumber } from '../arguments.js';
import type { Finished } from '../finished.js';
import { loadData } from '../load-data.js';
import { jsonText } from '../print/json-text.js';
import { printClaims } from '../print/print-claims.js';
import { terminalOf } from '../terminal.js';

interface VerifyArguments extends PointArguments {
  readonly claim?: Record<string, string>;
  readonly exactRows?: number;
  readonly json?: boolean;
  readonly verbose?: boolean;
}

/** A refuted claim outweighs one that could not be computed. */
function codeOf(checks: readonly ClaimCheck[]): Finished['code'] {
  if (checks.some(({ verdict }) => verdict === 'refuted')) return 1;
  return checks.some(({ verdict }) => verdict === 'not-computable') ? 2 : 0;
}

async function verify(file: string, given: VerifyArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const { claim, metric, standardize, noiseLabel, exactRows, seed } = given;
  if (claim === undefined) {
    throw new InputError(
      'empty',
      'verify: needs at least one claim, got none; add --claim NAME=VALUE, as --claim silhouette=0.68',
    );
  }
  readClaims('verify', claim); // before a long file is read
  const data = await loadData(file, {
    ...given,
    points: true,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  terminal.endProgress();
  data.notes.forEach(terminal.note);
  const names = Object.keys(claim);
  const noise = noiseLabelOf(noiseLabel, data.labels, terminal);
  const checks = names.flatMap((name, i) => {
    terminal.progress(`recomputing ${name}`, i, names.length);
    return verifyClaims(
      data.points,
      data.labels,
      { [name]: claim[name]! },
      { metric: metric as Metric | undefined, standardize, noiseLabel: noise, exactRows, seed },
    );
  });
  terminal.endProgress();
  const output = given.json
    ? jsonText({ schema: 1, claims: checks })
    : printClaims(checks, terminal, given.verbose ?? false);
  return { output, code: codeOf(checks) };
}

const HELP = `
Exit code: 0 all claims reproduced, 1 a claim refuted, 2 a claim could not be
computed, or bad usage.

Claims are compared at their own number of decimals. Names: silhouette,
davies-bouldin, calinski-harabasz, xie-beni, dunn, dbcv, neighbor-agreement,
simplified-silhouette, medoid-silhouette; examples, classes, singletons,
median-class-size, mean-class-size, imbalance-ratio, effective-classes, gini.

Examples:
  clusterlens verify data.csv --claim silhouette=0.68 --claim davies-bouldin=0.82
  clusterlens verify data.csv --features 'z_*' --claim silhouette=0.31 --verbose
  clusterlens verify - --format csv --claim classes=24 < data.csv
`;

/** `clusterlens verify`: recompute claimed numbers; made for CI. */
export function verifyCommand(finish: (result: Finished) => void): Command {
  return addPointOptions(new Command('verify'))
    .description('recompute claimed numbers, and find the convention that gives them, if any does')
    .option('--claim <name=value>', 'a claimed number; may be given again', named('NAME=VALUE, as silhouette=0.68'))
    .option(
      '--exact-rows <n>',
      'above this many rows, indices that compare all pairs are sampled or left out (default: 10000)',
      wholeNumber(10),
    )
    .option('--verbose', 'every convention that was tried')
    .option('--json', 'the checks as JSON, and nothing else, on standard output')
    .addHelpText('after', HELP)
    .action(async (file: string, given: VerifyArguments) => finish(await verify(file, given)));
}
