import { corpusText } from './describe-corpus.js';
import { afterText, verdictTable, whyText } from './findings-text.js';
import type { Outcome, Report } from './report.js';
import { table } from './table.js';

const code = (text: string) => `\`\`\`\n${text}\n\`\`\``;

/** The whole story as Markdown: the corpus, the tables, the findings that tell why, the lessons. */
export function markdownReport(report: Report, outcomes: readonly Outcome[]): string {
  const [original, repaired] = ['original', 'repaired'].map((name) =>
    outcomes.find((outcome) => outcome.report.name === name),
  );
  const parts = [
    '# Before and after',
    `Made by \`${report.command}\` with seed ${report.seed} on Node ${report.node}.${report.quick ? ' A quick run: too few epochs to judge by.' : ''}`,
    '## The corpus',
    code(corpusText(report.corpus)),
    '## Training rows beside held-out rows',
    ...report.configurations.flatMap((configuration) => [
      code(table(configuration)),
      ...(configuration.groups === null
        ? []
        : [configuration.groups.map((terms, g) => `- group ${g + 1}: ${terms.join(', ')}`).join('\n')]),
      `![Latent space of ${configuration.name}](${configuration.name}.svg)`,
    ]),
    '`chance` is the mean silhouette when labels are permuted, `agree` the share of rows whose nearest neighbour has the same label.',
    '## Why',
    code(verdictTable(outcomes)),
    ...(original === undefined ? [] : [code(whyText(original))]),
    ...(original === undefined || repaired === undefined ? [] : [code(afterText(original, repaired))]),
    `The full diagnoses: ${outcomes.map(({ report: { name } }) => `[${name}](${name}-diagnosis.md)`).join(', ')}.`,
    '## Lessons',
    report.lessons.map((lesson) => `- ${lesson}`).join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}
