import type { Finding, Severity } from './types.js';

const ORDER: readonly Severity[] = ['high', 'medium', 'low', 'info'];
const MOST = 3;

/** What the findings come to, in a sentence or three: the most severe ones that were confirmed, with their numbers. */
export function headlineOf(findings: readonly Finding[]): string {
  const confirmed = findings.filter(({ verdict }) => verdict === 'confirmed');
  const at = (severity: Severity) => confirmed.filter((finding) => finding.severity === severity);
  const severe = ORDER.slice(0, 2).flatMap(at);
  if (severe.length > 0) {
    const more = severe.length > MOST ? ` And ${severe.length - MOST} more of high or medium severity.` : '';
    return `${severe
      .slice(0, MOST)
      .map(({ title, summary }) => `${title}: ${summary}`)
      .join(' ')}${more}`;
  }
  const chance = findings.find(({ id }) => id === 'chance-level');
  const start = `None of ${findings.length} hypotheses was confirmed with high or medium severity.`;
  return chance === undefined ? start : `${start} ${chance.summary}`;
}
