import type { Attempt } from '../../core/attempt.js';
import type { TrainingRecord } from '../../core/training-record.js';
import type { Label } from '../../core/types.js';
import type { ColumnUse } from '../../data/column-use.js';
import type { PointTable } from '../../data/points.js';
import type { Part } from '../../data/row-sample.js';
import type { Metric } from '../../distance/metric.js';
import type { DistanceSource } from '../../distance/source.js';
import type { ClassBalance } from '../../imbalance/class-balance.js';
import type { Confusability } from '../../signatures/confusability-types.js';
import type { SignatureDistancesResult } from '../../signatures/signature-distances.js';
import type { Ceiling } from '../../studies/ceiling/ceiling-of.js';
import type { Identifiers } from '../../studies/columns/identifier-columns.js';
import type { Placeholders } from '../../studies/columns/placeholder-effect.js';
import type { Uninformative } from '../../studies/columns/uninformative-columns.js';
import type { FilteredSilhouettes } from '../../studies/filters/filtered-silhouettes.js';
import type { ClusterGaps } from '../../studies/gaps/gap-types.js';
import type { HiddenGroups } from '../../studies/groups/hidden-types.js';
import type { OtherGroups } from '../../studies/groups/other-types.js';
import type { LabelHierarchy } from '../../studies/hierarchy/hierarchy-types.js';
import type { MetricChoiceResult } from '../../studies/metric-choice/metric-choice-types.js';
import type { ClassOverlaps } from '../../studies/overlap/overlap-of.js';
import type { PositivePairAudit } from '../../studies/positives/pair-audit-types.js';
import type { LabelNoise } from '../../studies/rows/label-noise.js';
import type { ClassReach } from '../../studies/rows/noise-class.js';
import type { Outliers } from '../../studies/rows/outliers.js';
import type { SilhouetteWithout } from '../../studies/rows/silhouette-without.js';
import type { SuspiciousRow } from '../../studies/rows/suspicious-rows.js';
import type { ClusterShapeResult } from '../../studies/shape/shape-types.js';
import type { SignificanceResult } from '../../studies/significance/significance-types.js';
import type { SpaceComparison } from '../../studies/spaces/space-types.js';
import type { Evidence, Finding } from '../finding-types.js';
import type { Remedy } from './remedy.js';

/** A value that is computed when it is first asked for. */
export function once<T>(compute: () => T): () => T {
  let held: { value: T } | undefined;
  return () => {
    held ??= { value: compute() };
    return held.value;
  };
}

/** What is known of the training, checked. */
export interface CheckedTraining {
  readonly record: TrainingRecord | undefined;
  readonly lossSpace: string | undefined;
  readonly measuredSpace: string | undefined;
  readonly targets: PointTable | undefined;
  readonly outputs: PointTable | undefined;
  readonly outputRange: ReadonlyArray<readonly [number | null, number | null]> | undefined;
  readonly unitRange: readonly [number, number] | undefined;
}

/** Rows that were not trained on, without noise rows. */
export interface HeldOut {
  readonly raw: Part;
  readonly data: Part;
  /** In the spaces of the same names, where they were given. */
  readonly spaces: ReadonlyMap<string, Part>;
}

/** What was read: rows, settings, and what follows from them at no cost. */
export interface Basis {
  /** As given, noise included. */
  readonly whole: Part;
  /** Names of the columns; null where none were given. */
  readonly columns: readonly string[] | null;
  /** What each column that was given is; null where they have no names. Those that are not used are not among `columns`. */
  readonly uses: readonly ColumnUse[] | null;
  /** Name of a column, or `column j` with j counted from 0. */
  readonly columnName: (column: number) => string;
  readonly noiseLabel: Label | undefined;
  /** Without noise rows, columns as given. */
  readonly raw: Part;
  /** Without noise rows, columns standardised when that was asked for. */
  readonly data: Part;
  /** Row of the input at each row of `data`, and at each row of `sample`. */
  readonly givenRows: Int32Array;
  readonly sampledRows: Int32Array;
  /** At most `sampleSize` rows of `data`, and the same rows of `raw`. */
  readonly sample: Part;
  readonly rawSample: Part;
  /** To be spread into evidence that used the sample. */
  readonly note: Pick<Evidence, 'sample'>;
  readonly heldOut: HeldOut | null;
  /** Spaces other than the input, by name, training rows. */
  readonly spaces: ReadonlyArray<{ readonly name: string; readonly part: Part }>;
  readonly training: CheckedTraining | null;
  readonly metric: Metric;
  /** `metric` with what it takes from all rows of `data`, for parts of them. */
  readonly fitted: Metric;
  readonly metricName: string;
  readonly square: boolean;
  readonly standardized: boolean;
  readonly alpha: number;
  readonly permutations: number;
  readonly seed: number;
  readonly labelsFrom: 'auto' | 'points' | 'elsewhere';
  readonly balance: ClassBalance;
  /** Rows that costly tests use at most. */
  readonly sampleSize: number;
  /** Rows that are scored, each against all. */
  readonly scored: number;
  /** Rows whose signatures are compared: all, or as many as are affordable. */
  readonly signed: Part;
  /** Rows that the hierarchy uses at most. */
  readonly hierarchyRows: number;
}

/** Results of studies that several findings read; each is computed once, when it is first asked for. */
export interface SharedResults {
  /** Distances between the rows of the sample, each computed once where that is dear. */
  readonly distances: () => DistanceSource;
  readonly significance: () => Attempt<SignificanceResult>;
  readonly signatures: () => Attempt<SignatureDistancesResult>;
  readonly confusability: () => Attempt<Confusability>;
  readonly hierarchy: () => Attempt<LabelHierarchy>;
  readonly hiddenGroups: () => Attempt<HiddenGroups>;
  readonly otherGroups: () => Attempt<OtherGroups>;
  /** null: no filter drops a class and leaves two. */
  readonly filtered: () => FilteredSilhouettes | null;
  readonly comparison: () => SpaceComparison | null;
  /** Row numbers, identifiers and copies of the label; none among distances. */
  readonly identifiers: () => Identifiers;
  /** Columns in which the classes do not differ, beside identifiers and columns with placeholders. */
  readonly uninformative: () => Uninformative;
  /** Values that stand for missing ones; none among distances. */
  readonly placeholders: () => Placeholders;
  /** Which classes hold and which pairs overlap. */
  readonly overlap: () => Attempt<ClassOverlaps>;
  /** Whether the silhouette is the right index for these clusters. */
  readonly shape: () => Attempt<ClusterShapeResult>;
  /** Whether another metric shows groups that this one hides. */
  readonly metricChoice: () => Attempt<MetricChoiceResult>;
  /** The mean silhouette that clusterings with clusters of these sizes cannot pass, of the sample. */
  readonly ceiling: () => Attempt<Ceiling>;
  readonly positivePairs: () => Attempt<PositivePairAudit> | null;
  /** Of the sample. */
  readonly labelNoise: () => Attempt<LabelNoise>;
  /** The silhouette without the rows that it lists; null where there are none, or nothing is left to score. */
  readonly withoutLabelNoise: () => SilhouetteWithout | null;
  /** Of the sample; none where too few classes can be compared. */
  readonly classReaches: () => readonly ClassReach[];
  readonly outliers: () => Attempt<Outliers>;
  /** For each row of `raw` the row that stands for it and its copies. */
  readonly standsFor: () => Int32Array;
  readonly suspicious: () => readonly SuspiciousRow[];
  /** Gaps between the classes that touch, and where the labels come from. */
  readonly gaps: () => Attempt<ClusterGaps>;
}

/** Everything that findings read. */
export interface Context extends Basis, SharedResults {
  /** The input with a remedy applied, on a bounded sample of the rows, without spaces and held-out rows. */
  readonly rerun: (remedy: Remedy) => Context;
}

/** A finding as it is made: with the remedy that takes its cause away, where the diagnosis can try it. */
export interface MadeFinding extends Finding {
  readonly remedy?: Remedy | undefined;
}

/** Makes one finding; null when the input that it needs was not given. */
export type FindingMaker = (context: Context) => MadeFinding | null;

/** What a file of this folder exports: one finding, which is a row of `table.ts` too. */
export interface FindingModule extends Pick<Finding, 'id' | 'title'> {
  readonly make: FindingMaker;
}
