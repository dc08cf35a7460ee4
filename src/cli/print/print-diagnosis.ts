import { countText, numberText, pIs } from '../../core/words.js';
import type { Evidence, EvidenceTable, Finding, Recommendation } from '../../diagnose/finding-types.js';
import type { Diagnosis, MetricRow } from '../../diagnose/types.js';
import { sayLeftOut } from '../../report/say-columns.js';
import { sayDropped, sayRows, sayValue } from '../../report/say-value.js';
import { groupFindings, statusOf, titlesText, wasTested } from '../../report/status.js';
import { SHOWN_ROWS, SUSPICION_HEADS, saySuspicious, suspicionCells } from '../../report/suspicious.js';
import { brokenCode, hanging, padEnd, printable, table, widthOf, words, wrap } from '../layout.js';
import type { LoadedData } from '../load-data.js';
import type { Terminal } from '../terminal.js';
import { printClaims } from './print-claims.js';

const STYLES = {
  high: ['bold', 'red'],
  medium: ['bold', 'yellow'],
  low: ['bold', 'cyan'],
  info: ['dim'],
} as const;
const INDENT = '  ';
const TABLE_ROWS = 12;

/** The value with its unit, as the report has it. */
function valueText({ value, unit }: Pick<Evidence, 'value' | 'unit'>): string {
  return value === null ? 'no value' : sayValue(value, unit);
}

function besides({ chance, p, interval, sample, unit }: Evidence): string {
  const plain = (value: number) => sayValue(value, unit === 'share' ? unit : undefined);
  const parts = [
    ...(chance === undefined ? [] : [`chance ${plain(chance)}`]),
    ...(p === undefined ? [] : [`${pIs(p)}`]),
    ...(interval === undefined
      ? []
      : [`${Math.round(interval.level * 100)}% interval ${plain(interval.low)} to ${plain(interval.high)}`]),
    ...(sample === undefined ? [] : [sayRows(sample)]),
  ];
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function tableLines({ text, columns, rows, omitted, test, sample }: EvidenceTable, width: number): string[] {
  if (rows.length === 0) return wrap(`${text}: none (${test})`, width);
  const shown = rows.slice(0, TABLE_ROWS);
  const more = rows.length - shown.length + omitted;
  return [
    ...wrap(`${text} (${test}${sample === undefined ? '' : `; ${sayRows(sample)}`})`, width),
    ...table(columns.map(words), shown, width - 2).map((line) => INDENT + line),
    ...(more > 0 ? [`${INDENT}and ${countText(more, 'more row')} (all in --json)`] : []),
  ];
}

function allEvidence(finding: Finding, width: number): string[] {
  const tests = new Set(finding.evidence.map(({ test }) => test));
  return [
    ...[...tests].flatMap((test) => [
      ...wrap(`By ${test}:`, width),
      ...finding.evidence
        .filter((item) => item.test === test)
        .flatMap((item) => {
          const { text, reason } = item;
          const value = `${valueText(item)}${besides(item)}`;
          return hanging('- ', `${text}: ${value}${reason === undefined ? '' : `, since ${reason}`}`, width);
        }),
    ]),
    ...finding.tables.flatMap((item) => ['', ...tableLines(item, width)]),
    '',
    ...hanging('Tested: ', finding.hypothesis, width),
    ...hanging('Verdict: ', finding.changesIf, width),
  ];
}

/** What a recommendation to merge labels refers to; short, so it is always shown. */
function mergedGroups({ tables, verdict }: Finding, width: number): string[] {
  const merged = tables.find(({ name }) => name === 'merged');
  if (merged === undefined || verdict !== 'confirmed') return [];
  const several = merged.rows.filter(([, labels]) => String(labels).includes(', '));
  return several.flatMap(([group, labels]) => hanging(`group ${group}: `, String(labels), width));
}

/** Puts the names of files into a recommended command. */
type Fill = (command: string) => string;

/** The command that carries out a recommendation; with all evidence the call in a program too. */
function codeLines({ command, call }: Recommendation, fill: Fill, verbose: boolean, room: number): string[] {
  const indented = (code: string, kind: 'command' | 'call') =>
    brokenCode(code, kind, room - 3).map((line) => `   ${line}`);
  return [
    ...(command === undefined ? [] : indented(fill(command), 'command')),
    ...(call === undefined || !verbose ? [] : ['   in a program:', ...indented(call, 'call')]),
  ];
}

interface Shown {
  /** What the answer advises, so that no finding says it again. */
  readonly next: Recommendation | null;
  readonly fill: Fill;
  readonly verbose: boolean;
  readonly terminal: Terminal;
}

/** What a finding advises. */
function adviceLines({ recommendation }: Finding, { next, fill, verbose }: Shown, room: number): string[] {
  if (recommendation === null) return [];
  if (recommendation.text === next?.text && !verbose) return ['-> the next step above'];
  return [...hanging('-> ', recommendation.text, room), ...codeLines(recommendation, fill, verbose, room)];
}

/** What a cause explains, by title. */
function explainsLines(finding: Finding, all: readonly Finding[], room: number): string[] {
  const titles = finding.explains.flatMap((id) => all.find((of) => of.id === id)?.title.toLowerCase() ?? []);
  return titles.length === 0 ? [] : hanging('Explains: ', `${titles.join(', ')}.`, room);
}

function findingLines(finding: Finding, all: readonly Finding[], shown: Shown): string[] {
  const { verbose, terminal } = shown;
  const { width, style } = terminal;
  const { severity, title, id, summary } = finding;
  const status = statusOf(finding);
  const room = width - INDENT.length;
  const mark = status === 'problem' ? severity.toUpperCase() : status.toUpperCase();
  const left = `${padEnd(mark, 7)} ${title}`;
  const gap = Math.max(2, width - widthOf(left) - widthOf(id));
  const heading =
    style(status === 'problem' ? STYLES[severity] : STYLES.info, left.slice(0, 7)) +
    ' ' +
    style('bold', title) +
    ' '.repeat(gap) +
    style('dim', id);
  const body = [
    ...wrap(summary, room),
    ...explainsLines(finding, all, room),
    ...(verbose ? ['', ...allEvidence(finding, room)] : mergedGroups(finding, room)),
    ...adviceLines(finding, shown, room),
  ];
  return [heading, ...body.map((line) => (line === '' ? '' : INDENT + line)), ''];
}

/** Titles under one mark; nothing without any. */
function inOneLine(mark: string, findings: readonly Finding[], width: number): string[] {
  return findings.length === 0 ? [] : hanging(mark, titlesText(findings), width);
}

/** What could not be tested; why is with all evidence. */
function untestedLines(unclear: readonly Finding[], width: number): string[] {
  const titles = titlesText(unclear.filter((finding) => !wasTested(finding)));
  return titles === '' ? [] : [...hanging('UNCLEAR ', `Not tested: ${titles}`, width), ''];
}

const VERDICT_STYLES = {
  real: ['bold', 'green'],
  partly: ['bold', 'yellow'],
  'not-real': ['bold', 'red'],
  undecided: ['bold', 'cyan'],
} as const;

/** The answer, and the one next step. */
function answerLines({ answer }: Diagnosis, { fill, verbose, terminal }: Shown): string[] {
  const { width, style } = terminal;
  const { verdict, sentence, todo } = answer;
  const [first, ...rest] = wrap(sentence, width);
  const word = first!.indexOf(':') + 1;
  return [
    style(VERDICT_STYLES[verdict], first!.slice(0, word)) + style('bold', first!.slice(word)),
    ...rest.map((line) => style('bold', line)),
    ...(todo === null
      ? []
      : [
          ...hanging('Next: ', todo.text, width),
          ...codeLines(todo, fill, verbose, width - INDENT.length - 1).map((line) => `${INDENT} ${line}`),
        ]),
    '',
  ];
}

function scoreLines(metrics: readonly MetricRow[], { width, style }: Terminal): string[] {
  const spaces = new Set(metrics.map(({ space, rows }) => `${space} ${rows}`));
  const rows = metrics.map(({ metric, space, rows: which, score, chance, p, better, interval }) => [
    spaces.size === 1 ? words(metric) : `${words(metric)}, ${space}, ${which}`,
    score === null ? 'undefined' : score,
    chance?.mean ?? null,
    p,
    `${better} is better${interval === undefined ? '' : `, 95% ${numberText(interval.low)} to ${numberText(interval.high)}`}`,
  ]);
  const [heading, ...lines] = table(['', 'score', 'chance', 'p', ''], rows, width - 2);
  const sample = metrics.find((row) => row.sample !== undefined)?.sample;
  const reasons = new Set(
    metrics.flatMap(({ metric, score, reason }) => (score === null && reason ? [`${words(metric)}: ${reason}`] : [])),
  );
  return [
    style('bold', 'Scores') + heading!.slice(4),
    ...lines.map((line) => INDENT + line),
    ...(sample === undefined
      ? []
      : [
          `${INDENT}silhouette and agreement of ${numberText(sample.rows)} of ${countText(sample.of, 'row')}, drawn with the seed, against all`,
        ]),
    ...[...reasons].flatMap((reason) => wrap(reason, width - 2).map((line) => INDENT + line)),
    '',
  ];
}

/** The rows to look up first. */
function rowLines(diagnosis: Diagnosis, { width, style }: Terminal): string[] {
  if (diagnosis.rows.length === 0) return [];
  const cells = diagnosis.rows.slice(0, SHOWN_ROWS).map(suspicionCells);
  return [
    style('bold', 'Rows to look up'),
    ...wrap(
      `${saySuspicious(diagnosis)} ${SHOWN_ROWS < diagnosis.rows.length ? 'All' : 'As CSV'}: --rows FILE.csv.`,
      width,
    ),
    ...table([...SUSPICION_HEADS], cells, width - 2).map((line) => INDENT + line),
    '',
  ];
}

/** The columns that are no part of the points, and how they become one. */
function leftOutLines(columns: Diagnosis['input']['columns'], width: number): string[] {
  const away = sayLeftOut(columns);
  if (away === undefined) return [];
  return wrap(`Not used: ${away}. --features names the columns to use, --keep-identifiers takes all.`, width);
}

/** A diagnosis in plain text of the width of the terminal. */
export function printDiagnosis(
  diagnosis: Diagnosis,
  data: Pick<LoadedData, 'name' | 'labelsFrom'>,
  terminal: Terminal,
  { verbose, fill, piped }: { readonly verbose: boolean; readonly fill: Fill; readonly piped: boolean },
): string {
  const { input, findings, metrics, claims } = diagnosis;
  const { width, style } = terminal;
  const shown: Shown = { next: diagnosis.answer.todo, fill, verbose, terminal };
  const { problems, explained, unclear, fine } = groupFindings(findings);
  const what = [
    `${numberText(input.n)} x ${numberText(input.d)}`,
    `${countText(input.k, 'class', 'classes')} (${data.labelsFrom})`,
    `metric ${input.metric}${input.standardized ? ', columns standardised' : ''}`,
    ...(input.noise === null ? [] : [`${countText(input.noise.rows, 'row')} of noise (${input.noise.label})`]),
    ...(diagnosis.reading === undefined ? [] : [sayDropped(diagnosis.reading.data) ?? []].flat()),
    ...(input.heldOutRows === null ? [] : [`${countText(input.heldOutRows, 'held-out row')}`]),
    `seed ${input.seed}`,
  ];
  const told = (some: readonly Finding[]) => some.flatMap((finding) => findingLines(finding, findings, shown));
  const lines = [
    style('bold', printable(data.name)),
    ...wrap(what.join(', '), width),
    ...(input.sample === null
      ? []
      : wrap(
          `The costly tests ran on a sample of ${numberText(input.sample.rows)} of the ${countText(input.sample.of, 'row')}, drawn by class with the seed.`,
          width,
        )),
    ...leftOutLines(input.columns, width),
    '',
    ...answerLines(diagnosis, shown),
    ...told(problems),
    ...(verbose ? told(explained) : []),
    ...told(unclear.filter((finding) => verbose || wasTested(finding))),
    ...(verbose
      ? told(fine)
      : [
          ...inOneLine('FINE    ', fine, width),
          ...fine.flatMap((of) => adviceLines(of, shown, width - 8)).map((line) => `        ${line}`),
          ...(fine.length === 0 ? [] : ['']),
          ...untestedLines(unclear, width),
        ]),
    ...scoreLines(metrics, terminal),
    ...rowLines(diagnosis, terminal),
    ...(claims === null || claims.length === 0
      ? []
      : [style('bold', 'Claims'), printClaims(claims, terminal, verbose).trimEnd(), '']),
  ];
  if (piped && findings.some(({ recommendation }) => recommendation?.command !== undefined))
    lines.push(...wrap('Commands that read from - take the same rows on standard input again.', width));
  if (!verbose)
    lines.push(style('dim', 'All evidence: --verbose. As JSON: --json. With pictures: clusterlens report.'));
  return `${lines.join('\n')}\n`;
}
