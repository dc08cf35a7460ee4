import { numberText, percentText, pText } from '../core/words.js';
import { checkOptions, nothingMore } from '../data/options.js';
import type { Evidence, EvidenceTable, Finding, Recommendation } from '../diagnose/finding-types.js';
import type { Diagnosis } from '../diagnose/types.js';
import type { ClaimCheck } from '../studies/claims/claim-types.js';
import { escapeMarkdown as m } from './escape.js';
import { answerOf, type FillCommand, findingsOf } from './findings-of.js';
import { readDiagnosis } from './read-diagnosis.js';
import { readTexts } from './read-texts.js';
import { sayLeftOut } from './say-columns.js';
import { sayCell, sayDetail, sayReading, sayRows, sayValue } from './say-value.js';
import { groupFindings, statusOf, titlesText } from './status.js';
import { SHOWN_ROWS, SUSPICION_HEADS, SUSPICION_NUMERIC, saySuspicious, suspicionCells } from './suspicious.js';

export interface ToMarkdownOptions {
  /** What was diagnosed, as the name of the data file. */
  readonly title?: string | undefined;
  /** The command or call that made the diagnosis. */
  readonly command?: string | undefined;
  /** Versions by name. */
  readonly versions?: Readonly<Record<string, string>> | undefined;
  /** Makes a recommended command one that can be run: DATA and HELD_OUT stand in it for files. */
  readonly fillCommand?: FillCommand | undefined;
}

/** Rows of a table of evidence; what is more is counted. */
const ROWS = 15;

function table(heads: readonly string[], rows: readonly (readonly string[])[], numeric: readonly boolean[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(heads), line(numeric.map((right) => (right ? '---:' : '---'))), ...rows.map(line)].join('\n');
}

/** A block of code whose fence is longer than any run of backticks inside. */
function code(text: string, language: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function evidence(items: readonly Evidence[]): string {
  const rows = items.map((item) => {
    const detail = sayDetail(item);
    return [
      m(item.text),
      `${m(sayValue(item.value, item.unit))}${detail === '' ? '' : ` (${m(detail)})`}`,
      item.chance === undefined ? '' : m(sayValue(item.chance, item.unit === 'share' ? 'share' : undefined)),
      item.p === undefined ? '' : pText(item.p),
      m(item.test),
    ];
  });
  return table(['Evidence', 'Value', 'By chance', 'p', 'Test'], rows, [false, true, true, true, false]);
}

/** The columns that are no part of the points. */
function leftOutLine({ columns }: Diagnosis['input']): string[] {
  const away = sayLeftOut(columns);
  return away === undefined ? [] : [`Not among the columns: ${m(away)}.`];
}

function longTable({ text, columns, rows, omitted, sample }: EvidenceTable): string {
  if (rows.length === 0) return '';
  const shown = rows.slice(0, ROWS).map((row) => row.map((value, c) => m(sayCell(value, columns[c]!))));
  const numeric = columns.map((_, c) => rows.some((row) => typeof row[c] === 'number'));
  const more = omitted + rows.length - shown.length;
  const from = sample === undefined ? '' : ` (${sayRows(sample)})`;
  return `${m(text)}${from}:\n\n${table(columns.map(m), shown, numeric)}${more > 0 ? `\n\n${numberText(more)} more.` : ''}`;
}

function todo(recommendation: Recommendation | null, heading: string): string[] {
  if (recommendation === null) return [];
  const { text, command, call } = recommendation;
  return [
    `**${heading}** ${m(text)}`,
    ...(command === undefined ? [] : [code(command, 'sh')]),
    ...(call === undefined ? [] : [code(call, 'ts')]),
  ];
}

/** A status with its severity, where it is a problem. */
function statusText(of: Finding): string {
  const status = statusOf(of);
  return status === 'problem' ? `${status} (${of.severity})` : status;
}

function finding(of: Finding, all: readonly Finding[]): string {
  const { title, hypothesis, summary, evidence: items, tables, changesIf, recommendation, explains, explainedBy } = of;
  const titles = (ids: readonly string[]) =>
    ids.flatMap((id) => all.find((other) => other.id === id)?.title.toLowerCase() ?? []).map(m);
  return [
    `### ${m(title)}: ${statusText(of)}`,
    m(summary),
    explains.length === 0 ? '' : `**Explains:** ${titles(explains).join(', ')}.`,
    explainedBy === null ? '' : `**Explained by:** ${titles([explainedBy]).join('')}.`,
    items.length === 0 ? '' : evidence(items),
    ...tables.map(longTable),
    ...todo(recommendation, 'What to do.'),
    `**Tested.** ${m(hypothesis)} ${m(changesIf)}`,
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

/** The interval of a claim's value, and the rows that it is from. */
function beside({ interval, sample }: Pick<ClaimCheck, 'interval' | 'sample'>): string {
  const parts = [
    ...(interval === null
      ? []
      : [`${percentText(interval.level)} interval ${numberText(interval.low)} to ${numberText(interval.high)}`]),
    ...(sample === undefined ? [] : [`from ${numberText(sample.rows)} of ${numberText(sample.of)} rows`]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

/**
 * A diagnosis as Markdown (the GitHub flavour, for its tables): the answer, findings with their evidence,
 * the most severe first, claims, scores, and how it was made. Labels and other texts are escaped. The
 * same input gives the same text.
 *
 * @param diagnosis what `diagnose` returns, also after a way through JSON.
 * @throws InputError for a value that is no diagnosis, and for bad options.
 *
 * @example
 * import { diagnose } from 'clusterlens';
 * import { toMarkdown } from 'clusterlens/report';
 * const points = Array.from({ length: 60 }, (_, i) => [(i % 3) * 4 + Math.sin(i), Math.cos(7 * i)]);
 * const labels = points.map((_, i) => ['low', 'middle', 'high'][i % 3]!);
 * const text = toMarkdown(diagnose({ points, labels }), { title: 'Three places' });
 * console.log(text.split('\n')[0]); // # Clustering diagnosis of Three places
 */
export function toMarkdown(diagnosis: Diagnosis, options: ToMarkdownOptions = {}, ...more: []): string {
  nothingMore('toMarkdown', more, [diagnosis, options]);
  const where = 'toMarkdown';
  readDiagnosis(where, diagnosis);
  readTexts(where, checkOptions(where, options, ['title', 'command', 'versions', 'fillCommand']));
  const { title, command, versions = {} } = options;
  const { input, metrics, claims } = diagnosis;
  const findings = findingsOf(where, diagnosis, options.fillCommand);
  const { problems, explained, unclear, fine } = groupFindings(findings);
  const open = [...problems, ...explained, ...unclear];
  const overview = open.map((f) => [m(f.title), statusText(f), m(f.summary)]);
  const answer = answerOf(diagnosis, options.fillCommand);
  const scores = metrics.map((row) => [
    m(row.metric),
    m(`${row.space}, ${row.rows}`),
    m(
      row.score === null
        ? (row.reason ?? '–')
        : `${numberText(row.score)}${beside({ ...row, interval: row.interval ?? null })}`,
    ),
    row.chance === null ? '' : m(numberText(row.chance.mean)),
    row.p === null ? '' : pText(row.p),
    row.better,
  ]);
  const checked = (claims ?? []).map((claim) => [
    m(claim.metric),
    claim.claimed.toFixed(claim.decimals),
    m(claim.recomputed === null ? (claim.reason ?? '–') : `${numberText(claim.recomputed)}${beside(claim)}`),
    claim.verdict,
    claim.reproducedBy === null
      ? claim.verdict === 'consistent'
        ? 'the sample cannot tell; exact computation decides'
        : ''
      : m([claim.reproducedBy, ...(claim.caution === undefined ? [] : [claim.caution])].join('. ')),
  ]);
  const noted = Object.entries(versions).map(([name, version]) => `${m(name)} ${m(version)}`);
  const parts = [
    `# Clustering diagnosis${title === undefined ? '' : ` of ${m(title)}`}`,
    `**${m(answer.sentence)}**`,
    ...todo(answer.todo, 'Next step.'),
    `${numberText(input.n)} rows, ${numberText(input.d)} columns, ${numberText(input.k)} classes; distance ${m(input.metric)}, columns ${input.standardized ? 'standardised' : 'as given'}.`,
    ...leftOutLine(input),
    '## Findings',
    ...(open.length === 0 ? [] : [table(['Finding', 'Status', 'Summary'], overview, [false, false, false])]),
    ...open.map((of) => finding(of, findings)),
    ...(fine.length === 0 ? [] : [`**Fine:** ${m(titlesText(fine))}`]),
    ...(checked.length === 0
      ? []
      : [
          '## Claims',
          table(['Index', 'Claimed', 'Recomputed', 'Verdict', 'Reproduced by'], checked, [
            false,
            true,
            true,
            false,
            false,
          ]),
        ]),
    ...(diagnosis.rows.length === 0
      ? []
      : [
          '## Rows to look up',
          m(saySuspicious(diagnosis)),
          table(
            SUSPICION_HEADS,
            diagnosis.rows.slice(0, SHOWN_ROWS).map((row) => suspicionCells(row).map(m)),
            SUSPICION_NUMERIC,
          ),
        ]),
    ...(scores.length === 0
      ? []
      : [
          '## Scores',
          table(['Index', 'Rows', 'Score', 'By chance', 'p', 'Better'], scores, [
            false,
            false,
            true,
            true,
            true,
            false,
          ]),
        ]),
    ...(fine.length === 0 ? [] : ['## What is fine', ...fine.map((of) => finding(of, findings))]),
    '## How it was made',
    ...(command === undefined ? [] : [code(command, 'sh')]),
    ...sayReading(diagnosis).map((note) => `Reading: ${m(note)}.`),
    `Permutations ${numberText(input.permutations)}, level ${input.alpha}, seed ${input.seed}` +
      `${input.sample === null ? '' : `, costly tests on ${numberText(input.sample.rows)} of ${numberText(input.sample.of)} rows`}.` +
      `${noted.length === 0 ? '' : ` Versions: ${noted.join(', ')}.`}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
