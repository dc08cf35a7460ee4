import type { Finding, FindingId, Severity } from './finding-types.js';

const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low'];
/** What changes how scores are read, and not whether they are right: after all else of the same severity. */
const LAST: readonly FindingId[] = ['class-imbalance', 'singleton-classes'];

/** Problems that stand by themselves, the gravest first. */
export function byWeight(findings: readonly Finding[]): Finding[] {
  const rank = ({ id, severity }: Finding) => 2 * SEVERITIES.indexOf(severity) + Number(LAST.includes(id));
  return findings
    .filter(
      ({ verdict, severity, explainedBy }) => verdict === 'confirmed' && severity !== 'info' && explainedBy === null,
    )
    .sort((a, b) => rank(a) - rank(b));
}
