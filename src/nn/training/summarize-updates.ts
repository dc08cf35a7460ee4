import type { UpdateSummary } from '../../core/training-record.js';
import { clipFactor } from '../optimizers/clip-gradient.js';
import type { StepResult } from './engine.js';

/** Whether a gradient of this norm was made shorter. */
export function isClipped(norm: number, clipNorm: number | null): boolean {
  return clipNorm !== null && clipFactor(norm, clipNorm) < 1;
}

/** @param nonFiniteBatches batches that gave no result. */
export function summarizeUpdates(
  results: readonly Pick<StepResult, 'gradientNorm'>[],
  clipNorm: number | null,
  nonFiniteBatches: number,
): UpdateSummary {
  const norms = results.flatMap(({ gradientNorm }) => (gradientNorm === null ? [] : [gradientNorm]));
  const steps = norms.length;
  const batches = results.length + nonFiniteBatches;
  // Each divided first: the sum of large norms may overflow where their mean does not.
  const mean = norms.reduce((sum, norm) => sum + norm / steps, 0);
  const max = norms.reduce((most, norm) => Math.max(most, norm), 0);
  return {
    steps,
    gradientNorm: Number.isFinite(max) && Number.isFinite(mean) ? { mean, max } : null,
    clippedShare: clipNorm === null ? null : norms.filter((norm) => isClipped(norm, clipNorm)).length / steps,
    skippedShare: (batches - steps) / batches,
    nonFiniteBatches,
  };
}
