import type { TrainingRecord } from '../core/training-record.js';
import type { Label } from '../core/types.js';
import { nothingMore } from '../data/options.js';
import type { Diagnosis } from '../diagnose/types.js';
import type { Confusability } from '../signatures/confusability-types.js';
import type { SignaturesResult } from '../signatures/signatures.js';
import { type BeforeAfterRow, beforeAfter } from './before-after.js';
import { classSizes, readThreshold } from './class-sizes.js';
import { confusabilityMatrix } from './confusability-matrix.js';
import { type FilterCurveStep, filterCurves } from './filter-curves.js';
import { labelTree } from './label-tree.js';
import { type LatentPlane, latentScatter } from './latent-scatter.js';
import { type Picture, type PictureOptions, readCanvas } from './picture.js';
import { requireResult } from './results.js';
import { type SignatureCurvesOptions, signatureCurves } from './signature-curves.js';
import { type Distances, signatureHeatmap } from './signature-heatmap.js';
import { type SilhouetteWidths, silhouettePlot } from './silhouette-plot.js';
import { trainingCurves } from './training-curves.js';

/** Results that have pictures of their own; what is missing is not drawn. */
export interface PictureResults {
  readonly diagnosis: Diagnosis;
  /** What `silhouette` returns, and the labels that it was given. */
  readonly silhouette?: { readonly result: SilhouetteWidths; readonly labels: ArrayLike<Label> } | undefined;
  readonly signatures?: SignaturesResult | undefined;
  /** Names of the columns and what they are, for the signatures. */
  readonly columns?: Pick<SignatureCurvesOptions, 'columns' | 'axis' | 'scale'> | undefined;
  readonly signatureDistances?: Distances | undefined;
  readonly confusability?: Confusability | undefined;
  /** What `filterSensitivity` returns. Default: the steps of the finding on filters. */
  readonly filter?: { readonly steps: readonly FilterCurveStep[] } | undefined;
  readonly planes?: readonly LatentPlane[] | undefined;
  readonly training?: TrainingRecord | undefined;
}

export interface DiagnosisPicturesOptions extends PictureOptions {
  /** Fewest rows of a class that a filter keeps, for the class sizes. Default: that of the hierarchy, if it left classes out. */
  readonly threshold?: number | undefined;
}

/** Scores of one index in every space, training rows beside held-out rows. */
function spaceRows({ metrics }: Diagnosis, metric: string): BeforeAfterRow[] {
  const spaces = [...new Set(metrics.filter((m) => m.metric === metric).map(({ space }) => space))];
  return spaces.map((space) => {
    const of = (heldOut: boolean) =>
      metrics.find((m) => m.metric === metric && m.space === space && (m.rows === 'held-out') === heldOut);
    const [training, held] = [of(false), of(true)];
    const chance = held?.chance?.mean ?? training?.chance?.mean ?? null;
    return { name: space, training: training?.score ?? null, heldOut: held?.score ?? null, chance };
  });
}

/** The steps of the finding on filters, so that the picture shows its numbers. */
function filterOf({ findings }: Diagnosis): { readonly steps: readonly FilterCurveStep[] } | undefined {
  const table = findings
    .find(({ id }) => id === 'filter-sensitivity')
    ?.tables.find(({ name }) => name === 'thresholds');
  if (table === undefined || table.rows.length === 0) return undefined;
  const at = (row: (typeof table.rows)[number], name: string) => row[table.columns.indexOf(name)] as number;
  const first = table.rows[0]!;
  const steps = table.rows.map((row) => ({
    threshold: at(row, 'threshold'),
    classes: at(row, 'classes'),
    classShare: at(row, 'classes') / at(first, 'classes'),
    exampleShare: at(row, 'rows') / at(first, 'rows'),
    score: at(row, 'silhouette'),
    chance: at(row, 'chance'),
    gain: {
      total: at(row, 'gain'),
      droppedClasses: at(row, 'droppedClasses'),
      betterRest: at(row, 'betterRest'),
      chance: at(row, 'gainByChance'),
      beyondChance: at(row, 'beyondChance'),
    },
  }));
  return { steps };
}

/** Whether some threshold drops a class and leaves a score. */
function filters(steps: readonly FilterCurveStep[]): boolean {
  return steps.some(({ score, classShare }) => score !== null && classShare < 1);
}

/**
 * The pictures of a diagnosis, in the order in which a report shows them: every one that the given
 * results allow. Class sizes, the label tree and the comparison of spaces come out of the diagnosis
 * itself; the others need the result that they show. Of two classes there is no tree and no matrix of
 * distances: these would show a single number.
 *
 * @throws InputError for bad options.
 *
 * @example
 * import { diagnose } from 'clusterlens';
 * import { diagnosisPictures } from 'clusterlens/plot';
 * const points = Array.from({ length: 60 }, (_, i) => [(i % 3) * 4 + Math.sin(i), Math.cos(7 * i)]);
 * const labels = points.map((_, i) => ['low', 'middle', 'high'][i % 3]!);
 * const pictures = diagnosisPictures({ diagnosis: diagnose({ points, labels }) });
 * console.log(pictures.map(({ title }) => title.text));
 * // [ 'Rows per class', 'Which merges of labels the data support' ]
 */
export function diagnosisPictures(
  results: PictureResults,
  options: DiagnosisPicturesOptions = {},
  ...more: []
): Picture[] {
  nothingMore('diagnosisPictures', more, [results, options]);
  const canvas = readCanvas('diagnosisPictures', options, ['threshold']);
  readThreshold('diagnosisPictures', canvas);
  requireResult('diagnosisPictures', 'pictures', results);
  const {
    diagnosis,
    silhouette,
    signatures,
    signatureDistances,
    confusability,
    filter = filterOf(diagnosis),
    planes = [],
    training,
  } = results;
  const { theme, width } = options;
  const look = { theme, width };
  const { hierarchy } = diagnosis;
  const threshold =
    options.threshold ?? (hierarchy !== null && hierarchy.leftOut.length > 0 ? hierarchy.minClassSize : undefined);
  const rows = spaceRows(diagnosis, 'silhouette');
  const pictures: (Picture | false)[] = [
    classSizes(diagnosis.balance, { ...look, threshold }),
    silhouette !== undefined &&
      silhouettePlot(silhouette.result, silhouette.labels, {
        ...look,
        maxBars: 400,
        chance: diagnosis.metrics.find((m) => m.metric === 'silhouette' && m.space === 'input')?.chance?.mean,
      }),
    confusability !== undefined && confusabilityMatrix(confusability, look),
    signatures !== undefined && signatureCurves(signatures, { ...look, ...results.columns }),
    signatureDistances !== undefined &&
      signatureDistances.labels.length > 2 &&
      signatureHeatmap(signatureDistances, look),
    hierarchy !== null && hierarchy.labels.length > 2 && labelTree(hierarchy, look),
    filter !== undefined && filters(filter.steps) && filterCurves(filter, look),
    (rows.length > 1 || rows.some(({ heldOut }) => heldOut !== null)) && beforeAfter(rows, look),
    ...planes.map((plane) => latentScatter(plane, look)),
    training !== undefined && trainingCurves(training, look),
  ];
  return pictures.filter((picture) => picture !== false);
}
