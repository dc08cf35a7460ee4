import type { Finding } from '../diagnose/finding-types.js';
import { bySeverity } from './say-value.js';

/** What a finding is to a reader: `verdict` speaks of the hypothesis, which states what would be wrong. */
export type Status = 'problem' | 'fine' | 'unclear';

export function statusOf({ verdict, severity }: Pick<Finding, 'verdict' | 'severity'>): Status {
  if (verdict === 'inconclusive') return 'unclear';
  return verdict === 'confirmed' && severity !== 'info' ? 'problem' : 'fine';
}

/** false: the test could not be made, and the finding says why. */
export function wasTested({ evidence }: Pick<Finding, 'evidence'>): boolean {
  return !evidence.some(({ name, value }) => name === 'tested' && value === null);
}

/** Findings by what they are to a reader, the gravest first. */
export interface Grouped {
  readonly problems: readonly Finding[];
  /** Problems that go with another one, which is their cause. */
  readonly explained: readonly Finding[];
  readonly unclear: readonly Finding[];
  readonly fine: readonly Finding[];
}

export function groupFindings(findings: readonly Finding[]): Grouped {
  const sorted = bySeverity(findings);
  const of = (status: Status) => sorted.filter((finding) => statusOf(finding) === status);
  return {
    problems: of('problem').filter(({ explainedBy }) => explainedBy === null),
    explained: of('problem').filter(({ explainedBy }) => explainedBy !== null),
    unclear: of('unclear'),
    fine: of('fine'),
  };
}

/** Titles in a sentence: the first one with a capital letter. */
export function titlesText(findings: readonly Pick<Finding, 'title'>[]): string {
  const lower = findings.map(({ title }) => title[0]!.toLowerCase() + title.slice(1));
  const text = lower.join(', ');
  return text === '' ? '' : `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}
