import type { Diagnosis } from '../diagnose/types.js';

/** A diagnosis whose recommended commands name the files of this call. */
export function withCommands(diagnosis: Diagnosis, fill: (command: string) => string): Diagnosis {
  const findings = diagnosis.findings.map((finding) => {
    const { recommendation } = finding;
    if (recommendation?.command === undefined) return finding;
    return { ...finding, recommendation: { ...recommendation, command: fill(recommendation.command) } };
  });
  return { ...diagnosis, findings };
}
