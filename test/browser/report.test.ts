import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pictureNumbers } from '../../src/cli/picture-numbers.js';
import { reportPictures } from '../../src/cli/report-pictures.js';
import { diagnose } from '../../src/diagnose/diagnose.js';
import { diagnosisPictures } from '../../src/plot/index.js';
import { toHtml } from '../../src/report/index.js';
import { groupFindings } from '../../src/report/status.js';
import { corners, HOSTILE, resultsOf, trainingRecord } from '../unit/plot/sample-results.js';

const CHROMIUM = '/usr/bin/chromium';
const required = process.env.CLUSTERLENS_BROWSER === 'required';
const missing = !existsSync(CHROMIUM);
const ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const NAMES = [...HOSTILE, 'x'.repeat(200), 'שלום \u202eעולם', 'line\nbreak', '🙂 日本語', 1, '1', 'singleton'];
const { points, labels } = corners(NAMES, [12, 10, 8, 6, 14, 6, 6, 6, 6, 6, 6, 6, 1], 2);
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
    training: trainingRecord(30),
  },
  { theme: 'page', threshold: 10 },
);
const folder = mkdtempSync(join(tmpdir(), 'clusterlens-report-'));
const file = join(folder, 'report.html');
const address = pathToFileURL(file).href;

/** A report with the pictures that the command draws. */
async function commandReport(name: string, names: readonly string[], sizes: readonly number[]): Promise<string> {
  const data = corners(names, sizes);
  const found = diagnose(data, { permutations: 39, sampleSize: 500 });
  const flat = { data: Float64Array.from(data.points.flat()), rows: data.points.length, columns: 6 };
  const settings = { metric: undefined, standardize: false, noiseLabel: undefined, seed: 0 };
  const numbers = pictureNumbers({ points: flat, labels: data.labels, spaces: {} }, undefined, settings);
  const columns = ['x1', 'x2', 'x3', 'x4', 'x5', 'x6'];
  const drawn = reportPictures(found, numbers, { columns, training: undefined });
  const path = join(folder, `${name}.html`);
  writeFileSync(path, await toHtml(found, { title: name, pictures: drawn }));
  return pathToFileURL(path).href;
}

/** Texts of pictures that stand out of their frame. */
function clippedTexts(page: Page): Promise<string[]> {
  return page.$$eval('figure', (figures) =>
    figures.flatMap((figure) => {
      const frame = figure.getBoundingClientRect();
      return Array.from(figure.querySelectorAll('svg text'))
        .map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
        .filter(({ box }) => box.left < frame.left || box.right > frame.right || box.bottom > frame.bottom)
        .map(({ text }) => `${figure.id}: ${text}`);
    }),
  );
}

it('has a browser, where one is required', () => {
  if (required) expect(missing, `CLUSTERLENS_BROWSER=required, and ${CHROMIUM} is not there`).toBe(false);
});

// The reason stands in the name, where whoever reads "skipped" sees it.
describe.skipIf(missing)(`the report in Chromium${missing ? ` (skipped: no ${CHROMIUM})` : ''}`, () => {
  let context: BrowserContext;
  let page: Page;
  const complaints: string[] = [];
  const requests: string[] = [];

  beforeAll(async () => {
    const command = 'clusterlens report data.csv -o report.html';
    writeFileSync(file, await toHtml(diagnosis, { title: 'data.csv', command, versions: { node: '20' }, pictures }));
    context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: CHROMIUM,
      headless: true,
      args: ARGUMENTS,
      acceptDownloads: true,
      timeout: 0, // that of the test is enough
    });
    context.setDefaultTimeout(0);
    page = context.pages()[0] ?? (await context.newPage());
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('dialog', async (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      await dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
  });

  afterAll(async () => {
    await context?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  const open = async (width: number, colorScheme: 'light' | 'dark') => {
    await page.emulateMedia({ media: 'screen', colorScheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height: 900 });
    await page.goto(address);
  };

  it('complains about nothing and asks for nothing but itself', async () => {
    await open(1280, 'light');
    await page.waitForLoadState('networkidle');
    expect(complaints).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:'))).toEqual([address]);
  });

  it.each([1280, 768, 390, 320])('shows every picture and never scrolls sideways, %i pixels wide', async (width) => {
    await open(width, 'light');
    const boxes = await page.$$eval('figure svg', (all) =>
      all.map((svg) => {
        const { width: w, height: h, left, right } = svg.getBoundingClientRect();
        return { w, h, left, right };
      }),
    );
    expect(boxes).toHaveLength(pictures.length);
    for (const { w, h, left, right } of boxes) {
      expect(w).toBeGreaterThan(Math.min(200, width / 2));
      expect(h).toBeGreaterThan(60);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(right).toBeLessThanOrEqual(width);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  });

  it.each([1280, 390])('clips no text of a picture, %i pixels wide', async (width) => {
    await open(width, 'light');
    expect(await clippedTexts(page)).toEqual([]);
  });

  it.each([
    ['6 rows in 2 classes', ['a', 'b'], [3]],
    ['765 classes', Array.from({ length: 765 }, (_, c) => `term ${c}`), [1, 1, 1, 1, 1, 2, 1, 1, 4, 12]],
  ] as const)('fits a report of %s on a phone', async (name, names, sizes) => {
    const url = await commandReport(name, names, sizes);
    await page.emulateMedia({ media: 'screen', colorScheme: 'light', reducedMotion: 'reduce' });
    await page.setViewportSize({ width: 390, height: 900 });
    await page.goto(url);
    expect(await page.$$eval('figure svg', (all) => all.length)).toBeGreaterThan(3);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    expect(await clippedTexts(page)).toEqual([]);
    const texts = await page.$$eval('figure svg text', (all) => all.map((one) => one.textContent ?? ''));
    expect(texts.filter((text) => /\d\.\d{5}|NaN|undefined|Infinity/.test(text))).toEqual([]);
  });

  it('draws marks in colours of the theme, other ones in the dark', async () => {
    const colours = async () =>
      page.$$eval('figure svg [fill^="var("]', (all) =>
        [...new Set(all.map((mark) => getComputedStyle(mark).fill))].sort(),
      );
    await open(1280, 'light');
    const light = await colours();
    await open(1280, 'dark');
    const dark = await colours();
    expect(light).toContain('rgb(0, 114, 178)');
    expect(light.length).toBeGreaterThan(10);
    expect(dark).not.toContain('rgb(0, 114, 178)');
    expect(dark).toHaveLength(light.length);
  });

  it('leads from the contents to every section, finding and picture', async () => {
    await open(1280, 'light');
    const links = await page.$$eval('nav a', (all) => all.map((a) => a.getAttribute('href')!));
    const { fine } = groupFindings(diagnosis.findings);
    // What is fine stands together.
    expect(links).toHaveLength(
      7 + (diagnosis.rows.length > 0 ? 1 : 0) + diagnosis.findings.length - fine.length + 1 + pictures.length,
    );
    for (const link of [links[1]!, links.find((href) => href.startsWith('#picture-'))!, links.at(-1)!]) {
      await page.click(`nav a[href="${link}"]`);
      const top = await page.$eval(link, (target) => target.getBoundingClientRect().top);
      // Near the top, or as far up as the end of the page lets it.
      const atEnd = await page.evaluate(() => innerHeight + scrollY >= document.documentElement.scrollHeight - 2);
      expect(top).toBeGreaterThanOrEqual(-1);
      expect(top).toBeLessThan(atEnd ? 900 : 60);
    }
    const targets = await page.evaluate((all) => all.filter((href) => document.querySelector(href) === null), links);
    expect(targets).toEqual([]);
  });

  it('hands out the diagnosis as JSON, equal to the one it was made from', async () => {
    await open(1280, 'light');
    const [download] = await Promise.all([page.waitForEvent('download'), page.click('#download')]);
    expect(download.suggestedFilename()).toBe('diagnosis.json');
    const path = join(folder, 'diagnosis.json');
    await download.saveAs(path);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(JSON.parse(JSON.stringify(diagnosis)));
  });

  it('copies a command, or selects it where it may not', async () => {
    await open(1280, 'light');
    const button = page.locator('section[aria-labelledby="made"] button[data-copy]');
    // What the button says, it says for a while only.
    const saying = await button.evaluateHandle((one) => {
      const options = { childList: true, characterData: true, subtree: true };
      const text = new Promise<string | null>((resolve) => {
        new MutationObserver(() => resolve(one.textContent)).observe(one, options);
      });
      return { text };
    });
    await button.focus();
    await page.keyboard.press('Enter');
    const said = await saying.evaluate(({ text }) => text);
    expect(said).toMatch(/^(Copied|Selected)$/);
    const chosen = await page.evaluate(() => getSelection()!.toString());
    if (said === 'Selected') expect(chosen).toBe('clusterlens report data.csv -o report.html');
  });

  it('unfolds the evidence on paper and is light there', async () => {
    await open(1280, 'dark');
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    const folded = await page.$$eval(
      'details:not(.long)',
      (all) => all.filter((one) => !(one as HTMLDetailsElement).open).length,
    );
    expect(folded).toBe(0);
    expect(await page.$eval('.card', (card) => getComputedStyle(card).backgroundColor)).toBe('rgb(255, 255, 255)');
    const display = (selector: string) =>
      page.$$eval(selector, (all) => [...new Set(all.map((one) => getComputedStyle(one).display))]);
    // What needs a screen is left out; the only summaries are those that name a table.
    for (const selector of ['nav', 'button', '.skip', 'section[aria-labelledby=numbers]', '.shown > summary']) {
      expect([selector, await display(selector)]).toEqual([selector, ['none']]);
    }
    expect(await page.$eval('body', (body) => getComputedStyle(body).backgroundImage)).toBe('none');
    expect(await page.$eval('body', (body) => getComputedStyle(body).backgroundColor)).toBe('rgba(0, 0, 0, 0)');
    expect(await page.$eval('a', (link) => getComputedStyle(link).textDecorationLine)).toBe('none');
    // Tables of a few rows are there, and a long one says that it is not.
    const tables = await page.$$eval('details:not(.shown, .passed)', (all) =>
      all.map((one) => ({
        rows: one.querySelectorAll('tbody tr').length,
        shown: one.querySelector('table')!.checkVisibility(),
        note: getComputedStyle(one.querySelector('summary')!, '::after').content,
      })),
    );
    expect(tables.filter(({ rows, shown }) => rows <= 12 && !shown)).toEqual([]);
    const long = tables.filter(({ rows }) => rows > 12);
    expect(long.length).toBeGreaterThan(0);
    for (const { shown, note } of long) expect([shown, note]).toEqual([false, '": not printed, opens in the file"']);
  });

  it.each([680, 1040])(
    'keeps everything on a sheet %i pixels wide, and pictures and rows in one piece',
    async (width) => {
      await open(width, 'light');
      await page.emulateMedia({ media: 'print', colorScheme: 'light' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const over = await page.$$eval(
        'body *',
        (all, edge) =>
          all
            .filter((one) => one.closest('svg') === null || one.tagName === 'svg')
            .filter((one) => one.getBoundingClientRect().right > edge + 1)
            .map((one) => `${one.tagName} ${one.className} ${one.textContent?.slice(0, 40)}`),
        width,
      );
      expect(over).toEqual([]);
      for (const selector of ['figure', 'tr', 'pre', '.todo', '.finding header']) {
        const inside = await page.$$eval(selector, (all) => [
          ...new Set(all.map((one) => getComputedStyle(one).breakInside)),
        ]);
        expect([selector, inside]).toEqual([selector, ['avoid']]);
      }
      for (const selector of ['.finding header', '.summary', 'h2', 'h3', 'thead']) {
        const after = await page.$$eval(selector, (all) => [
          ...new Set(all.map((one) => getComputedStyle(one).breakAfter)),
        ]);
        expect([selector, after]).toEqual([selector, ['avoid']]);
      }
    },
  );

  describe.each(['light', 'dark'] as const)('axe-core, %s', (scheme) => {
    it.each([1280, 390])('finds nothing to object to, %i pixels wide', async (width) => {
      await open(width, scheme);
      await page.$$eval('details', (all) => {
        for (const one of all) one.setAttribute('open', '');
      });
      const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
      await page.evaluate(source);
      const violations = await page.evaluate(async () => {
        const { axe } = globalThis as unknown as {
          axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
        };
        const found = await axe.run();
        return found.violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes[0]!.html.slice(0, 200)}`);
      });
      expect(violations).toEqual([]);
    });
  });

  it('has run no label as code', () => {
    expect(complaints).toEqual([]);
  });
});
