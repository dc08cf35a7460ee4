import type { ClaimCheck, Diagnosis } from 'clusterlens';
import type { TrainingRecord } from 'clusterlens/nn';
import type { Configuration } from './configurations.js';
import type { Measures } from './measures.js';
import type { SPACES } from './table.js';

export type Space = (typeof SPACES)[number];

/** Everything that was computed for one configuration, as plain JSON. */
export interface ConfigurationReport extends Configuration {
  readonly parameters: number;
  readonly groups: ReadonlyArray<readonly string[]> | null;
  readonly spaces: Readonly<Record<Space, { readonly training: Measures; readonly heldOut: Measures }>>;
  /**
   * The latent on training and held-out rows together, which is how the published model was measured. It
   * says less than either side: most of the rows have been learnt.
   */
  readonly allRows: Measures;
  /** Mean squared error per value, in the z-scored units of the input. */
  readonly reconstructionError: { readonly training: number; readonly heldOut: number };
  /** Share of the anchors of the contrastive loss that had a positive in their batch, all epochs. */
  readonly anchorsWithPositive: number;
  /** What was published of this configuration beside what is computed on all rows at once; null: nothing was. */
  readonly claims: readonly ClaimCheck[] | null;
  readonly seconds: number;
  readonly training: TrainingRecord;
}

/** A configuration with the diagnosis of its spaces, which is written to a file of its own. */
export interface Outcome {
  readonly report: ConfigurationReport;
  readonly diagnosis: Diagnosis;
}

export interface CorpusReport {
  readonly name: string;
  readonly synthetic: boolean;
  readonly rows: number;
  readonly terms: number;
  readonly balance: {
    readonly median: number;
    readonly singletons: number;
    readonly below5: number;
    readonly below5Share: number;
    readonly atLeast5: number;
    readonly atLeast10: number;
    readonly rowsAtLeast10: number;
    readonly shareAtLeast10: number;
    readonly meanAtLeast10: number;
  };
  /** Distances of the means of the ten largest terms, columns z-scored over all rows. */
  readonly signatures: {
    readonly terms: readonly string[];
    readonly mean: number;
    /** Population standard deviation over the 45 pairs. */
    readonly std: number;
    readonly closest: string;
    readonly farthest: string;
    readonly pairs: Readonly<Record<string, number>>;
    readonly chanceMean: number;
    readonly chanceSd: number;
    readonly p: number;
    readonly separation: number;
  };
}

export interface Report {
  readonly schema: 2;
  readonly clusterlens: string;
  readonly command: string;
  readonly seed: number;
  readonly quick: boolean;
  readonly node: string;
  readonly corpus: CorpusReport;
  /** Of `corpus.csv`, in hexadecimal digits. */
  readonly corpusSha256: string;
  readonly configurations: readonly ConfigurationReport[];
  readonly lessons: readonly string[];
}
