import { definedOr } from '../core/attempt.js';
import type { FlatMatrix, Label } from '../core/types.js';
import { readDataset } from '../data/dataset.js';
import { asInput, type Part, partOf, rowsOutside, sampleRows } from '../data/row-sample.js';
import type { Metric } from '../distance/metric.js';
import { silhouette } from '../metrics/internal/silhouette.js';
import { confusability } from '../signatures/confusability.js';
import { signatureDistances } from '../signatures/signature-distances.js';
import { signatures } from '../signatures/signatures.js';
import { scoredRows } from '../studies/significance/scored-significance.js';
import { scaledTogether } from '../studies/spaces/read-spaces.js';
import { principalPlane } from './principal-plane.js';

/** Rows behind the pictures that compare all pairs; the diagnosis samples as many. */
const ROWS = 2000;
/** Classes that a heat map can show. */
const CLASSES = 24;
const SPACES = 4;

/** Rows of the input and of other spaces. */
interface SpaceRows {
  readonly points: FlatMatrix;
  readonly labels: readonly Label[];
  readonly spaces: Readonly<Record<string, FlatMatrix>>;
}

interface PictureSettings {
  readonly metric: Metric | undefined;
  readonly standardize: boolean;
  readonly noiseLabel: Label | undefined;
  readonly seed: number | undefined;
}

/** Rows of a space in the plane of its first two principal components. */
interface PlaneNumbers {
  readonly space: string;
  /** Share of the variance of the training rows that the plane shows. */
  readonly shown: number;
  readonly training: { readonly points: number[][]; readonly labels: readonly Label[] };
  readonly heldOut: { readonly points: number[][]; readonly labels: readonly Label[] } | null;
}

function withoutNoise(points: FlatMatrix, labels: readonly Label[], noiseLabel: Label | undefined): Part {
  const part = readDataset('report', points, labels);
  const noise = noiseLabel === undefined ? -1 : part.classes.indexOf(noiseLabel);
  if (noise === -1) return part;
  return partOf(part, rowsOutside(part.labels, noise));
}

/** At most `ROWS` rows. */
function drawn(part: Part, seed: number): ReturnType<typeof asInput> {
  return asInput(part.n <= ROWS ? part : partOf(part, sampleRows(part, ROWS, seed)));
}

/** What is undefined on these data has no picture. */
const where = <T>(compute: () => T): T | undefined => definedOr(compute, () => undefined);

function planeOf(
  space: string,
  training: Part,
  heldOut: Part | undefined,
  { standardize, seed = 0 }: PictureSettings,
): PlaneNumbers[] {
  const [own, other] = standardize ? scaledTogether(training, heldOut) : [training, heldOut];
  const [points, labels] = drawn(own, seed);
  const plane = principalPlane(points);
  if (plane === null) return [];
  const held = other === undefined ? null : drawn(other, seed);
  return [
    {
      space,
      shown: plane.shown,
      training: { points: plane.project(points), labels },
      heldOut: held === null ? null : { points: plane.project(held[0]), labels: held[1] },
    },
  ];
}

function planesOf(data: SpaceRows, heldOut: SpaceRows | undefined, settings: PictureSettings): PlaneNumbers[] {
  const part = (points: FlatMatrix | undefined, labels: readonly Label[] = []) =>
    points === undefined ? undefined : withoutNoise(points, labels, settings.noiseLabel);
  const spaces: [string, FlatMatrix, FlatMatrix | undefined][] = [
    ['input', data.points, heldOut?.points],
    ...Object.entries(data.spaces).map(([name, points]): [string, FlatMatrix, FlatMatrix | undefined] => [
      name,
      points,
      heldOut?.spaces[name],
    ]),
  ];
  return spaces
    .slice(0, SPACES)
    .flatMap(([name, points, held]) =>
      planeOf(name, part(points, data.labels)!, part(held, heldOut?.labels), settings),
    );
}

/**
 * The numbers that the pictures of a report show and a diagnosis does not hold; undefined where the
 * data have none. Plain data. From at most 2,000 rows, drawn as the diagnosis draws them.
 */
export function pictureNumbers(data: SpaceRows, heldOut: SpaceRows | undefined, settings: PictureSettings) {
  const { metric, standardize, noiseLabel, seed = 0 } = settings;
  const clean = withoutNoise(data.points, data.labels, noiseLabel);
  const whole = standardize ? scaledTogether(clean, undefined)[0] : clean;
  const [allPoints, allLabels] = asInput(whole);
  const [points, labels] = drawn(whole, seed);
  const top = Math.min(CLASSES, new Set(labels).size);
  return {
    rows: labels.length,
    of: clean.n,
    labels,
    // The rows that the diagnosis scores, each against all: one score on the whole page.
    silhouette: where(() => silhouette(allPoints, allLabels, { metric, sampleSize: scoredRows(whole, ROWS), seed })),
    silhouetteLabels: allLabels,
    signatures: where(() => signatures(points, labels)),
    signatureDistances: top < 2 ? undefined : where(() => signatureDistances(points, labels, { top, metric, seed })),
    confusability: where(() => confusability(points, labels, { metric })),
    planes: planesOf(data, heldOut, settings),
  };
}

export type PictureNumbers = ReturnType<typeof pictureNumbers>;
