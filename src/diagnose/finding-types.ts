import type { Label } from '../core/types.js';

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
