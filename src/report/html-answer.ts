import { numberText } from '../core/words.js';
import type { Answer, AnswerVerdict, Finding } from '../diagnose/types.js';
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

function problem({ id, title, summary, severity }: Finding): string {
  return `<li class="${severity}"><a href="#finding-${e(id)}">${e(title)}</a> ${e(summary)}</li>`;
}

/** The first screen: the answer, the one next step, and the gravest problems. */
export function answerHtml({ verdict, sentence, todo }: Answer, { problems }: Grouped): string {
  const at = sentence.indexOf(': ');
  const more = problems.length - FIRST;
  const list =
    problems.length === 0
      ? ''
      : `<ul class="headline">${problems.slice(0, FIRST).map(problem).join('')}</ul>` +
        `${more > 0 ? `<p><a href="#findings">And ${numberText(more)} more</a></p>` : ''}`;
  return (
    `<p class="answer ${TONE[verdict]}"><strong>${e(sentence.slice(0, at + 1))}</strong>${e(sentence.slice(at + 1))}</p>` +
    `${todo === null ? '' : recommended(todo, 'Next step.')}${list}`
  );
}
