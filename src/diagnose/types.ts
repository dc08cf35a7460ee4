import type { Label } from '../core/types.js';
import type { ColumnUse } from '../data/column-use.js';
import type { ClaimCheck } from '../studies/claims/claim-types.js';
import type { LabelHierarchy } from '../studies/hierarchy/hierarchy-types.js';
import type { PositivePairAudit } from '../studies/positives/pair-audit-types.js';
import type { SuspiciousRow } from '../studies/rows/suspicious-rows.js';
import type { SpaceComparison } from '../studies/spaces/space-types.js';
import type { Answer } from './answer-types.js';
import type { Finding } from './finding-types.js';

/** Version of the shape of `Diagnosis`; it rises when a reader of the old shape would be misled. */
export type DiagnosisSchema = 2;

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
  /** Cells that are no number in a column of numbers, in the rows that were left out. */
  readonly unreadable?: number;
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
