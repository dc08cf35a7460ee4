import type { ClassPositiveCounts } from '../../core/training-record.js';
import type { Label } from '../../core/types.js';

/** Counts by class code, as a checkpoint holds them. */
export interface PositiveCounts {
  readonly anchors: readonly number[];
  readonly withPositive: readonly number[];
  readonly positives: readonly number[];
}

export const noPositives = (k: number): PositiveCounts => ({
  anchors: new Array<number>(k).fill(0),
  withPositive: new Array<number>(k).fill(0),
  positives: new Array<number>(k).fill(0),
});

/**
 * The counts so far with those of one more epoch: what the rows of each class find in their batches.
 *
 * Cost O(k + rows of the batches).
 *
 * @param codes class code 0 .. k - 1 per row.
 */
export function countPositives(
  before: PositiveCounts,
  codes: Int32Array,
  batches: readonly Int32Array[],
): PositiveCounts {
  const anchors = [...before.anchors];
  const withPositive = [...before.withPositive];
  const positives = [...before.positives];
  const inBatch = new Int32Array(anchors.length);
  for (const batch of batches) {
    for (const i of batch) inBatch[codes[i]!]!++;
    for (const i of batch) {
      const c = codes[i]!;
      const others = inBatch[c]! - 1;
      anchors[c]!++;
      positives[c]! += others;
      if (others > 0) withPositive[c]!++;
    }
    for (const i of batch) inBatch[codes[i]!] = 0;
  }
  return { anchors, withPositive, positives };
}

/** The counts under the labels that the user gave, in label order. */
export function positivesByClass(classes: readonly Label[], counts: PositiveCounts): ClassPositiveCounts[] {
  return classes.map((label, c) => ({
    label,
    anchors: counts.anchors[c]!,
    withPositive: counts.withPositive[c]!,
    positives: counts.positives[c]!,
  }));
}

/** Whether something read from a file holds whole counts for k classes. */
export function arePositiveCounts(value: unknown, k: number): value is PositiveCounts {
  const { anchors, withPositive, positives } = (value ?? {}) as Partial<PositiveCounts>;
  return [anchors, withPositive, positives].every(
    (counts) =>
      Array.isArray(counts) &&
      counts.length === k &&
      counts.every((count) => Number.isSafeInteger(count) && count >= 0),
  );
}
