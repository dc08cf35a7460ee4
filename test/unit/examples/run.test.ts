import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnosis } from 'clusterlens';
import { fromSafetensors, Rng } from 'clusterlens/nn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Configuration, configurations, EFFORT, isCase } from '../../../examples/equalizer/configurations.js';
import { type Corpus, syntheticCorpus } from '../../../examples/equalizer/corpus.js';
import { outputRange } from '../../../examples/equalizer/diagnose-configuration.js';
import { recompute } from '../../../examples/equalizer/recompute.js';
import type { Report } from '../../../examples/equalizer/report.js';
import { runExample } from '../../../examples/equalizer/run-example.js';
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
const corpus = tinyCorpus();
const printed: string[] = [];
const run = (out: string, jobs: readonly Configuration[], print: (text: string) => void) =>
  runExample(
    corpus,
    jobs.map((configuration) => ({ configuration, corpus })),
    { out, seed: SEED, quick: true, effort: EFFORT.quick, command: 'npm run example', print },
  );
let report: Report;

beforeAll(async () => {
  report = await run(folder, chosen, (text) => printed.push(...text.split('\n')));
});

describe('a run of the example', () => {
  it('writes report, codes, models, diagnoses and pictures, each whole', () => {
    const files = ['input.csv', 'latent.csv', 'projection.csv', 'reconstruction.csv'].map((file) => `-${file}`);
    const each = [...files, '-diagnosis.json', '-diagnosis.md', '.safetensors', '.svg', '.vl.json'];
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
    ['a lesson', 'report.json', (text: string) => text.replace('0.68 was published', '0.67 was published')],
    [
      'a verdict',
      'original-diagnosis.json',
      (text: string) => text.replace('"verdict":"confirmed"', '"verdict":"rejected"'),
    ],
    ['the story', 'report.md', (text: string) => text.replace(/confirmed/, 'rejected')],
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
    const none = {
      n: 3,
      k: 3,
      silhouette: null,
      chance: null,
      daviesBouldin: null,
      neighborAgreement: null,
      reasons: ['silhouette: needs 2 <= k <= n - 1'],
    };
    const spaces = { ...original.spaces, latent: { ...original.spaces.latent, heldOut: none } };
    const lines = table({ ...original, spaces }).split('\n');
    expect(lines.find((line) => line.startsWith('latent '))).toMatch(/\|( +-){4}$/);
    expect(lines.at(-1)).toContain(none.reasons[0]);
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
        const start = `${side} rows: silhouette ${measures.silhouette!.toFixed(2)} `;
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

describe('the printed story', () => {
  it('fits 80 columns, whatever the labels', () => {
    for (const line of printed) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  it('shows every finding with its verdict in every configuration', () => {
    const head = printed.findIndex((line) => /^finding +original +repaired$/.test(line));
    for (const [c, { name }] of chosen.entries()) {
      const { findings } = JSON.parse(readFileSync(join(folder, `${name}-diagnosis.json`), 'utf8')) as Diagnosis;
      for (const { id, verdict } of findings) {
        const line = printed.slice(head).find((text) => text.startsWith(`${id} `))!;
        expect(line.split(/ {2,}/)[c + 1]).toMatch(new RegExp(`^${verdict}`));
      }
    }
  });

  it('tells why with the summaries of the diagnosis, and what became of it', () => {
    const text = printed.join(' ').replace(/ +/g, ' ');
    const { findings } = JSON.parse(readFileSync(join(folder, 'original-diagnosis.json'), 'utf8')) as Diagnosis;
    const confirmed = findings.filter(({ verdict }) => verdict === 'confirmed');
    expect(confirmed.map(({ id }) => id)).toContain('space-mismatch');
    for (const { summary } of confirmed) expect(text).toContain(summary);
    expect(text).toContain('space-mismatch: was confirmed, now rejected');
  });
});

describe('a run that is interrupted', () => {
  const out = join(folder, '..', 'clusterlens-interrupted');
  afterAll(() => rmSync(out, { recursive: true, force: true }));
  const stop = new Error('interrupted');
  const first = { ...chosen[1]!, name: 'remedy' as const };
  const interrupted = () =>
    run(out, [first, chosen[1]!], (text) => {
      if (text.startsWith('remedy:')) throw stop;
    });

  it('leaves the files of the last finished run as they are', async () => {
    cpSync(folder, out, { recursive: true });
    await expect(interrupted()).rejects.toBe(stop);
    expect(readdirSync(out).sort()).toEqual([...readdirSync(folder), 'unfinished'].sort());
    for (const name of readdirSync(folder)) {
      expect(readFileSync(join(out, name)).equals(readFileSync(join(folder, name))), name).toBe(true);
    }
  });

  it('goes on with what was finished, and comes to the same numbers', async () => {
    const text: string[] = [];
    const resumed = await run(out, [first, chosen[1]!], (line) => text.push(line));
    expect(text.filter((line) => line.includes('was interrupted'))).toEqual([
      '(remedy: finished by a run that was interrupted, and kept)',
    ]);
    expect(existsSync(join(out, 'unfinished'))).toBe(false);
    expect(resumed.configurations[1]!.spaces).toEqual(report.configurations[1]!.spaces);
    expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(resumed)));
  });

  it('starts anew where another run is asked for', async () => {
    await expect(interrupted()).rejects.toBe(stop);
    const path = join(out, 'unfinished', 'report.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace(/"seed": \d+/, '"seed": 7'));
    const text: string[] = [];
    await run(out, [first], (line) => text.push(line));
    expect(text.join('\n')).not.toMatch(/interrupted/);
  });
});

describe("data of one's own", () => {
  const own = configurations(true, isCase(corpus)).corpus[0]!;
  const other = { ...corpus, name: 'another', rows: corpus.rows.map((row) => row.map((value) => value + 1)) };
  const runOther = (force: boolean, print: (text: string) => void = () => {}) =>
    runExample(other, [{ configuration: { ...chosen[0]!, ...own, epochs: 2 }, corpus: other }], {
      out: join(folder, '..', 'clusterlens-own'),
      force,
      seed: SEED,
      quick: true,
      effort: EFFORT.quick,
      command: 'npm run example',
      print,
    });
  afterAll(() => rmSync(join(folder, '..', 'clusterlens-own'), { recursive: true, force: true }));

  it('is told from the case by its counts, and nothing published is claimed of it', () => {
    expect([isCase(corpus), isCase(syntheticCorpus())]).toEqual([false, true]);
    const told = configurations(true, false).corpus;
    expect(told.filter(({ published, title }) => published || /published|post-mortem/.test(title))).toEqual([]);
    expect(configurations(true).corpus[0]).toMatchObject({ published: true });
  });

  it('replaces the output of other data with force only, and hears no story of theirs', async () => {
    const out = join(folder, '..', 'clusterlens-own');
    cpSync(folder, out, { recursive: true });
    const before = readFileSync(join(out, 'report.json'), 'utf8');
    await expect(runOther(false)).rejects.toThrow(/holds the output of other data \(tiny\).*--out, or --force/);
    expect(readFileSync(join(out, 'report.json'), 'utf8')).toBe(before);
    const text: string[] = [];
    const { lessons, configurations: made } = await runOther(true, (line) => text.push(line));
    const story = [...text, ...lessons].join('\n');
    expect(story).not.toMatch(/[Pp]ost-mortem|published|silhouette 0\.68/);
    expect(made[0]!.claims).toBeNull();
    expect(JSON.parse(readFileSync(join(out, 'report.json'), 'utf8')).corpus.name).toBe('another');
  });
});

describe('outputRange', () => {
  it('repeats the three heads, and leaves 0 to the outputs without a triple', () => {
    expect(outputRange('bounded-heads', 7)).toEqual([
      [-12, 12],
      [0, 1],
      [0.1, 10],
      [-12, 12],
      [0, 1],
      [0.1, 10],
      [0, 0],
    ]);
    expect(outputRange('linear', 2)).toEqual([
      [null, null],
      [null, null],
    ]);
  });
});
