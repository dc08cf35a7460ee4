/**
 * Whether a claimed value came out again. 'consistent': the value was computed from a sample of rows that
 * cannot tell it from the claim; exact computation decides. 'not-computable': the index is undefined on
 * these data.
 */
export type ClaimVerdict = 'reproduced' | 'refuted' | 'consistent' | 'not-computable';

/** One way in which a claimed index may have been computed. */
export interface Convention {
  /** What differs from the default, in words: 'macro average', 'q = 2', 'metric cosine'. */
  readonly name: string;
  /** null where the index is undefined under it. */
  readonly value: number | null;
  /** Whether it rounds to the claim at the claim's own number of decimals; null where a sample of rows cannot tell. */
  readonly matches: boolean | null;
  /** 95% interval of the exact value; given when `value` was computed from a sample of rows. */
  readonly interval?: { readonly low: number; readonly high: number; readonly level: number };
  readonly reason?: string;
}

/** A claimed number beside the recomputed one. */
export interface ClaimCheck {
  readonly metric: string;
  readonly claimed: number;
  /** Decimals of the claim, to which the comparison is made. */
  readonly decimals: number;
  /** Under the default conventions; null where undefined or infinite, see `reason`. */
  readonly recomputed: number | null;
  readonly reason?: string;
  /**
   * With `sample`, the 95% interval of the exact value on these rows. Without, the recomputed value is exact,
   * and this is its 95% interval over other rows of the same kind. null where it has none.
   */
  readonly interval: { readonly low: number; readonly high: number; readonly level: number } | null;
  /** Whether the claim lies in the interval, its rounding included. The verdict does not depend on it. */
  readonly withinInterval: boolean | null;
  readonly verdict: ClaimVerdict;
  /** Everything that was tried, the default first. */
  readonly conventions: readonly Convention[];
  /** The first convention that gives the claimed number; null when none is known to. */
  readonly reproducedBy: string | null;
  /**
   * Probability that a made-up number of so many decimals, anywhere in the range of the index, would be
   * met by one of the conventions tried; null where fewer than two have a value.
   */
  readonly coincidence: number | null;
  /** What to hold against a claim that only another convention than the default reproduces. */
  readonly caution?: string;
  readonly n: number;
  /** Given when `recomputed` comes from a sample of rows, each compared with all. */
  readonly sample?: { readonly rows: number; readonly of: number };
}
