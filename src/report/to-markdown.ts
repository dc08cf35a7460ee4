import { numberText, percentText, pText } from '../core/words.js';
import { checkOptions } from '../data/options.js';
import type { Diagnosis, Evidence, EvidenceTable, Finding } from '../diagnose/types.js';
import type { ClaimCheck } from '../studies/claims/claim-types.js';
import { escapeMarkdown as m } from './escape.js';
import { type FillCommand, findingsOf } from './findings-of.js';
import { readDiagnosis } from './read-diagnosis.js';
import { readTexts } from './read-texts.js';
import { sayCell, sayDetail, sayReading, sayRows, sayValue } from './say-value.js';

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

function longTable({ text, columns, rows, omitted, sample }: EvidenceTable): string {
  if (rows.length === 0) return '';
  const shown = rows.slice(0, ROWS).map((row) => row.map((value, c) => m(sayCell(value, columns[c]!))));
  const numeric = columns.map((_, c) => rows.some((row) => typeof row[c] === 'number'));
  const more = omitted + rows.length - shown.length;
  const from = sample === undefined ? '' : ` (${sayRows(sample)})`;
  return `${m(text)}${from}:\n\n${table(columns.map(m), shown, numeric)}${more > 0 ? `\n\n${numberText(more)} more.` : ''}`;
}

function finding({
  title,
  verdict,
  severity,
  hypothesis,
  summary,
  evidence: items,
  tables,
  changesIf,
  recommendation,
}: Finding): string {
  return [
    `### ${m(title)}: ${verdict} (${severity})`,
    `*${m(hypothesis)}*`,
    m(summary),
    items.length === 0 ? '' : evidence(items),
    ...tables.map(longTable),
    recommendation === null ? '' : `**What to do.** ${m(recommendation.text)}`,
    recommendation?.command === undefined ? '' : code(recommendation.command, 'sh'),
    recommendation?.call === undefined ? '' : code(recommendation.call, 'ts'),
    `**What would change this.** ${m(changesIf)}`,
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
 * A diagnosis as Markdown (the GitHub flavour, for its tables): verdict, findings with their evidence,
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
export function toMarkdown(diagnosis: Diagnosis, options: ToMarkdownOptions = {}): string {
  const where = 'toMarkdown';
  readDiagnosis(where, diagnosis);
  readTexts(where, checkOptions(where, options, ['title', 'command', 'versions', 'fillCommand']));
  const { title, command, versions = {} } = options;
  const { input, metrics, claims, headline } = diagnosis;
  const findings = findingsOf(where, diagnosis, options.fillCommand);
  const overview = findings.map((f) => [m(f.title), f.verdict, f.severity, m(f.summary)]);
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
    m(headline),
    `${numberText(input.n)} rows, ${numberText(input.d)} columns, ${numberText(input.k)} classes; distance ${m(input.metric)}, columns ${input.standardized ? 'standardised' : 'as given'}.`,
    '## Findings',
    table(['Finding', 'Verdict', 'Severity', 'Summary'], overview, [false, false, false, false]),
    ...findings.map(finding),
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
    '## How it was made',
    ...(command === undefined ? [] : [code(command, 'sh')]),
    ...sayReading(diagnosis).map((note) => `Reading: ${m(note)}.`),
    `Permutations ${numberText(input.permutations)}, level ${input.alpha}, seed ${input.seed}` +
      `${input.sample === null ? '' : `, costly tests on ${numberText(input.sample.rows)} of ${numberText(input.sample.of)} rows`}.` +
      `${noted.length === 0 ? '' : ` Versions: ${noted.join(', ')}.`}`,
  ];
  return `${parts.join('\n\n')}\n`;
}
