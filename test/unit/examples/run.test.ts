import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fromSafetensors, Rng } from 'clusterlens/nn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Configuration, configurations } from '../../../examples/equalizer/configurations.js';
import type { Corpus } from '../../../examples/equalizer/corpus.js';
import { corpusText, describeCorpus } from '../../../examples/equalizer/describe-corpus.js';
import { lessons } from '../../../examples/equalizer/lessons.js';
import { writeCorpus, writeReport } from '../../../examples/equalizer/outputs.js';
import { recompute } from '../../../examples/equalizer/recompute.js';
import type { ConfigurationReport, Report } from '../../../examples/equalizer/report.js';
import { runConfiguration } from '../../../examples/equalizer/run-configuration.js';
import { table } from '../../../examples/equalizer/table.js';

const SEED = 0;
const folder = mkdtempSync(join(tmpdir(), 'clusterlens-run-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two pairs of words that mean the same, and one word of each kind that occurs once. */
function tinyCorpus(): Corpus {
  const rng = new Rng(1);
  const centres = { calm: 0, soft: 0, loud: 5, harsh: 5 };
  const labels = [...Object.keys(centres).flatMap((term) => Array<string>(14).fill(term)), 'alone', 'lonely'];
  const rows = labels.map((term) =>
    Float64Array.from({ length: 6 }, () => (centres[term as keyof typeof centres] ?? 9) + rng.normal()),
  );
  return { name: 'tiny', synthetic: true, rows, labels, columns: ['a', 'b', 'c', 'd', 'e', 'f'] };
}

const plan = configurations(false).corpus;
const chosen = ['original', 'repaired'].map((name): Configuration => {
  const configuration = plan.find((one) => one.name === name)!;
  const batches = configuration.batches;
  return { ...configuration, epochs: 2, batches: { ...batches, size: 16 } as Configuration['batches'] };
});
let report: Report;

beforeAll(async () => {
  const corpus = tinyCorpus();
  writeCorpus(folder, corpus);
  const reports: ConfigurationReport[] = [];
  for (const configuration of chosen) reports.push(await runConfiguration(corpus, configuration, folder, SEED));
  const described = describeCorpus(corpus, SEED);
  const rest = { schema: 1 as const, command: 'npm run example', seed: SEED, quick: true, node: process.version };
  report = { ...rest, corpus: described, configurations: reports, lessons: lessons(reports) };
  writeReport(folder, report, corpusText(described));
});

describe('a run of the example', () => {
  it('writes report, codes, models and pictures, each whole', () => {
    const files = ['input.csv', 'latent.csv', 'projection.csv', 'reconstruction.csv'].map((file) => `-${file}`);
    const each = [...files, '.safetensors', '.svg', '.vl.json'];
    const expected = ['original', 'repaired'].flatMap((name) => each.map((file) => name + file));
    expect(readdirSync(folder).sort()).toEqual([...expected, 'corpus.csv', 'report.json', 'report.md'].sort());
  });

  it('writes files from which every number of the report can be recomputed', async () => {
    const { checked, differences } = await recompute(folder);
    expect(differences).toEqual([]);
    expect(checked).toBeGreaterThan(100);
  });

  it.each([
    [
      'a latent code',
      'original-latent.csv',
      (text: string) => text.replace(/\n(training,[^,]*,[^,]*,)[^,]*,/, '\n$19,'),
    ],
    ['a label', 'repaired-latent.csv', (text: string) => text.replace(/\ntraining,group 1,/, '\ntraining,group 2,')],
    ['a number of the report', 'report.json', (text: string) => text.replace(/("daviesBouldin": )/, '$11')],
    ['a row of the corpus', 'corpus.csv', (text: string) => text.replace(/\n[^,]*,/, '\n7,')],
    [
      'a lesson',
      'report.json',
      (text: string) => text.replace('published silhouette 0.68 is not', 'published silhouette 0.68 is'),
    ],
  ])('is found out when %s is changed', async (_, file, change) => {
    const path = join(folder, file);
    const text = readFileSync(path, 'utf8');
    expect(change(text)).not.toBe(text);
    writeFileSync(path, change(text));
    const { differences } = await recompute(folder);
    writeFileSync(path, text);
    expect(differences.length).toBeGreaterThan(0);
  });

  it('finds out another model', async () => {
    const path = join(folder, 'original.safetensors');
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    // The last bytes are a weight of the decoder; one of the encoder's first comes after the header.
    changed.writeFloatLE(3, 8 + Number(bytes.readBigUInt64LE(0)));
    writeFileSync(path, changed);
    const { differences } = await recompute(folder);
    writeFileSync(path, bytes);
    expect(differences.join()).toMatch(/original: the model/);
  });

  it('keeps rows that occur once in the original, on the training side, and leaves them out of the repair', () => {
    const original = readFileSync(join(folder, 'original-latent.csv'), 'utf8');
    const repaired = readFileSync(join(folder, 'repaired-latent.csv'), 'utf8');
    expect(original).toMatch(/^training,alone,/m);
    expect(original).not.toMatch(/^held-out,alone,/m);
    expect(repaired).not.toContain('alone');
  });

  it('takes the units of the columns from the training rows alone', () => {
    const lines = readFileSync(join(folder, 'original-input.csv'), 'utf8').trim().split('\n').slice(1);
    const variance = (split: string) => {
      const values = lines.filter((line) => line.startsWith(split)).map((line) => Number(line.split(',')[3]));
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length };
    };
    expect(variance('training').mean).toBeCloseTo(0, 12);
    expect(variance('training').variance).toBeCloseTo(1, 12);
    expect(Math.abs(variance('held-out').variance - 1)).toBeGreaterThan(1e-6);
  });

  it('merges the words that mean the same', () => {
    const groups = report.configurations[1]!.groups!.map((group) => [...group].sort());
    expect(groups).toContainEqual(['calm', 'soft']);
    expect(groups).toContainEqual(['harsh', 'loud']);
  });

  it('writes models under the names of the reference model', () => {
    const { tensors } = fromSafetensors(readFileSync(join(folder, 'repaired.safetensors')));
    expect(tensors.get('encoder.blocks.0.linear1.weight')!.shape).toEqual([128, 6]);
    expect(tensors.get('decoder.linear2.weight')!.shape[0]).toBe(6);
  });

  it('shows training rows beside held-out rows within 80 columns', () => {
    for (const configuration of report.configurations) {
      const lines = table(configuration).split('\n');
      for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
      expect(lines[1]).toMatch(/training rows, n = \d+, k = \d+ \| +held-out rows, n = \d+, k = \d+/);
      expect(lines.filter((line) => /^(input|latent|projection) /.test(line))).toHaveLength(3);
    }
  });

  it('shows a dash and the reason where an index has no value', () => {
    const original = report.configurations[0]!;
    const none = { n: 3, k: 3, reason: 'silhouette: needs 2 <= k <= n - 1' };
    const spaces = { ...original.spaces, latent: { ...original.spaces.latent, heldOut: none } };
    const lines = table({ ...original, spaces }).split('\n');
    expect(lines.find((line) => line.startsWith('latent '))).toMatch(/\|( +-){4}$/);
    expect(lines.at(-1)).toContain(none.reason);
  });

  it('draws both sides of both planes, with the silhouettes', () => {
    const svg = readFileSync(join(folder, 'repaired.svg'), 'utf8');
    const texts = (drawn: string) => [...drawn.matchAll(/<text[^>]*>([^<]*)</g)].map(([, content]) => content!);
    const text = texts(svg);
    for (const { name, spaces } of report.configurations) {
      const titles = texts(readFileSync(join(folder, `${name}.svg`), 'utf8'));
      for (const [side, measures] of [
        ['training', spaces.latent.training],
        ['held-out', spaces.latent.heldOut],
      ] as const) {
        if ('reason' in measures) throw new Error('internal: the tiny run must have values');
        const start = `${side} rows: silhouette ${measures.silhouette.toFixed(2)} `;
        expect(titles.filter((line) => line.startsWith(start))).toHaveLength(2);
      }
    }
    expect(text.some((line) => line.startsWith('PCA'))).toBe(true);
    expect(text.some((line) => line.startsWith('UMAP'))).toBe(true);
    expect(text).toContain('calm, soft');
    expect((svg.match(/aria-roledescription="circle"|<path[^>]*aria-label="x:/g) ?? []).length).toBeGreaterThanOrEqual(
      56,
    );
  });
});

describe('lessons', () => {
  const values = (silhouette: number, p: number) => ({
    n: 100,
    k: 4,
    silhouette,
    chance: { mean: -0.05, sd: 0.01, p },
    daviesBouldin: 1,
    neighborAgreement: 0.5,
    chanceAgreement: 0.25,
  });
  const run = (name: ConfigurationReport['name'], training: number, heldOut: number, p = 0.01, input = 0) =>
    ({
      ...report.configurations[0]!,
      name,
      allRows: values(training, p),
      spaces: {
        input: { training: values(input, p), heldOut: values(input, p) },
        latent: { training: values(training, p), heldOut: values(heldOut, p) },
        projection: { training: values(training, p), heldOut: values(heldOut, p) },
      },
    }) satisfies ConfigurationReport;
  const told = (...reports: ConfigurationReport[]) => lessons(reports).join('\n');

  it('tells memory from what holds on rows that were not seen', () => {
    expect(told(run('repaired', 0.5, 0.1))).toMatch(/0\.400 of the training score is memory/);
    expect(told(run('repaired', 0.5, 0.4))).not.toMatch(/memory/);
  });

  it('says whether a score is above chance by its p', () => {
    expect(told(run('remedy', -0.2, -0.3, 0.6))).toMatch(/no more than random labels/);
    expect(told(run('remedy', -0.2, -0.3, 0.01))).toMatch(/, more than random labels/);
  });

  it('blames the corpus only when the control works', () => {
    const control = run('control', 0.8, 0.6);
    expect(told(run('repaired', 0.5, 0.1, 0.6), control)).toMatch(/are not in its curves/);
    expect(told(run('repaired', 0.5, 0.1, 0.01), control)).toMatch(/only faintly in its curves/);
    expect(told(run('repaired', 0.6, 0.5), control)).toMatch(/labels of the corpus are in its curves/);
    expect(told(run('repaired', 0.5, 0.01), run('control', 0.3, 0.1))).toMatch(/too short to say/);
  });

  it('says whether the published figure is reproduced', () => {
    expect(told(run('original', -0.5, -0.4))).toMatch(/0\.68 is not reproduced.*-0\.500/);
    expect(told(run('original', 0.67, 0.6))).toMatch(/0\.68 is reproduced/);
  });
});
