import { countText, numberText } from '../core/words.js';
import type { Answer, AnswerVerdict } from '../diagnose/answer-types.js';
import type { Finding } from '../diagnose/finding-types.js';
import type { Diagnosis } from '../diagnose/types.js';
import { escapeHtml as e } from './escape.js';
import { recommended } from './html-finding.js';
import type { Grouped } from './status.js';

/** Problems that the first screen tells. */
const FIRST = 3;

/** The tone of a verdict, in the colours of the severities. */
const TONE: Readonly<Record<AnswerVerdict, string>> = {
  real: 'good',
  partly: 'medium',
  'not-real': 'high',
  undecided: 'low',
};

function told({ id, title, summary }: Finding, tone: string): string {
  return `<li class="${tone}"><a href="#finding-${e(id)}">${e(title)}</a> ${e(summary)}</li>`;
}

/** Rows that the first screen names. */
const NAMED_ROWS = 5;

/** What is unclear, what is fine and which rows to look up, a line each. */
function restHtml({ unclear, fine }: Grouped, rows: Diagnosis['rows']): string {
  const links = unclear.map(({ id, title }) => `<a href="#finding-${e(id)}">${e(title.toLowerCase())}</a>`);
  const named = rows.slice(0, NAMED_ROWS).map(({ row }) => numberText(row + 1));
  const more = rows.length - named.length;
  const lines = [
    unclear.length === 0 ? '' : `<strong>Unclear:</strong> ${links.join(', ')}`,
    fine.length === 0 ? '' : `<strong>Fine:</strong> <a href="#fine">${countText(fine.length, 'check')}</a>`,
    named.length === 0
      ? ''
      : `<strong>Look up:</strong> <a href="#rows">row${named.length === 1 ? '' : 's'} ${named.join(', ')}${more > 0 ? ` and ${numberText(more)} more` : ''}</a>`,
  ];
  return lines.map((line) => (line === '' ? '' : `<p class="rest">${line}</p>`)).join('');
}

/**
 * The first screen: the answer, the one next step, the gravest problems, or what the answer rests on where there are
 * none, and the rest in a line each.
 */
export function answerHtml(
  { verdict, sentence, todo, because }: Answer,
  grouped: Grouped,
  rows: Diagnosis['rows'],
): string {
  const { problems, fine } = grouped;
  const at = sentence.indexOf(': ');
  const more = problems.length - FIRST;
  const reasons = because.flatMap((id) => fine.filter((finding) => finding.id === id));
  const items =
    problems.length > 0
      ? problems.slice(0, FIRST).map((finding) => told(finding, finding.severity))
      : reasons.slice(0, FIRST).map((finding) => told(finding, 'good'));
  const list =
    items.length === 0
      ? ''
      : `<ul class="headline">${items.join('')}</ul>` +
        `${more > 0 ? `<p><a href="#findings">And ${numberText(more)} more</a></p>` : ''}`;
  return (
    `<p class="answer ${TONE[verdict]}"><strong>${e(sentence.slice(0, at + 1))}</strong>${e(sentence.slice(at + 1))}</p>` +
    `${todo === null ? '' : recommended(todo, 'Next step.')}${list}${restHtml(grouped, rows)}`
  );
}
