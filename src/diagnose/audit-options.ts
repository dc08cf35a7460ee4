import type { CheckedTraining } from './findings/context.js';

/** The part of the sampler that the audit needs; null when it is one of another kind. */
export function auditOptions(training: CheckedTraining | null) {
  const sampler = training?.record?.sampler;
  if (sampler === undefined) return null;
  const { batchSize, dropLast, classes, samples } = sampler.settings;
  if (sampler.name === 'shuffledBatches' && typeof batchSize === 'number' && batchSize >= 2) {
    return { sampler: 'shuffled' as const, batchSize, dropLast: dropLast === true };
  }
  if (sampler.name === 'balancedBatches' && typeof classes === 'number' && typeof samples === 'number') {
    return { sampler: 'balanced' as const, classes, samples };
  }
  return null;
}
