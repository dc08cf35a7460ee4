import type { TrainingRecord } from '../core/training-record.js';
import type { Label, Labels, Points } from '../core/types.js';
import type { Metric } from '../distance/metric.js';

/** What is known of the training that made the spaces. Every part may be missing. */
export interface TrainingInput {
  /** As `train` returns it. */
  readonly record?: TrainingRecord | undefined;
  /** The space on which the contrastive loss acted, and the one that was measured: names in `spaces`. */
  readonly lossSpace?: string | undefined;
  readonly measuredSpace?: string | undefined;
  /** What the decoder was to give and what it gave, for the same rows. */
  readonly targets?: Points | undefined;
  readonly outputs?: Points | undefined;
  /** Values that each output can take; null for no bound. */
  readonly outputRange?: ReadonlyArray<readonly [number | null, number | null]> | undefined;
  /** Bounds of the units of a space, as -1 and 1 for tanh; without them saturation is not judged. */
  readonly unitRange?: readonly [number, number] | undefined;
}

export interface DiagnoseInput {
  /** n x d. The rows that were trained on, when there is a training record. */
  readonly points: Points;
  readonly labels: Labels;
  /**
   * Names of the columns of the points, one each, none twice; findings then call columns by name. Not with 'precomputed'.
   * Columns that have names are looked at as those of a file: identifiers, row numbers, indices, constants, copies of the
   * label, dates and weights of rows are left out of the points, the held-out ones too, and `input.columns` of the result says which and
   * why. All are used with `keepIdentifiers`, and with a metric that counts on their number: a function, or one with a parameter.
   */
  readonly columns?: readonly string[] | undefined;
  /** The same rows in other spaces, by name ('latent', 'projection'); 'input' is the points. */
  readonly spaces?: Readonly<Record<string, Points>> | undefined;
  readonly training?: TrainingInput | undefined;
  /** Rows that were not trained on, in the input and in the spaces of the same names. */
  readonly heldOut?:
    | {
        readonly points: Points;
        readonly labels: Labels;
        readonly spaces?: Readonly<Record<string, Points>> | undefined;
      }
    | undefined;
  /** Claimed values by name, see `verifyClaims`. */
  readonly claims?: Readonly<Record<string, number | string>> | undefined;
}

export interface DiagnoseOptions {
  /** Default 'euclidean'. */
  readonly metric?: Metric | undefined;
  /** Default 0. */
  readonly seed?: number | undefined;
  /** At least 39, with which two indices can reach the 5% level. Default 200. */
  readonly permutations?: number | undefined;
  /** Level of every test, in (0, 0.5]. Default 0.05. */
  readonly alpha?: number | undefined;
  /** Divide columns by their standard deviation first. Default false. */
  readonly standardize?: boolean | undefined;
  readonly noiseLabel?: Label | undefined;
  /** Use all columns that have names, identifiers and copies of the label too. Default false; see `columns`. */
  readonly keepIdentifiers?: boolean | undefined;
  /**
   * Whether an algorithm made the labels from these points, or they come from elsewhere. Labels made from the points
   * fit them whatever they are, so that only gaps count. Default 'auto': whether a rule of the points gives them again.
   */
  readonly labelsFrom?: 'auto' | 'points' | 'elsewhere' | undefined;
  /** Rows that the costly tests use at most, >= 50. Default 2000. */
  readonly sampleSize?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Called before each step: each finding, the remedies, the scores, and the claims where there are some. */
  readonly onProgress?: ((progress: DiagnoseProgress) => void) | undefined;
}

export interface DiagnoseProgress {
  readonly step: string;
  /** Steps finished, and steps in all. */
  readonly done: number;
  readonly total: number;
}
