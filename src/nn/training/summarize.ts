import type { AnchorCounts, LossSummary } from '../../core/training-record.js';
import type { Objective } from '../objective.js';
import type { BatchResult } from './engine.js';

/** Averages of the batches of an epoch, or of the held-out rows. */
export interface Summary {
  readonly losses: LossSummary;
  readonly anchors: AnchorCounts | null;
  /** Batches on which no term had a value. */
  readonly skippedBatches: number;
}

export function summarize(
  batches: readonly BatchResult[],
  objectives: readonly Pick<Objective, 'name' | 'countsAnchors'>[],
): Summary {
  let total: number | null = 0;
  let skippedBatches = 0;
  for (const batch of batches) {
    if (batch.total === null) skippedBatches++;
  }
  const byName: Record<string, number | null> = {};
  const bounds: Record<string, { floor: number; ceiling: number } | null> = {};
  const anchors = { valid: 0, skipped: 0 };
  objectives.forEach(({ name, countsAnchors }, at) => {
    const share = { value: 0, rows: 0 };
    const sums = { value: 0, floor: 0, ceiling: 0, valid: 0 };
    let bounded = true;
    let acting = false;
    for (const { terms, rows } of batches) {
      const term = terms[at]!;
      if (term.weight > 0) acting = true;
      if (countsAnchors === true) {
        anchors.valid += term.validAnchors;
        anchors.skipped += term.skippedAnchors;
      }
      if (term.value === null) continue;
      share.value += term.weight * term.value * rows;
      share.rows += rows;
      sums.valid += term.validAnchors;
      sums.value += term.value * term.validAnchors;
      if (term.bounds === null) bounded = false;
      sums.floor += (term.bounds?.floor ?? 0) * term.validAnchors;
      sums.ceiling += (term.bounds?.ceiling ?? 0) * term.validAnchors;
    }
    if (acting) total = total === null || share.rows === 0 ? null : total + share.value / share.rows;
    byName[name] = sums.valid === 0 ? null : sums.value / sums.valid;
    bounds[name] =
      sums.valid === 0 || !bounded ? null : { floor: sums.floor / sums.valid, ceiling: sums.ceiling / sums.valid };
  });
  return {
    losses: { total, byName, bounds },
    anchors: objectives.some(({ countsAnchors }) => countsAnchors === true) ? anchors : null,
    skippedBatches,
  };
}
