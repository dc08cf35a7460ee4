import type { Recommendation } from '../diagnose/finding-types.js';
import type { Diagnosis } from '../diagnose/types.js';

/** A diagnosis whose recommended commands name the files of this call. */
export function withCommands(diagnosis: Diagnosis, fill: (command: string) => string): Diagnosis {
  const filled = (recommendation: Recommendation | null) =>
    recommendation?.command === undefined
      ? recommendation
      : { ...recommendation, command: fill(recommendation.command) };
  return {
    ...diagnosis,
    answer: { ...diagnosis.answer, todo: filled(diagnosis.answer.todo) },
    findings: diagnosis.findings.map((finding) => ({ ...finding, recommendation: filled(finding.recommendation) })),
  };
}
