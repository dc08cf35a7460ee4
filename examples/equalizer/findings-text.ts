import type { Finding, FindingId } from 'clusterlens';
import type { Outcome } from './report.js';
import { wrap } from './wrap.js';

/** What the post-mortem of the case said of a statement that the diagnosis puts to the test. */
export const POST_MORTEM: Partial<Record<FindingId, { readonly said: string; readonly verdict: Finding['verdict'] }>> =
  {
    'class-imbalance': { said: 'severe class imbalance', verdict: 'confirmed' },
    'singleton-classes': { said: 'the median term has one example', verdict: 'confirmed' },
    'signature-separation': { said: 'the signatures are not distinct', verdict: 'rejected' },
    'class-overlap': { said: 'the terms are too vague', verdict: 'rejected' },
    'filter-sensitivity': { said: 'filtering the terms makes the clusters better', verdict: 'confirmed' },
    'loss-balance': { said: 'the contrastive loss is too weak', verdict: 'confirmed' },
    capacity: { said: 'the latent is too small', verdict: 'rejected' },
  };

const ID = 23;
const CELL = 14;
const MARKS = { high: ' !!', medium: ' !', low: '', info: '' } as const;

function verdictOf({ verdict, severity }: Finding): string {
  return verdict === 'confirmed' ? `${verdict}${MARKS[severity]}` : verdict;
}

/** Every finding beside its verdict in every configuration; at most 78 columns. */
export function verdictTable(outcomes: readonly Outcome[]): string {
  const ids = [...new Set(outcomes.flatMap(({ diagnosis }) => diagnosis.findings.map(({ id }) => id)))];
  const row = (head: string, cells: readonly string[]) =>
    `${head.padEnd(ID)}${cells.map((cell) => cell.padEnd(CELL)).join('')}`.trimEnd();
  return [
    row(
      'finding',
      outcomes.map(({ report }) => report.name),
    ),
    ...ids.map((id) =>
      row(
        id,
        outcomes.map(({ diagnosis }) => {
          const found = diagnosis.findings.find((finding) => finding.id === id);
          return found === undefined ? '-' : verdictOf(found);
        }),
      ),
    ),
    '(!! high severity: scores mean nothing until it is settled; ! medium;',
    'rejected chance-level: better than chance; rejected signature-separation: the',
    'class means do differ)',
  ].join('\n');
}

const ORDER = { high: 0, medium: 1, low: 2, info: 3 } as const;

/** Confirmed findings, the most severe first, then what is left open, then what was rejected. */
function sorted(findings: readonly Finding[]): Finding[] {
  const rank = { confirmed: 0, inconclusive: 4, rejected: 8 } as const;
  const place = ({ verdict, severity }: Finding) => rank[verdict] + ORDER[severity];
  return [...findings].sort((a, b) => place(a) - place(b));
}

/** One finding with its numbers, and what the post-mortem had said. */
export function findingText(finding: Finding, published = true): string {
  const before = published ? POST_MORTEM[finding.id] : undefined;
  const head = `${finding.id}: ${verdictOf(finding)}`;
  const said = before === undefined ? '' : `\n${wrap(`  Post-mortem: "${before.said}", ${before.verdict}.`, '    ')}`;
  return `${head}\n${wrap(`  ${finding.summary}`)}${said}`;
}

/** Every finding of a configuration that bears on the story; the others are named. */
export function whyText({ report, diagnosis }: Outcome): string {
  const bears = ({ id, verdict, severity }: Finding) =>
    verdict === 'confirmed' ||
    severity !== 'info' ||
    (report.published && POST_MORTEM[id] !== undefined) ||
    STORY.has(id);
  const shown = sorted(diagnosis.findings.filter(bears));
  const rest = diagnosis.findings.filter((finding) => !bears(finding)).map(({ id }) => id);
  return [
    wrap(`Why: '${report.name}' (${diagnosis.input.permutations} permutations). ${diagnosis.answer.sentence}`),
    ...shown.map((finding) => findingText(finding, report.published)),
    ...(rest.length === 0 ? [] : [wrap(`Not confirmed either: ${rest.join(', ')}.`)]),
  ].join('\n');
}

const STORY: ReadonlySet<FindingId> = new Set([
  'chance-level',
  'granularity',
  'generalisation-gap',
  'space-mismatch',
  'positive-pairs',
  'output-reach',
]);

/** What became of each finding that was confirmed before or is confirmed after, with the number after. */
export function afterText(before: Outcome, after: Outcome): string {
  const verdict = ({ diagnosis }: Outcome, id: FindingId) =>
    diagnosis.findings.find((finding) => finding.id === id)?.verdict;
  const lines = sorted(after.diagnosis.findings).flatMap((finding) => {
    const [was, is] = [verdict(before, finding.id), finding.verdict];
    const change =
      was === 'confirmed' && is === 'confirmed'
        ? 'remains'
        : was === 'confirmed'
          ? `was confirmed, now ${is}`
          : is === 'confirmed'
            ? 'new'
            : null;
    return change === null ? [] : [`${finding.id}: ${change}\n${wrap(finding.summary, '  ')}`];
  });
  return [`After: '${after.report.name}' against '${before.report.name}'`, ...lines].join('\n');
}
