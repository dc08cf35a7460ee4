import { InputError, show } from '../core/errors.js';
import { numberText } from '../core/words.js';
import { checkOptions, nothingMore, oneOf } from '../data/options.js';
import type { Finding } from '../diagnose/finding-types.js';
import type { Diagnosis } from '../diagnose/types.js';
import { escapeHtml as e, jsonForHtml } from './escape.js';
import { answerOf, type FillCommand, findingsOf } from './findings-of.js';
import { answerHtml } from './html-answer.js';
import { copyable, findingHtml, severityBadge, statusBadge, table } from './html-finding.js';
import { balanceHtml, claimsHtml, scoresHtml, settingsHtml } from './html-numbers.js';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH } from './html-script.js';
import { styleSheet } from './html-style.js';
import { readDiagnosis } from './read-diagnosis.js';
import { readTexts } from './read-texts.js';
import { loadRenderer, renderSvg } from './render-svg.js';
import { groupFindings, statusOf, titlesText } from './status.js';
import { SHOWN_ROWS, SUSPICION_HEADS, SUSPICION_NUMERIC, saySuspicious, suspicionCells } from './suspicious.js';

export interface ToHtmlOptions {
  /** What was diagnosed, as the name of the data file: stands above the verdict. */
  readonly title?: string | undefined;
  /**
   * Vega-Lite specifications, as `clusterlens/plot` makes them with `theme: 'page'`. The title becomes
   * the heading and `description` the sentence below it; both must be there. Drawing needs the
   * packages vega and vega-lite.
   */
  readonly pictures?: readonly object[] | undefined;
  /** What holds for the pictures together, as that they show a sample of the rows: stands above them. */
  readonly picturesNote?: string | undefined;
  /** The command or call that made the diagnosis, exactly. */
  readonly command?: string | undefined;
  /** Versions by name, as { clusterlens: '1.0.0', node: '20.20.0' }. */
  readonly versions?: Readonly<Record<string, string>> | undefined;
  /** Makes a recommended command one that can be run: DATA and HELD_OUT stand in it for files. */
  readonly fillCommand?: FillCommand | undefined;
  /** 'auto' goes with the reader's device. Default 'auto'. */
  readonly theme?: 'auto' | 'light' | 'dark' | undefined;
}

function suspiciousHtml(diagnosis: Diagnosis): string {
  const heads = SUSPICION_HEADS.map((text, c) => ({ text, numeric: SUSPICION_NUMERIC[c]! }));
  const shown = diagnosis.rows.slice(0, SHOWN_ROWS).map((row) => suspicionCells(row).map(e));
  return `<div class="card"><p>${e(saySuspicious(diagnosis))}</p>${table('Rows to look up', heads, shown)}</div>`;
}

interface Drawn {
  readonly id: string;
  readonly title: string;
  readonly html: string;
  readonly colours: unknown;
}

function titleOf(where: string, spec: Readonly<Record<string, unknown>>, position: string): string {
  const title =
    typeof spec.title === 'string' ? spec.title : (spec.title as { text?: unknown } | null | undefined)?.text;
  if (typeof title === 'string' && title !== '' && typeof spec.description === 'string' && spec.description !== '') {
    return title;
  }
  throw new InputError(
    'wrong-type',
    `${where}: ${position} must have a title and a description, got ${show(title)} and ${show(spec.description)}; a picture without words is no evidence`,
  );
}

async function draw(where: string, pictures: readonly object[]): Promise<Drawn[]> {
  if (pictures.length === 0) return [];
  const renderer = await loadRenderer(where);
  const drawn: Drawn[] = [];
  for (const [p, picture] of pictures.entries()) {
    const spec = picture as Readonly<Record<string, unknown>>;
    const id = `picture-${p + 1}`;
    const title = titleOf(where, spec, `pictures[${p}]`);
    const attributes = `role="img" aria-labelledby="${id}-title" aria-describedby="${id}-text"`;
    const svg = await renderSvg(renderer, spec, { where, id, attributes });
    const html =
      `<figure id="${id}"><h3 id="${id}-title">${e(title)}</h3>` +
      `<figcaption id="${id}-text">${e(spec.description)}</figcaption>${svg}</figure>`;
    drawn.push({ id, title, html, colours: (spec.usermeta as { pageColours?: unknown } | undefined)?.pageColours });
  }
  return drawn;
}

/** Custom properties that the pictures use, with nothing in them but names and colours. */
function pageColours(drawn: readonly Drawn[], side: 'light' | 'dark'): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { colours } of drawn) {
    const given = (colours as Record<string, unknown> | undefined)?.[side];
    for (const [name, value] of Object.entries(given ?? {})) {
      if (/^--[a-z][a-z0-9-]*$/.test(name) && /^#[0-9a-f]{3,8}$/i.test(String(value))) found[name] = String(value);
    }
  }
  return found;
}

function contents(
  sections: readonly { id: string; title: string; items?: readonly { id: string; title: string }[] }[],
): string {
  const link = ({ id, title }: { id: string; title: string }) => `<a href="#${e(id)}">${e(title)}</a>`;
  const items = sections.map((section) => {
    const inner = section.items?.map((item) => `<li>${link(item)}</li>`).join('') ?? '';
    return `<li>${link(section)}${inner === '' ? '' : `<ol>${inner}</ol>`}</li>`;
  });
  return `<nav aria-labelledby="contents"><h2 id="contents">Contents</h2><ol>${items.join('')}</ol></nav>`;
}

function facts({ input }: Diagnosis): string {
  const items: [string, string][] = [
    ['rows', numberText(input.n)],
    ['columns', numberText(input.d)],
    ['classes', numberText(input.k)],
    ...(input.heldOutRows === null ? [] : [['held-out rows', numberText(input.heldOutRows)] as [string, string]]),
    ['distance', `${input.metric}${input.standardized ? ', standardised' : ''}`],
  ];
  return `<dl class="facts">${items.map(([name, value]) => `<div><dt>${e(name)}</dt><dd>${e(value)}</dd></div>`).join('')}</dl>`;
}

/**
 * A diagnosis as one HTML file that needs nothing else: no network, no other file. The answer, the
 * next step and contents first, then the problems, the most severe first, each with its evidence and what
 * to do, what is unclear, and what is fine; then the
 * pictures with a sentence each, the scores, and the diagnosis as JSON to download. Made for screens
 * of any width, light and dark, keyboard, screen reader and paper. The same input gives the same file:
 * nothing of the clock or the machine gets in, unless `versions` brings it.
 *
 * Labels and all other texts are escaped, and a content security policy forbids the page everything
 * but its own style and script.
 *
 * @param diagnosis what `diagnose` returns, also after a way through JSON.
 * @throws MissingDependencyError when pictures are given and vega or vega-lite is not installed;
 *   InputError for a value that is no diagnosis, for bad options, and for pictures that do not render.
 *
 * @example
 * import { diagnose } from 'clusterlens';
 * import { toHtml } from 'clusterlens/report';
 * const points = Array.from({ length: 60 }, (_, i) => [(i % 3) * 4 + Math.sin(i), Math.cos(7 * i)]);
 * const labels = points.map((_, i) => ['low', 'middle', 'high'][i % 3]!);
 * const page = await toHtml(diagnose({ points, labels }), { title: 'Three places' });
 * console.log(page.startsWith('<!doctype html>'), page.includes('Three places')); // true true
 */
export async function toHtml(diagnosis: Diagnosis, options: ToHtmlOptions = {}, ...more: []): Promise<string> {
  nothingMore('toHtml', more, [diagnosis, options]);
  const where = 'toHtml';
  readDiagnosis(where, diagnosis);
  readTexts(
    where,
    checkOptions(where, options, ['title', 'pictures', 'picturesNote', 'command', 'versions', 'fillCommand', 'theme']),
  );
  const theme = oneOf(where, 'theme', options.theme, ['auto', 'light', 'dark'] as const, 'auto');
  const { title, command, versions = {}, picturesNote } = options;
  const drawn = await draw(where, options.pictures ?? []);
  const findings = findingsOf(where, diagnosis, options.fillCommand);
  const { claims, metrics } = diagnosis;
  const grouped = groupFindings(findings);
  const { problems, explained, unclear, fine } = grouped;

  const overview = table(
    'All findings',
    [{ text: 'Finding' }, { text: 'Status' }, { text: 'Severity' }],
    [...problems, ...explained, ...unclear].map((finding) => [
      `<a href="#finding-${e(finding.id)}">${e(finding.title)}</a>`,
      statusBadge(statusOf(finding)),
      statusOf(finding) === 'problem'
        ? `<span class="${finding.severity}">${severityBadge(finding.severity)}</span>`
        : '',
    ]),
  );
  const open = [...problems, ...explained, ...unclear];
  const told = (some: readonly Finding[]) => some.map((finding) => findingHtml(finding, findings)).join('');
  const passed =
    fine.length === 0
      ? ''
      : `<div class="card" id="fine"><h3>Fine</h3><p>${e(titlesText(fine))}</p></div>` +
        `<details class="passed"><summary>What was tested and is fine (${numberText(fine.length)})</summary>${told(fine)}</details>`;
  const made =
    `<div class="card">${command === undefined ? '' : `<p>This report was made by</p>${copyable(command, 'the command')}`}` +
    `${settingsHtml(diagnosis, versions)}</div>`;
  const sections = [
    {
      id: 'findings',
      title: 'Findings',
      html: `${open.length < 2 ? '' : `<div class="card">${overview}</div>`}${told(open)}${passed}`,
      items: [
        ...open.map(({ id, title: name }) => ({ id: `finding-${id}`, title: name })),
        ...(fine.length === 0 ? [] : [{ id: 'fine', title: 'Fine' }]),
      ],
    },
    ...(diagnosis.rows.length === 0 ? [] : [{ id: 'rows', title: 'Rows to look up', html: suspiciousHtml(diagnosis) }]),
    ...(claims === null || claims.length === 0 ? [] : [{ id: 'claims', title: 'Claims', html: claimsHtml(claims) }]),
    ...(drawn.length === 0
      ? []
      : [
          {
            id: 'pictures',
            title: 'Pictures',
            html: `${picturesNote === undefined ? '' : `<p>${e(picturesNote)}</p>`}<div class="pictures">${drawn.map(({ html }) => html).join('')}</div>`,
            items: drawn.map(({ id, title: name }) => ({ id, title: name })),
          },
        ]),
    ...(metrics.length === 0 ? [] : [{ id: 'scores', title: 'Scores', html: scoresHtml(metrics) }]),
    { id: 'balance', title: 'Class balance', html: balanceHtml(diagnosis.balance) },
    {
      id: 'numbers',
      title: 'All numbers',
      html:
        `<div class="card"><p>The whole diagnosis, every number with the test that made it, as JSON (schema ${e(diagnosis.schema)}).</p>` +
        `<p><button type="button" id="download" hidden>Download diagnosis.json</button></p></div>`,
    },
    { id: 'made', title: 'How it was made', html: made },
  ];
  const name = title === undefined ? 'Clustering diagnosis' : `Clustering diagnosis of ${title}`;
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src '${PAGE_SCRIPT_HASH}'; img-src data:; base-uri 'none'; form-action 'none'`;
  return (
    `<!doctype html>\n<html lang="en"${theme === 'auto' ? '' : ` data-theme="${theme}"`}><head><meta charset="utf-8">` +
    `<meta http-equiv="Content-Security-Policy" content="${policy}">` +
    `<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="${theme === 'auto' ? 'light dark' : theme}">` +
    `<title>${e(name)}</title><link rel="icon" href="data:,">` +
    `<style>${styleSheet({ light: pageColours(drawn, 'light'), dark: pageColours(drawn, 'dark') })}</style></head>\n` +
    `<body><a class="skip" href="#findings">To the findings</a><div class="layout"><header class="top">` +
    `${title === undefined ? '' : `<p class="eyebrow">${e(title)}</p>`}<h1>Clustering diagnosis</h1>` +
    `${answerHtml(answerOf(diagnosis, options.fillCommand), grouped, diagnosis.rows)}${facts(diagnosis)}</header>\n${contents(sections)}\n<main>` +
    sections
      .map((s) => `<section aria-labelledby="${s.id}"><h2 id="${s.id}">${s.title}</h2>${s.html}</section>`)
      .join('\n') +
    `<footer><p>Made by clusterlens. Every number on this page was computed from the data it was given.</p></footer></main></div>\n` +
    `<script type="application/json" id="diagnosis">${jsonForHtml(diagnosis)}</script>\n<script>${PAGE_SCRIPT}</script></body></html>\n`
  );
}
