import { InputError, UndefinedMetricError } from '../../core/errors.js';
import type { FlatMatrix, Label } from '../../core/types.js';
import { sampleRows } from '../../data/row-sample.js';
import { resolveMetric } from '../../distance/metric.js';
import { metricFromText } from '../../distance/metric-text.js';
import { pickRows } from '../../read/labelled-rows.js';
import { zScores } from '../../statistics/z-scores.js';
import { type KArguments, wantsJson } from '../arguments.js';
import { namingPlaces } from '../file-places.js';
import type { Finished } from '../finished.js';
import { type HowMany, howManyByKMeans, howManyOf } from '../how-many.js';
import { type LoadedData, loadData } from '../load-data.js';
import { metricOf } from '../metric-of.js';
import { noiseLabelOf } from '../noise-label.js';
import { jsonText } from '../print/json-text.js';
import { printHowMany } from '../print/print-how-many.js';
import { type Terminal, terminalOf } from '../terminal.js';

const SAMPLE = 2000;

/** At most so many rows, drawn with the seed. */
function drawn(points: FlatMatrix, size: number, seed: number): FlatMatrix {
  const { rows: n, columns: d } = points;
  const rows = { n, d, k: 1, points: points.data as Float64Array, labels: new Int32Array(n) };
  return n <= size ? points : pickRows(points, sampleRows(rows, size, seed));
}

function standardized(points: FlatMatrix, { standardize }: KArguments): FlatMatrix {
  if (standardize !== true) return points;
  return { ...points, data: zScores(points.data as Float64Array, points.rows, points.columns) };
}

/** One sentence where no division has a value. */
function requireRows({ name, points }: LoadedData, { selection }: Pick<HowMany, 'selection'>): void {
  if (Object.values(selection.bestRow).some((row) => row !== null)) return;
  throw new UndefinedMetricError(
    'undefined-metric',
    `${name}: needs rows that differ, in two groups or more and fewer groups than rows, got none such in ${points.rows} rows; check the columns`,
  );
}

function computed(data: LoadedData, given: KArguments, terminal: Terminal): HowMany {
  const { label, seed = 0, sampleSize = SAMPLE, max = 10, references = 20, noiseLabel } = given;
  const settings = { metric: metricOf(given, data, undefined), sampleSize, seed };
  const points = standardized(data.points, given);
  if (label === undefined) {
    if (points.rows < 3) {
      throw new UndefinedMetricError(
        'too-many-clusters',
        `${data.name}: needs three rows or more to cluster, got ${points.rows}`,
      );
    }
    const onClustering = (done: number, total: number) => terminal.progress('clustering', done, total);
    return howManyByKMeans(drawn(points, sampleSize, seed), { ...settings, max, references, onClustering });
  }
  const labelings = Object.fromEntries([
    [label[0]!, data.labels],
    ...data.beside.map(({ name, labels }) => [name, labels] as const),
  ]) as Record<string, readonly Label[]>;
  const all = Object.values(labelings).flat();
  terminal.progress('scoring', 0, 1);
  return howManyOf(points, labelings, { ...settings, noiseLabel: noiseLabelOf(noiseLabel, all, terminal) });
}

/** `clusterlens k`. */
export async function howMany(file: string, given: KArguments): Promise<Finished> {
  const terminal = terminalOf({ quiet: given.quiet ?? false });
  const { label, metric } = given;
  const named = resolveMetric('--metric', metricFromText('--metric', metric));
  if (label === undefined && named.kind === 'precomputed') {
    throw new InputError(
      'wrong-type',
      'k: needs the points to cluster them, got distances; name columns of labels with --label',
    );
  }
  const data = await loadData(file, {
    ...given,
    array: given.points,
    label: label?.[0],
    beside: label?.slice(1),
    unlabelled: label === undefined,
    minClassSize: label?.length === 1 ? given.minClassSize : undefined,
    points: true,
    onBytes: (read, size) => terminal.progress('reading', read, size),
  });
  const found = await namingPlaces(data.places, async () => computed(data, given, terminal));
  terminal.endProgress();
  requireRows(data, found);
  data.reading.notes.forEach(terminal.note);
  const { selection, sentence, favoured } = found;
  const answer = found.answer === null ? null : favoured[found.answer]!;
  const output = wantsJson(given)
    ? jsonText({ schema: 1, reading: data.reading, columns: data.uses, answer, sentence, favoured, ...selection })
    : printHowMany(found, data, terminal);
  return { output, code: 0 };
}
