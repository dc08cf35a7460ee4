import type { Label } from '../core/types.js';
import type { LabelTable } from '../data/labels.js';

export interface ClassCount<L extends Label = Label> {
  readonly label: L;
  /** Rows with this label. */
  readonly count: number;
  /** Share of all rows, in (0, 1]. */
  readonly share: number;
}

/** Class codes, largest class first; classes of one size in label order. */
export function codesBySize(counts: Int32Array): Int32Array {
  return Int32Array.from(counts.keys()).sort((a, b) => counts[b]! - counts[a]! || a - b);
}

/** Classes with their counts, largest first; classes of one size in label order. */
export function classCounts({ codes, classes, counts }: LabelTable): ClassCount[] {
  return Array.from(codesBySize(counts), (c) => ({
    label: classes[c]!,
    count: counts[c]!,
    share: counts[c]! / codes.length,
  }));
}
