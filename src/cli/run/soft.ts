import type { FlatMatrix } from '../../core/types.js';
import { resolveMetric } from '../../distance/metric.js';
import { metricFromText } from '../../distance/metric-text.js';
import { softSilhouette } from '../../metrics/internal/soft-silhouette.js';
import { zScores } from '../../statistics/z-scores.js';
import { type SoftArguments, wantsJson } from '../arguments.js';
import { namingPlaces } from '../file-places.js';
import type { Finished } from '../finished.js';
import { loadData } from '../load-data.js';
import { jsonText } from '../print/json-text.js';
import { printSoft } from '../print/print-soft.js';
import { terminalOf } from '../terminal.js';

const SPACE = 'memberships';
/** Numbers with more decimals were not rounded for a reader. */
const MOST_DECIMALS = 12;

function decimalsOf(value: number): number {
  const [digits, exponent = '0'] = String(value).split('e');
  return Math.max(0, (digits!.split('.')[1]?.length ?? 0) - Number(exponent));
}

/**
 * How far the rounding to the decimals of a file can take the sum of a row from 1: half a unit of the last one
 * for each column. undefined where the numbers are whole, or were not rounded.
 */
export function roundingOf({ data, columns }: FlatMatrix): number | undefined {
  let most = 0;
  for (let p = 0; p < data.length && most < MOST_DECIMALS; p++) most = Math.max(most, decimalsOf(data[p]!));
  return most === 0 || most >= MOST_DECIMALS ? undefined : Math.min(0.1, columns * 0.5 * 10 ** -most * (1 + 1e-9));
}

/** `clusterlens soft`. */
export async function soft(file: string, given: SoftArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const metric = metricFromText('--metric', given.metric);
  resolveMetric('--metric', metric);
  const data = await loadData(file, {
    ...given,
    array: given.points,
    unlabelled: true,
    spaces: [{ name: SPACE, columns: given.memberships, option: '--memberships' }],
    points: true,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  terminal.endProgress();
  data.reading.notes.forEach(terminal.note);
  const { points, places } = data;
  const memberships = data.spaces[SPACE]!;
  const columns = places[`spaces.${SPACE}`]!;
  const used =
    given.standardize === true
      ? { ...points, data: zScores(Float64Array.from(points.data), points.rows, points.columns) }
      : points;
  const result = await namingPlaces({ ...places, memberships: columns }, async () =>
    softSilhouette(used, memberships, {
      metric,
      alpha: given.alpha,
      names: columns.columns,
      tolerance: roundingOf(memberships),
    }),
  );
  const output = wantsJson(given)
    ? jsonText({ schema: 1, reading: data.reading, ...result })
    : printSoft(result, data, terminal);
  return { output, code: 0 };
}
