import { InputError } from '../../core/errors.js';
import { resolveMetric } from '../../distance/metric.js';
import { metricFromText } from '../../distance/metric-text.js';
import { sayLeftOut } from '../../report/say-columns.js';
import { sayDropped } from '../../report/say-value.js';
import { readClaims } from '../../studies/claims/verify-claims.js';
import { type VerifyArguments, wantsJson } from '../arguments.js';
import { codeOf } from '../claims-code.js';
import { requireClasses } from '../diagnose-file.js';
import { namingPlaces } from '../file-places.js';
import type { Finished } from '../finished.js';
import { wrap } from '../layout.js';
import { type LoadedData, loadData } from '../load-data.js';
import { metricOf } from '../metric-of.js';
import { throughModel } from '../model-points.js';
import { noiseLabelOf } from '../noise-label.js';
import { jsonText } from '../print/json-text.js';
import { printClaims } from '../print/print-claims.js';
import { terminalOf } from '../terminal.js';
import { verifyInThreads } from '../threads/verify-in-threads.js';

/** What the reader must know before the claims. */
function said({ reading, uses }: LoadedData, width: number): string {
  const away = sayLeftOut(uses);
  const lines = [
    sayDropped(reading),
    away === undefined
      ? undefined
      : `Not used: ${away}. --features names the columns to use, --keep-identifiers takes all.`,
  ].filter((line) => line !== undefined);
  return lines.length === 0 ? '' : `${lines.flatMap((line) => wrap(line, width)).join('\n')}\n\n`;
}

export async function verify(file: string, given: VerifyArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const { claim, metric, standardize, noiseLabel, exactRows, sampleOnly, strict, seed, threads } = given;
  if (claim === undefined) {
    throw new InputError(
      'empty',
      'verify: needs at least one claim, got none; add --claim NAME=VALUE, as --claim silhouette=0.68',
    );
  }
  const measured = metricFromText('--metric', metric);
  resolveMetric('--metric', measured);
  readClaims('verify', claim); // before a long file is read
  const loaded = await loadData(file, {
    ...given,
    keepConstants: given.model !== undefined,
    array: given.points,
    points: true,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  terminal.endProgress();
  const data = await throughModel(loaded, given);
  const noise = noiseLabelOf(noiseLabel, data.labels, terminal);
  const options = {
    metric: metricOf({ metric, standardize: given.model === undefined ? standardize : false }, data, noise),
    // Of a model the columns that enter it are meant.
    standardize: given.model === undefined ? standardize : undefined,
    noiseLabel: noise,
    exactRows,
    sampleOnly,
    strict,
    seed,
  };
  const checks = await namingPlaces(data.places, () =>
    verifyInThreads(data, claim, options, terminal.progress, threads),
  );
  terminal.endProgress();
  // What has no value since there are no classes is said once.
  if (checks.every(({ verdict }) => verdict === 'not-computable')) requireClasses(data, options.noiseLabel);
  data.reading.notes.forEach(terminal.note);
  const output = wantsJson(given)
    ? jsonText({ schema: 1, reading: data.reading, columns: data.uses, claims: checks })
    : said(data, terminal.width) + printClaims(checks, terminal, given.verbose ?? false);
  return { output, code: codeOf(checks) };
}
