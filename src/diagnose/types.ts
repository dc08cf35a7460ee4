import type { TrainingRecord } from '../core/training-record.js';
import type { Label, Labels, Points } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import type { Metric } from '../distance/metric.js';
import type { ClaimCheck } from '../studies/claims/claim-types.js';
import type { LabelHierarchy } from '../studies/hierarchy/hierarchy-types.js';
import type { PositivePairAudit } from '../studies/positives/pair-audit-types.js';
import type { SuspiciousRow } from '../studies/rows/suspicious-rows.js';
import type { SpaceComparison } from '../studies/spaces/space-types.js';

/** Version of the shape of `Diagnosis`; it rises when a reader of the old shape would be misled. */
export type DiagnosisSchema = 2;

/** Findings that points and labels allow. */
export type DataFindingId =
  | 'class-imbalance'
  | 'singleton-classes'
  | 'noise-label'
  | 'duplicates'
  | 'identifier-columns'
  | 'outliers'
  | 'placeholder-values'
  | 'scale'
  | 'uninformative-columns'
  | 'metric-choice'
  | 'dimension'
  | 'chance-level'
  | 'signature-separation'
  | 'one-cloud'
  | 'class-overlap'
  | 'label-noise'
  | 'granularity'
  | 'hidden-groups'
  | 'other-groups'
  | 'shape'
  | 'filter-sensitivity';

/** Findings that need a training record, several spaces or held-out rows; only there when these are given. */
export type TrainingFindingId =
  | 'generalisation-gap'
  | 'space-mismatch'
  | 'positive-pairs'
  | 'loss-balance'
  | 'output-reach'
  | 'collapse'
  | 'capacity';

export type FindingId = DataFindingId | TrainingFindingId;

/**
 * What the evidence says of the hypothesis. 'inconclusive': the test could not be made, or the data
 * are too few to tell; the evidence says which.
 */
export type Verdict = 'confirmed' | 'rejected' | 'inconclusive';

/**
 * What a verdict means for work built on the labels. 'info': nothing has to be done. 'low': worth
 * knowing, conclusions stand. 'medium': scores change with it; settle it before scores are compared.
 * 'high': conclusions drawn from these labels or scores do not hold until it is settled.
 */
export type Severity = 'info' | 'low' | 'medium' | 'high';

/** One computed number (or name), with what made it. */
export interface Evidence {
  /** Stable identifier inside its finding, as `imbalanceRatio`. */
  readonly name: string;
  /** What it is, in words. */
  readonly text: string;
  /** null where it has no value; `reason` then says why. */
  readonly value: Label | null;
  readonly reason?: string;
  /** Unit, where it has one: 'rows', 'classes', 'share', 'nats'. */
  readonly unit?: string;
  /** Possible values; null for no bound. */
  readonly range?: readonly [number | null, number | null];
  /** Which way is better for the clusters. */
  readonly better?: 'higher' | 'lower';
  /** The function or test that produced it. */
  readonly test: string;
  /** What it would be by chance. */
  readonly chance?: number;
  /** p-value, after correction for several tests where `test` names one. */
  readonly p?: number;
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
  /** Given when fewer rows than all were used. */
  readonly sample?: UsedRows;
}

/** How many of how many rows a number comes from: each compared with all rows, or those rows among themselves. */
export interface UsedRows {
  readonly rows: number;
  readonly of: number;
  readonly against: 'all' | 'sample';
}

/** Evidence that is a table: classes, pairs of classes, thresholds, numbers of groups. */
export interface EvidenceTable {
  readonly name: string;
  readonly text: string;
  readonly test: string;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<ReadonlyArray<Label | null>>;
  /** Rows left out of a long table. */
  readonly omitted: number;
  /** Given when its numbers come from fewer rows than all. */
  readonly sample?: UsedRows;
}

/** What to do, and how: a call of this library, or a command. */
export interface Recommendation {
  readonly text: string;
  /**
   * TypeScript that can be run with the exports of `clusterlens` and `clusterlens/nn`, the `points` (rows
   * as arrays) and `labels` in scope, and the `spaces`, `heldOutPoints`, `heldOutLabels` and
   * `heldOutSpaces` or a `metric` of one's own where it names them.
   */
  readonly call?: string;
  /** Shell command. DATA stands for the data file, for which the command line puts its own; HELD_OUT for one with held-out rows. */
  readonly command?: string;
}

export interface Finding {
  readonly id: FindingId;
  readonly title: string;
  /** The statement that is put to the test, in words. */
  readonly hypothesis: string;
  readonly verdict: Verdict;
  readonly severity: Severity;
  /** One or two sentences made from the evidence. */
  readonly summary: string;
  readonly evidence: readonly Evidence[];
  readonly tables: readonly EvidenceTable[];
  /** What would change the verdict, with the threshold in numbers. */
  readonly changesIf: string;
  /** null when nothing needs to be done. */
  readonly recommendation: Recommendation | null;
  /**
   * Findings that this one is the cause of. Where it has a remedy that the diagnosis can try (standardised
   * columns, a column left out, rows without copies), these were confirmed before it and are rejected
   * after it; the table 'explains' has the numbers. Of others it is the cause by what they mean: with
   * labels at chance, overlap is no news.
   */
  readonly explains: readonly FindingId[];
  /** The finding that is the cause of this one, which then is at most of low severity; null: it stands by itself. */
  readonly explainedBy: FindingId | null;
}

/**
 * Whether the clusters are real. 'real': the labels mark groups that the points show, beyond chance and set
 * apart from their neighbours, and nothing of high severity stands against it. 'partly': some classes or
 * pairs hold and others do not, or they hold after a remedy that was tried, or the points carry the labels
 * without a gap. 'not-real': no better than chance, or pieces of one cloud that the labels themselves cut.
 * 'undecided': too few rows or classes to tell.
 */
export type AnswerVerdict = 'real' | 'partly' | 'not-real' | 'undecided';

/** A class whose rows do not keep to themselves. */
export interface WeakClass {
  readonly label: Label;
  readonly rows: number;
  /** Share of its rows whose nearest neighbour is of the class, and what chance gives. */
  readonly own: number;
  readonly chance: number;
}

/** Two classes that are not set apart from each other. */
export interface WeakPair {
  readonly labels: readonly [Label, Label];
  /** Rows of either class whose nearest neighbour is of the other, and rows of the two classes. */
  readonly confused: number;
  readonly rows: number;
  /** Whether the points show a gap between the two; null where that was not tested. */
  readonly gap: boolean | null;
}

/** What the diagnosis comes to. */
export interface Answer {
  readonly verdict: AnswerVerdict;
  /** One to three sentences, with the numbers that decide. */
  readonly sentence: string;
  /** The findings that the verdict rests on. */
  readonly because: readonly FindingId[];
  /** The one next step; null when nothing needs to be done. */
  readonly todo: Recommendation | null;
  /** The classes and pairs of classes that do not hold, the weakest first. */
  readonly weakest: { readonly classes: readonly WeakClass[]; readonly pairs: readonly WeakPair[] };
}

/** One index on one space and one set of rows. */
export interface MetricRow {
  readonly metric: string;
  /** 'input', or the name given in `spaces`. */
  readonly space: string;
  readonly rows: 'all' | 'training' | 'held-out';
  /** null where undefined (see `reason`) or infinite. */
  readonly score: number | null;
  readonly reason?: string;
  readonly better: 'higher' | 'lower';
  /** Mean and standard deviation under permuted labels; null where not computed. */
  readonly chance: { readonly mean: number; readonly sd: number } | null;
  /** (1 + permutations at least as good) / (1 + permutations). */
  readonly p: number | null;
  /** (score - chance) / (1 - chance), for indices that end at 1. */
  readonly adjusted: number | null;
  /** Given with `sample`: 95% interval of the score over all rows. */
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
  /** Given when not all rows were scored; each was compared with all. */
  readonly sample?: { readonly rows: number; readonly of: number };
}

export interface BalanceSummary {
  readonly classes: ReadonlyArray<{ readonly label: Label; readonly count: number; readonly share: number }>;
  readonly median: number;
  readonly mean: number;
  readonly singletons: number;
  readonly imbalanceRatio: number;
  readonly entropy: number;
  readonly evenness: number;
  readonly effectiveClasses: number;
  readonly gini: number;
  readonly imbalanceDegree: number;
  readonly lrid: number;
}

/** What the command read of a file. */
export interface Reading {
  /** Rows of the file. */
  readonly rows: number;
  /** Of these, rows that were left out because a label or a value is missing. */
  readonly dropped: number;
  /** Of these, rows without a label. */
  readonly unlabelled: number;
  /** What a reader should know of how the file was read. */
  readonly notes: readonly string[];
}

/**
 * The result of `diagnose`, the same for the same input, options and version. `JSON.stringify` writes it
 * in the spelling of `toPlain`: an infinite value of evidence is the text 'Infinity' there.
 */
export interface Diagnosis {
  readonly schema: DiagnosisSchema;
  readonly input: {
    readonly n: number;
    readonly d: number;
    readonly k: number;
    readonly metric: string;
    readonly standardized: boolean;
    /** Rows with the noise label are left out of everything but the balance; null: no such label. */
    readonly noise: { readonly label: Label; readonly rows: number } | null;
    readonly heldOutRows: number | null;
    readonly spaces: readonly string[];
    /** What each column is, and whether it is used; null where the columns have no names. `d` counts those that are used. */
    readonly columns: readonly ColumnUse[] | null;
    readonly seed: number;
    readonly permutations: number;
    readonly alpha: number;
    /** Rows that the costly tests ran on, when these were not all. */
    readonly sample: { readonly rows: number; readonly of: number } | null;
  };
  /** What was read of the files; only in what the command writes. */
  readonly reading?: { readonly data: Reading; readonly heldOut: Reading | null };
  readonly answer: Answer;
  /** In the order of the table of findings: what is wrong with rows and columns, then with the labels, then with the training. */
  readonly findings: readonly Finding[];
  readonly metrics: readonly MetricRow[];
  readonly balance: BalanceSummary;
  /**
   * Rows to look up, the most suspicious first. `row` counts the rows of the input from 0, those of the noise label
   * included; in what the command writes it counts the rows of the file, dropped ones included. With a sample
   * (`input.sample`), label noise and borders are those of its rows.
   */
  readonly rows: readonly SuspiciousRow[];
  /** Merges of labels that the data support; null when it could not be computed. */
  readonly hierarchy: LabelHierarchy | null;
  readonly spaces: SpaceComparison | null;
  readonly positivePairs: PositivePairAudit | null;
  readonly claims: readonly ClaimCheck[] | null;
}

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
