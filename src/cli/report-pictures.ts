import { UndefinedMetricError } from '../core/errors.js';
import type { TrainingRecord } from '../core/training-record.js';
import type { FlatMatrix, Label } from '../core/types.js';
import { readDataset } from '../data/dataset.js';
import { filterSensitivity } from '../diagnose/filter-sensitivity.js';
import { asInput, partOf, sampleRows } from '../diagnose/row-sample.js';
import type { Diagnosis } from '../diagnose/types.js';
import type { Metric } from '../distance/metric.js';
import { zScores } from '../kernels/z-scores.js';
import { silhouette } from '../metrics/internal/silhouette.js';
import { diagnosisPictures } from '../plot/diagnosis-pictures.js';
import { latentScatter } from '../plot/latent-scatter.js';
import type { Picture } from '../plot/picture.js';
import { confusability } from '../signatures/confusability.js';
import { signatureDistances } from '../signatures/signature-distances.js';
import { signatures } from '../signatures/signatures.js';
import type { LoadedData } from './load-data.js';
import { principalPlane } from './principal-plane.js';

/** Rows behind the pictures that compare all pairs; the diagnosis samples as many. */
const ROWS = 2000;
const SCORED = 1000;
/** Classes that a heat map can show. */
const CLASSES = 24;
const SPACES = 4;

interface Rows {
  readonly points: FlatMatrix;
  readonly labels: readonly Label[];
}

/** The rows that are not noise, at most `ROWS` of them. */
function drawn(points: FlatMatrix, labels: readonly Label[], { input }: Diagnosis, scaled: boolean): Rows {
  const data = readDataset('report', points, labels);
  const part = scaled ? { ...data, points: zScores(data.points, data.n, data.d) } : data;
  const noise = input.noise === null ? -1 : part.classes.indexOf(input.noise.label);
  const kept = Int32Array.from({ length: part.n }, (_, i) => i).filter((i) => part.labels[i] !== noise);
  const clean = noise === -1 ? part : partOf(part, kept);
  const [flat, names] = asInput(partOf(clean, sampleRows(clean, ROWS, input.seed)));
  return { points: flat, labels: names };
}

/** What is undefined on these data has no picture. */
function where<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch (error) {
    if (error instanceof UndefinedMetricError) return undefined;
    throw error;
  }
}

function scoreOf({ metrics }: Diagnosis, space: string, heldOut: boolean): number | null {
  const row = metrics.find(
    (m) => m.metric === 'silhouette' && m.space === space && (m.rows === 'held-out') === heldOut,
  );
  return row?.score ?? null;
}

function planes(data: LoadedData, heldOut: LoadedData | undefined, diagnosis: Diagnosis): Picture[] {
  const { standardized } = diagnosis.input;
  const spaces: [string, FlatMatrix, FlatMatrix | undefined][] = [
    ['input', data.points, heldOut?.points],
    ...Object.entries(data.spaces).map(([name, points]): [string, FlatMatrix, FlatMatrix | undefined] => [
      name,
      points,
      heldOut?.spaces[name],
    ]),
  ];
  return spaces.slice(0, SPACES).flatMap(([name, points, held]) => {
    const rows = drawn(points, data.labels, diagnosis, standardized);
    const plane = principalPlane(rows.points);
    if (plane === null) return [];
    // Held-out columns have no scale of their own in the plane of scaled training rows.
    const other = held === undefined || standardized ? undefined : drawn(held, heldOut!.labels, diagnosis, false);
    return [
      latentScatter(
        {
          method: `first two principal components, ${(100 * plane.shown).toFixed(0)}% of the variance`,
          training: {
            points: plane.project(rows.points),
            labels: rows.labels,
            score: scoreOf(diagnosis, name, false),
          },
          ...(other === undefined
            ? {}
            : {
                heldOut: {
                  points: plane.project(other.points),
                  labels: other.labels,
                  score: scoreOf(diagnosis, name, true),
                },
              }),
        },
        { theme: 'page', title: name === 'input' ? 'The points in a plane' : `The space '${name}' in a plane` },
      ),
    ];
  });
}

/** The pictures of a report, for a page. */
export function reportPictures(
  diagnosis: Diagnosis,
  data: LoadedData,
  heldOut: LoadedData | undefined,
  { metric, training }: { readonly metric: Metric | undefined; readonly training: TrainingRecord | undefined },
): Picture[] {
  if (metric === 'precomputed') return diagnosisPictures({ diagnosis, training }, { theme: 'page' });
  const { seed, standardized } = diagnosis.input;
  const { points, labels } = drawn(data.points, data.labels, diagnosis, standardized);
  const widths = where(() => silhouette(points, labels, { metric, sampleSize: Math.min(SCORED, labels.length), seed }));
  const top = Math.min(CLASSES, new Set(labels).size);
  return [
    ...diagnosisPictures(
      {
        diagnosis,
        silhouette: widths === undefined ? undefined : { result: widths, labels },
        signatures: where(() => signatures(points, labels)),
        columns: { columns: data.columns },
        signatureDistances:
          top < 2 ? undefined : where(() => signatureDistances(points, labels, { top, metric, seed })),
        confusability: where(() => confusability(points, labels, { metric })),
        filter: where(() => filterSensitivity(points, labels, { metric, seed })),
        training,
      },
      { theme: 'page' },
    ),
    ...planes(data, heldOut, diagnosis),
  ];
}
