import { numberText, pText } from '../core/words.js';
import type { Evidence, EvidenceTable, Finding, Recommendation, Severity } from '../diagnose/finding-types.js';
import { escapeHtml as e } from './escape.js';
import { sayCell, sayDetail, sayRows, sayValue } from './say-value.js';
import { type Status, statusOf } from './status.js';

/** Signs beside the words: a status never rests on colour alone. */
const SIGN: Readonly<Record<Status, string>> = { problem: '●', fine: '○', unclear: '◐' };

export function statusBadge(status: Status): string {
  return `<span class="badge"><span aria-hidden="true">${SIGN[status]}</span> ${status}</span>`;
}

export function severityBadge(severity: Severity): string {
  return `<span class="badge${severity === 'info' ? '' : ' solid'}">${severity}</span>`;
}

/** A table that scrolls by itself where the page is too narrow for it, also by keyboard. */
export function table(
  label: string,
  columns: readonly { readonly text: string; readonly numeric?: boolean }[],
  rows: readonly (readonly string[])[],
): string {
  // The first column heads its rows, and stands to the left.
  const kind = (c: number) => (c > 0 && columns[c]!.numeric === true ? ' class="n"' : '');
  const head = columns.map(({ text }, c) => `<th scope="col"${kind(c)}>${e(text)}</th>`).join('');
  const body = rows
    .map(
      (cells) =>
        `<tr>${cells.map((cell, c) => (c === 0 ? `<th scope="row">${cell}</th>` : `<td${kind(c)}>${cell}</td>`)).join('')}</tr>`,
    )
    .join('');
  return `<div class="scroll" role="region" tabindex="0" aria-label="Table: ${e(label)}"><table${columns.length > 2 ? '' : ' class="narrow"'}><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table></div>`;
}

/** A value in a cell; a word that is too long for a column is broken, and takes no room from the others. */
export function cellHtml(text: string): string {
  return /\S{40}/.test(text) ? `<span class="wide">${e(text)}</span>` : e(text);
}

function evidenceRow(item: Evidence): string[] {
  const detail = sayDetail(item);
  const better = item.better === undefined ? '' : `; ${item.better} is better`;
  return [
    `${e(item.text)}<small>${e(item.test)}${better}</small>`,
    `${cellHtml(sayValue(item.value, item.unit))}${detail === '' ? '' : `<small>${e(detail)}</small>`}`,
    item.chance === undefined ? '' : e(sayValue(item.chance, item.unit === 'share' ? 'share' : undefined)),
    item.p === undefined ? '' : e(pText(item.p)),
  ];
}

function evidenceTable(title: string, evidence: readonly Evidence[]): string {
  const chance = evidence.some((item) => item.chance !== undefined);
  const p = evidence.some((item) => item.p !== undefined);
  const columns = [
    { text: 'Evidence' },
    { text: 'Value', numeric: true },
    ...(chance ? [{ text: 'By chance', numeric: true }] : []),
    ...(p ? [{ text: 'p', numeric: true }] : []),
  ];
  const rows = evidence
    .map(evidenceRow)
    .map(([text, value, byChance, level]) => [text!, value!, ...(chance ? [byChance!] : []), ...(p ? [level!] : [])]);
  return table(`Evidence: ${title}`, columns, rows);
}

/** Rows up to which a table stands on paper too without having been opened. */
const PRINTED = 12;

/** Column names of the diagnosis are identifiers: 'ownExpected' reads as 'own expected'. */
function spaced(name: string): string {
  return name.replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}

function detailTable({ text, test, columns, rows, omitted, sample }: EvidenceTable): string {
  if (rows.length === 0) return '';
  const numeric = columns.map((_, c) => rows.some((row) => typeof row[c] === 'number'));
  const heads = columns.map((name, c) => ({ text: spaced(name), numeric: numeric[c]! }));
  const cells = rows.map((row) => row.map((value, c) => cellHtml(sayCell(value, columns[c]!))));
  const more = omitted === 0 ? '' : `<p class="changes">${numberText(omitted)} more are not listed.</p>`;
  return `<details${rows.length > PRINTED ? ' class="long"' : ''}><summary>${e(text)} (${numberText(rows.length)})</summary>${table(text, heads, cells)}<p class="changes">${e(test)}${sample === undefined ? '' : `; ${sayRows(sample)}`}</p>${more}</details>`;
}

/** A line that can be copied. Words stay whole where it is broken: a line that ends in -- would mislead. */
export function copyable(text: string, label: string): string {
  const words = e(text).replace(/\S+/g, '<span>$&</span>');
  return `<div class="copy"><pre><code>${words}</code></pre><button type="button" data-copy hidden aria-label="Copy ${e(label)}">Copy</button></div>`;
}

/** The findings that this one explains, or the one that explains it. */
function relatedHtml({ explains, explainedBy }: Finding, all: readonly Finding[]): string {
  const link = (id: string) => {
    const found = all.find((of) => of.id === id);
    return found === undefined ? [] : [`<a href="#finding-${e(id)}">${e(found.title.toLowerCase())}</a>`];
  };
  const told = (words: string, links: readonly string[]) =>
    links.length === 0 ? '' : `<p class="summary"><strong>${words}</strong> ${links.join(', ')}.</p>`;
  return `${told('Explains:', explains.flatMap(link))}${told('Explained by:', explainedBy === null ? [] : link(explainedBy))}`;
}

/** What to do, with the command and the call to copy. */
export function recommended({ text, call, command }: Recommendation, heading = 'What to do.'): string {
  // Which of the two is for whom is said where there are both.
  const both = command !== undefined && call !== undefined;
  const shown = (code: string | undefined, label: string, place: string) =>
    code === undefined ? '' : `${both ? `<small class="place">${place}</small>` : ''}${copyable(code, label)}`;
  return (
    `<div class="todo"><p><strong>${e(heading)}</strong> ${e(text)}</p>` +
    `${shown(command, 'the command', 'In the terminal')}${shown(call, 'the call', 'In a program')}</div>`
  );
}

/** One finding: what came out, the numbers, what it explains, and what to do. */
export function findingHtml(finding: Finding, all: readonly Finding[]): string {
  const { id, title, hypothesis, severity, summary, evidence, tables, changesIf, recommendation } = finding;
  const status = statusOf(finding);
  const numbers = `${evidence.length === 0 ? '' : evidenceTable(title, evidence)}${tables.map(detailTable).join('')}`;
  const grave = status === 'problem' && (severity === 'high' || severity === 'medium');
  return (
    `<article class="card finding ${severity}" id="finding-${e(id)}" aria-labelledby="title-${e(id)}"><header><h3 id="title-${e(id)}">${e(title)}</h3>` +
    `<span class="badges">${statusBadge(status)}${status === 'problem' ? severityBadge(severity) : ''}</span></header>` +
    `<p class="summary">${e(summary)}</p>${relatedHtml(finding, all)}` +
    (grave || numbers === '' ? numbers : `<details class="shown"><summary>The evidence</summary>${numbers}</details>`) +
    `${recommendation === null ? '' : recommended(recommendation)}` +
    `<p class="changes"><strong>Tested.</strong> ${e(hypothesis)} ${e(changesIf)}</p></article>`
  );
}
