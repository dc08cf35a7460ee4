import type { Label } from '../../core/types.js';
import type { Metric } from '../../distance/metric.js';

/** A change of the input that takes a cause away. Rows are those of `Context.raw`, columns count from 0. */
export interface Remedy {
  readonly standardize?: boolean;
  readonly metric?: Metric;
  readonly noiseLabel?: Label;
  readonly dropRows?: Int32Array;
  readonly dropColumns?: readonly number[];
  /** Values that stand for missing ones: each becomes the median of the rest of its column. */
  readonly placeholders?: ReadonlyArray<{ readonly column: number; readonly value: number }>;
  /** Rows that the sample of the rerun has in any case: without them there may be nothing to put right. */
  readonly always?: readonly number[];
  /** A label for each row, in place of the labels given. */
  readonly relabel?: readonly Label[];
  /** What was done, as a part of a sentence: 'once column 3 is left out'. */
  readonly words: string;
}

/** Both remedies, the first one first. Rows and columns of either are those of the input as given. */
export function together(first: Remedy, second: Remedy): Remedy {
  return {
    ...first,
    ...second,
    dropRows: Int32Array.from([...(first.dropRows ?? []), ...(second.dropRows ?? [])]),
    dropColumns: [...(first.dropColumns ?? []), ...(second.dropColumns ?? [])],
    placeholders: [...(first.placeholders ?? []), ...(second.placeholders ?? [])],
    words: `${first.words} and ${second.words.replace(/^once /, '')}`,
  };
}

/** Rows of the input as rows of `Context.raw`, which noise rows are left out of. */
export function rowsOfPart({ givenRows }: { readonly givenRows: Int32Array }, rows: readonly number[]): Int32Array {
  const wanted = new Set(rows);
  return Int32Array.from(givenRows.keys()).filter((i) => wanted.has(givenRows[i]!));
}
