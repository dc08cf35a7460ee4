import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { numberText, pText } from '../../../src/core/words.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import type { Diagnosis } from '../../../src/diagnose/types.js';
import { diagnosisPictures, PAGE_COLOURS } from '../../../src/plot/index.js';
import { PAGE_SCRIPT, PAGE_SCRIPT_HASH } from '../../../src/report/html-script.js';
import { toHtml, toMarkdown } from '../../../src/report/index.js';
import { bySeverity } from '../../../src/report/say-value.js';
import { groupFindings } from '../../../src/report/status.js';
import { corners, HOSTILE, resultsOf, trainingRecord } from '../plot/sample-results.js';

const { points, labels } = corners([...HOSTILE, 1, '1'], [12, 10, 8, 6], 2);
const diagnosis = diagnose({ points, labels, claims: { silhouette: 0.68 } }, { permutations: 40 });
const results = resultsOf(points, labels);
const pictures = diagnosisPictures(
  {
    diagnosis,
    silhouette: { result: results.silhouette, labels },
    signatures: results.signatures,
    signatureDistances: results.distances,
    confusability: results.confusability,
    filter: results.filter,
    planes: [results.plane],
    training: trainingRecord(9),
  },
  { theme: 'page', threshold: 10 },
);
const command = `clusterlens report 'a & b.csv' -o "r.html" <x>`;
const about = { title: '<img src=x onerror=alert(1)>.csv', command, versions: { clusterlens: '0.1.0', node: '20' } };
const html = await toHtml(diagnosis, { ...about, pictures });

function withoutFindings(changes: Partial<Diagnosis>): Diagnosis {
  return { ...diagnosis, ...changes };
}

/** The page without its own style and its own two scripts; any other script stays to be seen. */
function markup(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<script type="application\/json" id="diagnosis">.*?<\/script>/s, '')
    .replace(`<script>${PAGE_SCRIPT}</script>`, '');
}

/** Pictures are drawn by packages that need not be there. */
afterEach(() => {
  vi.doUnmock('vega');
  vi.resetModules();
});

describe('toHtml', () => {
  it('carries the diagnosis as JSON that reads back the same', () => {
    const json = /<script type="application\/json" id="diagnosis">(.*?)<\/script>/s.exec(html)![1]!;
    expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(diagnosis)));
    expect(json).not.toMatch(/[<>]/);
  });

  it('starts with the answer, the next step and the gravest problems', async () => {
    const [first] = diagnosis.findings;
    const finding = { ...first!, verdict: 'confirmed', severity: 'high', title: 'A & B', summary: 'It is.' } as const;
    const calm = { ...first!, verdict: 'rejected', severity: 'info' } as const;
    const answer = {
      ...diagnosis.answer,
      verdict: 'partly',
      sentence: 'Partly: a < b.',
      todo: { text: 'Do.' },
    } as const;
    const four = await toHtml(withoutFindings({ findings: [calm, finding, finding, finding, finding], answer }));
    expect(four).toContain('<p class="answer medium"><strong>Partly:</strong> a &lt; b.</p>');
    expect(four).toContain('<strong>Next step.</strong> Do.');
    const link = `<li class="high"><a href="#finding-${finding.id}">A &amp; B</a> It is.</li>`;
    expect(four).toContain(`<ul class="headline">${link.repeat(3)}</ul><p><a href="#findings">And 1 more</a></p>`);
    const none = await toHtml(withoutFindings({ findings: [calm], answer: { ...answer, todo: null } }));
    expect(none).not.toContain('class="headline"');
    expect(none).toContain('<h3>Fine</h3>');
  });

  it('fills in commands, notes what the pictures show, and leaves the JSON as it was', async () => {
    const finding = {
      ...diagnosis.findings[0]!,
      recommendation: { text: 'Do.', command: 'clusterlens diagnose DATA' },
    };
    const one = withoutFindings({ findings: [finding] });
    const fillCommand = (text: string) => text.replace('DATA', 'my.csv');
    const page = await toHtml(one, { fillCommand, pictures: pictures.slice(0, 1), picturesNote: '5 of 9 rows' });
    expect(page).toContain('<span>diagnose</span> <span>my.csv</span>');
    expect(page).toContain('<p>5 of 9 rows</p><div class="pictures">');
    expect(page).toContain('clusterlens diagnose DATA');
    expect(toMarkdown(one, { fillCommand })).toContain('```sh\nclusterlens diagnose my.csv\n```');
    await expect(toHtml(one, { fillCommand: 'my.csv' as never })).rejects.toThrowError(
      /fillCommand must be a function/,
    );
  });

  it('says what a name left in a command stands for, and what is to be held against a claim', async () => {
    const bare = await toHtml(diagnosis);
    expect(bare).toContain('DATA stands for the file with the rows.');
    expect(await toHtml(diagnosis, { fillCommand: (text) => text.replace('DATA', 'a.csv') })).not.toContain(
      'DATA stands',
    );
    expect(toMarkdown(diagnosis)).toContain('DATA stands for the file with the rows.');
    const caution = 'Ask which <convention> was used.';
    const claims = [{ ...diagnosis.claims![0]!, reproducedBy: 'macro average', caution }];
    const doubted = await toHtml({ ...diagnosis, claims });
    expect(markup(doubted)).toContain(
      '<small>by: macro average</small><small>Ask which &lt;convention&gt; was used.</small>',
    );
    expect(toMarkdown({ ...diagnosis, claims })).toMatch(/\| macro average\. Ask which .*convention.* was used\. \|/);
    const without = { ...diagnosis, claims: [{ ...claims[0]!, caution: undefined as never }] };
    expect(toMarkdown(without)).toContain('| macro average |');
  });

  it('puts value, chance, p and interval where their headings say', () => {
    const cells = (page: string, start: string) => {
      const row = page.slice(page.indexOf(start), page.indexOf('</tr>', page.indexOf(start)));
      return row.split(/<t[dh][^>]*>/).map((cell) =>
        cell
          .replace(/<small>.*/s, '')
          .replace(/<[^>]*>/g, '')
          .trim(),
      );
    };
    const chance = diagnosis.findings.find(({ id }) => id === 'chance-level')!;
    const shown = chance.evidence.find(({ name }) => name === 'silhouette')!;
    const page = markup(html);
    const own = page.slice(page.indexOf('id="finding-chance-level"'));
    expect(cells(own, 'Mean silhouette')).toEqual([
      'Mean silhouette',
      ...[shown.value as number, shown.chance!].map(numberText),
      pText(shown.p!),
    ]);
    const [claim] = diagnosis.claims!;
    const { low, high } = claim!.interval!;
    expect(page).toContain(`95% interval ${numberText(low)} to ${numberText(high)}`);
    const score = diagnosis.metrics.find(({ metric }) => metric === 'silhouette')!;
    const line = toMarkdown(diagnosis)
      .split('\n')
      .find((one) => one.startsWith('| silhouette | input'))!;
    expect(line.split(' | ').slice(2, 5)).toEqual([
      numberText(score.score!),
      numberText(score.chance!.mean),
      pText(score.p!),
    ]);
  });

  it('orders findings by severity first and by verdict within one', () => {
    const of = (severity: string, verdict: string) => ({ severity, verdict }) as Diagnosis['findings'][number];
    const mixed = [
      of('info', 'confirmed'),
      of('low', 'rejected'),
      of('high', 'inconclusive'),
      of('high', 'confirmed'),
      of('medium', 'confirmed'),
    ];
    expect(bySeverity(mixed).map(({ severity, verdict }) => `${severity} ${verdict}`)).toEqual([
      'high confirmed',
      'high inconclusive',
      'medium confirmed',
      'low rejected',
      'info confirmed',
    ]);
  });

  it('draws no label of an axis that had no room', () => {
    expect(html).not.toMatch(/<text [^>]*opacity="0"/);
  });

  it('escapes labels, titles and commands wherever they stand', () => {
    const page = markup(html);
    expect(page).not.toContain('<script>alert');
    expect(page).not.toContain('<img');
    expect(page).not.toContain('</svg><b>');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;.csv');
    // The words of a command are kept together, each by an element of its own.
    expect(page.replace(/<\/?span>/g, '')).toContain(
      'clusterlens report &#39;a &amp; b.csv&#39; -o &quot;r.html&quot; &lt;x&gt;',
    );
    expect(html.match(/<script\b/g)).toHaveLength(2);
  });

  it('is well formed: every element is closed in its turn, every id is there once', () => {
    const page = markup(html).replace('<!doctype html>', '');
    const open: string[] = [];
    for (const [, close, name, empty] of page.matchAll(/<(\/?)([a-zA-Z][\w-]*)(?:[^>"]|"[^"]*")*?(\/?)>/g)) {
      if (empty === '/' || ['meta', 'link', 'br'].includes(name!)) continue;
      if (close === '/') expect(open.pop()).toBe(name);
      else open.push(name!);
    }
    expect(open).toEqual([]);
    const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, target] of html.matchAll(/(?:href="#|url\(#|aria-(?:labelledby|describedby)=")([^")]+)/g)) {
      expect(ids).toContain(target);
    }
  });

  it('refers to nothing outside of itself', () => {
    const page = html.replace(/<script type="application\/json".*?<\/script>/s, '').replace(/&lt;.*?&gt;/g, '');
    expect(page).not.toMatch(/https?:|src=|@import|<iframe|<object/);
    expect(html).toContain("default-src 'none'");
  });

  it('allows its own script by its hash', () => {
    expect(PAGE_SCRIPT_HASH).toBe(`sha256-${createHash('sha256').update(PAGE_SCRIPT).digest('base64')}`);
    expect(html).toContain(`script-src '${PAGE_SCRIPT_HASH}'`);
    expect(html).toContain(`<script>${PAGE_SCRIPT}</script>`);
  });

  it('defines every colour that its pictures and its style use, for light and dark', () => {
    const style = /<style>(.*?)<\/style>/s.exec(html)![1]!;
    const used = new Set([...html.matchAll(/var\((--[\w-]+)/g)].map(([, name]) => name!));
    const blocks = [...style.matchAll(/:root[^{]*\{([^}]*)\}/g)].map(([, block]) => block!);
    expect(blocks).toHaveLength(3);
    for (const name of used) {
      if (name === '--tone') continue;
      for (const block of blocks) expect(block).toContain(`${name}:#`);
    }
    expect(blocks[0]).toContain(`--cl-first:${PAGE_COLOURS.light['--cl-first']}`);
    expect(blocks[1]).toContain(`--cl-first:${PAGE_COLOURS.dark['--cl-first']}`);
  });

  it('takes no colours from a picture but colours', async () => {
    const usermeta = {
      pageColours: { light: { '--a': 'red}body{display:none', '--b': '#123456', 'x;y': '#fff' }, dark: {} },
    };
    const page = await toHtml(diagnosis, { pictures: [{ ...pictures[0], usermeta }] });
    expect(page).toContain('--b:#123456');
    expect(page).not.toMatch(/display:none\}body|red\}|x;y/);
  });

  it('puts the findings first, the most severe before the others', () => {
    const order = [...html.matchAll(/<article class="card finding (\w+)"/g)].map(([, severity]) => severity!);
    expect(order).toHaveLength(diagnosis.findings.length);
    const rank = ['high', 'medium', 'low', 'info'];
    expect(order).toEqual([...order].sort((a, b) => rank.indexOf(a) - rank.indexOf(b)));
    expect(html.indexOf('id="findings"')).toBeLessThan(html.indexOf('id="pictures"'));
  });

  it('shows every evidence with its test, and every picture with its sentence', () => {
    const text = html
      .replace(/&#39;/g, "'")
      .replace(/&quot;/g, '"')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&amp;/g, '&');
    for (const { evidence, changesIf, summary } of diagnosis.findings) {
      for (const item of evidence) {
        expect(text).toContain(item.text);
        expect(text).toContain(item.test);
      }
      expect(text).toContain(changesIf);
      expect(text).toContain(summary);
    }
    for (const { description, title } of pictures) {
      expect(text).toContain(`>${description}</figcaption>`);
      expect(text).toContain(`>${title.text}</h3>`);
    }
    expect(html.match(/<svg /g)).toHaveLength(pictures.length);
  });

  it('gives the same file for the same input, whatever else is drawn meanwhile', async () => {
    const copy = JSON.parse(JSON.stringify(diagnosis)) as Diagnosis;
    const [again, other] = await Promise.all([
      toHtml(copy, { ...about, pictures }),
      toHtml(copy, { pictures: pictures.slice(2) }),
    ]);
    expect(again).toBe(html);
    expect(other).toBe(await toHtml(copy, { pictures: pictures.slice(2) }));
  });

  it('leaves the text measurement of vega as it was', async () => {
    const { textMetrics } = (await import('vega')) as unknown as { textMetrics: { width: unknown } };
    const before = textMetrics.width;
    await Promise.all([toHtml(diagnosis, { pictures }), toHtml(diagnosis, { pictures: pictures.slice(1) })]);
    expect(textMetrics.width).toBe(before);
  });

  it('stays small with 765 classes', async () => {
    const names = Array.from({ length: 765 }, (_, i) => `term ${i}`);
    const many = corners(names, [20, 3, ...Array<number>(30).fill(1)], 2);
    const found = diagnose(many, { permutations: 40 });
    const page = await toHtml(found, { pictures: diagnosisPictures({ diagnosis: found }, { theme: 'page' }) });
    expect(page.length).toBeLessThan(350_000);
  });

  it('does without pictures, and without vega', async () => {
    vi.resetModules();
    vi.doMock('vega', () => {
      throw new Error('not installed');
    });
    const fresh = await import('../../../src/report/index.js');
    const page = await fresh.toHtml(diagnosis, about);
    expect(page).not.toContain('<svg');
    expect(page).not.toContain('id="pictures"');
    await expect(fresh.toHtml(diagnosis, { pictures })).rejects.toMatchObject({
      name: 'MissingDependencyError',
      code: 'missing-dependency',
      message: expect.stringContaining('npm install vega@6 vega-lite@6'),
    });
  });

  it('refuses pictures without words, pictures that load, and what is no diagnosis', async () => {
    const { title, description, ...rest } = pictures[0]!;
    await expect(toHtml(diagnosis, { pictures: [{ title, ...rest }] })).rejects.toThrowError(
      /pictures\[0\] must have a title and a description/,
    );
    const remote = { title, description, data: { url: 'https://example.org/x.csv' }, mark: 'bar', encoding: {} };
    await expect(toHtml(diagnosis, { pictures: [remote] })).rejects.toThrowError(/loads or links/);
    await expect(toHtml(diagnosis, { pictures: [{ title, description, mark: 7 }] })).rejects.toThrowError(
      /toHtml: picture-1/,
    );
    await expect(toHtml({} as Diagnosis)).rejects.toThrowError(/needs the result of diagnose/);
    await expect(toHtml(withoutFindings({ schema: 1 as 2 }))).rejects.toThrowError(
      /schema of the diagnosis must be 2, got 1/,
    );
    await expect(toHtml(diagnosis, { them: 'dark' } as never)).rejects.toThrowError(/unknown option "them"/);
  });

  it('writes labels that are numbers as they are, and blank ones visibly', async () => {
    const classes = [2021, '', 1e6].map((label) => ({ label, count: 1200, share: 1 / 3 }));
    const rows = [[2021, 3000, '']];
    const table = { name: 't', text: 'T', test: 'x', columns: ['label', 'size', 'rival'], rows, omitted: 0 };
    const finding = { ...diagnosis.findings[0]!, tables: [table] };
    const changed = { ...diagnosis, findings: [finding], balance: { ...diagnosis.balance, classes } };
    const page = await toHtml(changed);
    expect(page).toContain('<th scope="row">2021</th><td class="n">3,000</td><td>(blank)</td>');
    expect(page).toContain('<th scope="row">2021</th><td class="n">1,200</td><td class="n">33.3%</td>');
    expect(page).toContain('<th scope="row">1000000</th>');
    expect(toMarkdown(changed)).toContain('| 2021 | 3,000 | (blank) |');
  });

  it('keeps the ids of pictures apart', async () => {
    const clipped = {
      title: 'T',
      description: 'D.',
      data: { values: [{ x: 1 }] },
      mark: { type: 'point', clip: true },
      encoding: { x: { field: 'x', type: 'quantitative' } },
    };
    const page = await toHtml(diagnosis, { pictures: [clipped, clipped] });
    const clips = [...page.matchAll(/<clipPath id="([^"]*)"/g)].map(([, id]) => id);
    expect(clips).toEqual(['picture-1-0', 'picture-2-0']);
    expect([...page.matchAll(/clip-path="url\(#([^)]*)\)"/g)].map(([, id]) => id)).toEqual(clips);
  });

  it('can be held to one theme', async () => {
    expect(await toHtml(diagnosis, { theme: 'dark' })).toContain('<html lang="en" data-theme="dark">');
    expect(html).toContain('<html lang="en"><head>');
  });
});

describe('toMarkdown', () => {
  const text = toMarkdown(diagnosis, about);

  it('has every finding, most severe first, with evidence, call and command', () => {
    const heads = [...text.matchAll(/^### .*: (problem \((?:high|medium|low)\)|unclear|fine)$/gm)].map(
      ([, status]) => status!,
    );
    expect(heads).toHaveLength(diagnosis.findings.length);
    const { problems, explained, unclear, fine } = groupFindings(diagnosis.findings);
    expect(heads).toEqual([
      ...[...problems, ...explained].map(({ severity }) => `problem (${severity})`),
      ...unclear.map(() => 'unclear'),
      ...fine.map(() => 'fine'),
    ]);
    for (const { recommendation } of diagnosis.findings) {
      if (recommendation?.call !== undefined) expect(text).toContain(`\`\`\`ts\n${recommendation.call}\n\`\`\``);
    }
    expect(text).toContain(`\`\`\`sh\n${command}\n\`\`\``);
    expect(text).toContain('Versions: clusterlens 0.1.0, node 20.');
    expect(text).toMatch(/\| silhouette \| 0\.68 \| .* \| refuted \|/);
  });

  it('keeps every table whole: the same number of cells in each row', () => {
    const rows = text
      .split('\n')
      .map((line) => (line.startsWith('|') ? line.replace(/\\./g, '').split('|').length : 0));
    rows.forEach((cells, i) => {
      if (cells > 0 && rows[i - 1]! > 0) expect(cells).toBe(rows[i - 1]);
    });
    expect(Math.max(...rows)).toBeGreaterThan(4);
  });

  it('escapes labels', () => {
    const prose = text.replace(/```.*?```/gs, '');
    expect(prose).not.toMatch(/(?<!\\)<(script|img|b|\/svg)/);
    expect(prose).toContain('\\<img src=x onerror=alert(1)\\>.csv');
  });

  it('fences code that holds a fence', () => {
    const fenced = toMarkdown(diagnosis, { command: 'echo ```' });
    expect(fenced).toContain('````sh\necho ```\n````');
  });

  it('is the same after a way through JSON', () => {
    expect(toMarkdown(JSON.parse(JSON.stringify(diagnosis)) as Diagnosis, about)).toBe(text);
  });

  it('refuses what is no diagnosis', () => {
    expect(() => toMarkdown(null as never)).toThrowError(/needs the result of diagnose, got null/);
    expect(() => toMarkdown(diagnosis, { titel: 'x' } as never)).toThrowError(/unknown option "titel"/);
  });
});
