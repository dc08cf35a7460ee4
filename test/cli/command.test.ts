import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import type { Diagnosis } from '../../src/diagnose/types.js';
import { classBalance } from '../../src/imbalance/class-balance.js';
import { silhouette } from '../../src/metrics/internal/silhouette.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
// Built as the package builds it, where its dependencies are found: threads need a file of JavaScript.
const BUILT = join(ROOT, 'node_modules', '.cache', `clusterlens-command-${process.pid}`);
const MAIN = join(BUILT, 'main.js');

const directory = mkdtempSync(join(tmpdir(), 'clusterlens-'));
// The same, but that no work is too small for threads.
const EAGER = join(BUILT, 'eager');
const eager: Plugin = {
  name: 'no least work',
  setup({ onLoad }) {
    const contents = 'export const LEAST_WORK = 0; export const LEAST_PER_NUMBER = 0;';
    onLoad({ filter: /parallel[/\\]least-work\.ts$/ }, () => ({ contents }));
  },
};
beforeAll(async () => {
  for (const [outdir, plugins] of [
    [BUILT, []],
    [EAGER, [eager]],
  ] as const) {
    await build({
      entryPoints: { main: join(ROOT, 'src/cli/main.ts'), thread: join(ROOT, 'src/cli/threads/thread.ts') },
      outdir,
      plugins: [...plugins],
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      packages: 'external',
    });
  }
});
afterAll(() => {
  for (const made of [directory, BUILT]) rmSync(made, { recursive: true, force: true });
});

// Two blobs and a smaller third one, drawn by a fixed congruential generator; a latent space beside them.
let state = 7;
const draw = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
};
const ROWS = Array.from({ length: 70 }, (_, i) => {
  const kind = i < 30 ? 0 : i < 60 ? 1 : 2;
  return {
    x: [kind * 4 + draw(), draw() - kind * 3],
    z: [draw(), draw() * 9],
    label: ['frío', 'cálido', 'otro'][kind]!,
  };
});
const LABELS = ROWS.map(({ label }) => label);
const { score: SCORE, macroScore: MACRO } = silhouette(
  ROWS.map(({ x }) => x),
  LABELS,
);

function put(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
}

const CSV = `x_1,x_2,z_1,z_2,label\n${ROWS.map(({ x, z, label }) => [...x, ...z, label].join(',')).join('\n')}\n`;
const data = put('data.csv', CSV);

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function collected(child: ChildProcess): Promise<Outcome> {
  let out = '';
  let err = '';
  child.stdout?.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

function command(args: readonly string[], input?: string): Promise<Outcome> {
  const child = spawn(process.execPath, [MAIN, ...args], { cwd: directory });
  child.stdin.on('error', () => {}); // a command that fails early does not read to the end
  child.stdin.end(input ?? '');
  return collected(child);
}

/** Two at a time. */
async function commands(lists: readonly (readonly string[])[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let i = 0; i < lists.length; i += 2) {
    outcomes.push(...(await Promise.all(lists.slice(i, i + 2).map((args) => command(args)))));
  }
  return outcomes;
}

describe('clusterlens', () => {
  it('verify: a claim that a sample cannot tell from the exact value ends with 2', async () => {
    const rng = new Rng(3);
    const points = Array.from({ length: 3400 }, () => Array.from({ length: 200 }, () => Math.round(50 * rng.normal())));
    const labels = points.map((_, i) => i % 2);
    const head = [...points[0]!.map((_, j) => `x${j}`), 'label'].join(',');
    const large = put('large.csv', `${head}\n${points.map((row, i) => [...row, labels[i]].join(',')).join('\n')}\n`);
    const claim = `silhouette=${silhouette(points, labels).score.toFixed(8)}`;
    const options = ['--exact-rows', '10', '--sample-only', '--quiet'];
    const { code, out } = await command(['verify', large, '--claim', claim, ...options]);
    expect(out).toContain('CONSISTENT');
    expect(out.replace(/\s+/g, ' ')).toContain('of 3,400 rows against all');
    expect(code).toBe(2);
  });

  it('helps: with and without a command, and after an error; bad usage ends with 2', async () => {
    const [help, verify, none, option, name, version] = await commands([
      ['--help'],
      ['verify', '--help'],
      [],
      ['balance', data, '--jsn'],
      ['diagnos', data],
      ['--version'],
    ]);
    expect(version).toMatchObject({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) });
    expect(help).toMatchObject({ code: 0, err: '' });
    for (const text of ['diagnose', 'verify', 'balance', 'report', 'Examples:']) expect(help!.out).toContain(text);
    expect(verify!.code).toBe(0);
    for (const text of ['--claim', '--features', '--drop-missing', 'Exit code:']) expect(verify!.out).toContain(text);
    for (const line of verify!.out.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    expect(none!.code).toBe(2);
    expect(option).toMatchObject({ code: 2, out: '' });
    expect(option!.err).toMatch(/unknown option '--jsn'[\s\S]*Did you mean --json\?/);
    expect(name!.code).toBe(2);
    expect(name!.err).toContain('Did you mean diagnose?');
  });

  it('a file alone is diagnosed, with options before or behind it, and short ones mean what long ones do', async () => {
    const few = ['--permutations', '39'];
    const [long, alone, before, missing] = await commands([
      [
        'diagnose',
        data,
        '--label',
        'label',
        '--features',
        'x_*',
        '--metric',
        'cosine',
        '--seed',
        '3',
        '--json',
        ...few,
      ],
      [data, '-l', 'label', '-f', 'x_*', '-m', 'cosine', '-s', '3', '-j', '-q', ...few],
      ['-j', '-l', 'label', '-f', 'x_*', '-m', 'cosine', '-s', '3', ...few, data],
      ['dta.csv'],
    ]);
    expect(JSON.parse(long!.out).input).toMatchObject({ metric: 'cosine', seed: 3, d: 2 });
    expect(alone).toEqual(long);
    expect(before).toEqual(long);
    expect(missing).toMatchObject({ code: 2, out: '' });
    expect(missing!.err).toMatch(/dta\.csv: .* did you mean 'data\.csv'\?/);
  });

  it('--output writes what would be printed, to a file or to standard output, and .json is JSON', async () => {
    const path = (name: string) => join(directory, name);
    const [printed, text, json, stdout, asJson] = await commands([
      ['balance', data],
      ['balance', data, '-o', path('out.txt')],
      ['balance', data, '-o', path('out.json'), '-q'],
      ['balance', data, '-o', '-'],
      ['balance', data, '--json'],
    ]);
    expect(text).toMatchObject({ code: 0, out: '' });
    expect(text!.err).toMatch(/^note: wrote .*out\.txt \(\d+ KiB\)\n$/);
    expect(json).toEqual({ code: 0, out: '', err: '' });
    expect(stdout).toEqual(printed);
    expect(readFileSync(path('out.txt'), 'utf8')).toBe(printed!.out);
    expect(readFileSync(path('out.json'), 'utf8')).toBe(asJson!.out);
  });

  it.runIf(process.platform === 'linux')('a full disk behind standard output is an error in words', async () => {
    const outcome = await collected(
      spawn('sh', ['-c', `"${process.execPath}" "${MAIN}" balance "${data}" > /dev/full`], { cwd: directory }),
    );
    expect(outcome).toEqual({
      code: 2,
      out: '',
      err: 'error: standard output: needs a place that can be written to, got no space left on the disk\n',
    });
  });

  it('balance: text and JSON, from a file and from standard input, with notes on standard error only', async () => {
    const [text, small] = await commands([
      ['balance', data],
      ['balance', data, '--json', '--min-class-size', '20'],
    ]);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text!.out).toMatch(/70 rows in 3 classes \(column 'label'\)/);
    expect(text!.out).toMatch(/ {2}frío {4}30 {3}42\.9% {2}#{30}\n/);
    expect(text!.out).not.toContain('\u001B');
    expect(small!.err).toMatch(/^note: Kept 2 of 3 classes/);
    expect(JSON.parse(small!.out).classes.map(({ count }: { count: number }) => count)).toEqual([30, 30]);
    const piped = await command(['balance', '-', '--format', 'csv', '--json'], CSV);
    expect(JSON.parse(piped.out)).toEqual({
      ...JSON.parse(JSON.stringify(classBalance(LABELS))),
      reading: { rows: 70, dropped: 0, unlabelled: 0, unreadable: 0, notes: [] },
    });
  });

  it('counts missing labels and says so: every command, in text and in JSON', async () => {
    const lines = CSV.trimEnd().split('\n');
    const some = put(
      'missing.csv',
      `${lines.map((line, i) => (i % 20 === 4 ? line.replace(/[^,]+$/, 'None') : line)).join('\n')}\n`,
    );
    const dropped = '4 of 70 rows left out for missing values, 4 of them without a label';
    const reading = { rows: 70, dropped: 4, unlabelled: 4 };
    const drop = [some, '--drop-missing', '--quiet'];
    const claims = ['--claim', 'classes=3'];
    const few = ['--permutations', '39'];
    for (const args of [
      ['balance'],
      ['verify', ...claims],
      ['diagnose', ...few],
      ['report', ...few, '-o', join(directory, 'missing.md')],
    ]) {
      const refused = await command([args[0]!, some, ...args.slice(1)]);
      expect(refused.code, args[0]).toBe(2);
      expect(refused.err).toMatch(
        /4 missing in 4 of 70 rows .*--drop-missing; if 'None' is the name of a class, say --literal-labels/,
      );
      const { code, out, err } = await command([args[0]!, ...drop, ...args.slice(1)]);
      expect({ code, err }, args[0]).toEqual({ code: 0, err: '' });
      const text = args[0] === 'report' ? readFileSync(join(directory, 'missing.md'), 'utf8') : out;
      if (args[0] === 'report') expect(text).toContain('dropped 4 of 70 rows with missing values (4 without a label)');
      else expect(text.replace(/\s+/g, ' ')).toContain(dropped);
      if (args[0] === 'report') continue;
      const json = JSON.parse((await command([args[0]!, ...drop, ...args.slice(1), '--json'])).out);
      expect(args[0] === 'diagnose' ? json.reading.data : json.reading, args[0]).toMatchObject(reading);
      expect(json.k ?? json.input?.k ?? json.claims[0].recomputed, args[0]).toBe(3);
    }
  });

  it('verify: 0 when all is reproduced, 1 when refuted, 2 when it cannot be computed', async () => {
    const claim = (value: string) => ['verify', data, '--features', 'x_*', '--claim', value];
    const [good, bad, undefinedOne, both] = await commands([
      [...claim(`silhouette=${SCORE.toFixed(4)}`), '--claim', 'classes=3'],
      claim('davies-bouldin=3.21'),
      ['verify', put('one.csv', 'x,label\n1,a\n2,a\n'), '--claim', 'silhouette=0.5'],
      [...claim('dunn=99'), '--claim', 'classes=3', '--json'],
    ]);
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good!.out).toMatch(/^REPRODUCED {6}silhouette\n/);
    expect(bad!.code).toBe(1);
    expect(bad!.out).toMatch(/^REFUTED .*daviesBouldin\n {2}claimed 3\.21, recomputed 0\./);
    expect(undefinedOne!.code).toBe(2);
    expect(undefinedOne!.out).toBe('');
    expect(undefinedOne!.err).toMatch(
      /^error: .*one\.csv: needs at least two classes, .* got 1 class in 2 rows; .*\n$/,
    );
    expect(both!.code).toBe(1);
    const { claims } = JSON.parse(both!.out);
    expect(claims.map(({ verdict }: { verdict: string }) => verdict)).toEqual(['refuted', 'reproduced']);
  });

  it('verify: 3 for a claim that only another convention gives, 1 with --strict; the help lists the codes', async () => {
    const claim = ['verify', data, '--features', 'x_*', '--claim', `silhouette=${MACRO.toFixed(5)}`];
    const [other, strict, help] = await commands([claim, [...claim, '--strict'], ['verify', '--help']]);
    expect(other!.code).toBe(3);
    expect(other!.out).toContain('Reproduced only with: macro average over classes.');
    expect(strict!.code).toBe(1);
    expect(strict!.out.replace(/\s+/g, ' ')).toMatch(
      /^REFUTED .* With the settings given it is 0\.\d+\. macro average over classes gives 0\.\d{5}, but with --strict only the settings given count\./,
    );
    for (const code of ['0', '1', '2', '3']) expect(help!.out).toMatch(new RegExp(`^  ${code}  \\w`, 'm'));
  });

  it('verify: a claim that is none ends with 2 before the file is read', async () => {
    const [none, noValue, unknown] = await commands([
      ['verify', 'nowhere.csv'],
      ['verify', 'nowhere.csv', '--claim', 'silhouette'],
      ['verify', 'nowhere.csv', '--claim', 'silhuette=0.5'],
    ]);
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none!.err).toContain('--claim silhouette=0.68');
    expect(noValue!.code).toBe(2);
    expect(noValue!.err).toContain('It must be NAME=VALUE');
    expect(unknown!.code).toBe(2);
    expect(unknown!.err).toContain("did you mean 'silhouette'?");
  });

  it('diagnose: findings from the most severe on, and JSON that says the same; spaces and held-out rows', async () => {
    const held = put('held.csv', CSV);
    const fast = ['--permutations', '39'];
    const [text, json] = await commands([
      ['diagnose', data, '--features', 'z_1..z_2', ...fast],
      ['diagnose', data, '--space', 'latent=z_*', '--held-out', held, '--claim', 'silhouette=0.680', '--json', ...fast],
    ]);
    expect(text).toMatchObject({ code: 0, err: '' });
    expect(text!.out.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const ORDER = ['HIGH', 'MEDIUM', 'LOW', 'UNCLEAR'];
    const ranks = [...text!.out.matchAll(/^(HIGH|MEDIUM|LOW|UNCLEAR) /gm)].map(([, name]) => ORDER.indexOf(name!));
    expect(ranks.length).toBeGreaterThan(1);
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
    expect(text!.out).toContain('70 x 2, 3 classes');
    expect(json).toMatchObject({ code: 1, err: '' });
    const diagnosis = JSON.parse(json!.out);
    expect(diagnosis.schema).toBe(2);
    expect(diagnosis.input).toMatchObject({ n: 70, d: 2, k: 3, spaces: ['input', 'latent'], heldOutRows: 70 });
    expect(diagnosis.claims[0]).toMatchObject({ metric: 'silhouette', decimals: 3 });
    expect(diagnosis.findings.map(({ id }: { id: string }) => id)).toContain('generalisation-gap');
  });

  it('diagnose: the exit code of --claim, the rows of --rows, and where --labels-from says that labels come from', async () => {
    const fast = ['--features', 'x_*', '--permutations', '39'];
    const rows = join(directory, 'rows.csv');
    const groups = join(directory, 'groups.csv');
    const swapped = CSV.replace(/,cálido/, ',frío').replace(/,frío/, ',cálido'); // the first row is mislabelled
    const [refuted, reproduced, uncomputed, listed, made, unknown, grouped, curved] = await commands([
      ['diagnose', data, ...fast, '--claim', 'silhouette=0.123'],
      ['diagnose', data, ...fast, '--claim', `silhouette=${SCORE.toFixed(4)}`],
      ['diagnose', put('ones.csv', 'x_1,label\n1,a\n2,a\n3,a\n'), ...fast, '--claim', 'silhouette=0.5'],
      ['diagnose', put('swapped.csv', swapped), ...fast, '--rows', rows],
      ['diagnose', data, ...fast, '--labels-from', 'points', '--json'],
      ['diagnose', data, ...fast, '--labels-from', 'heaven'],
      ['diagnose', data, ...fast, '--groups', groups],
      ['diagnose', data, ...fast, '--groups', join(directory, 'none.csv'), '--metric', 'canberra'],
    ]);
    expect(refuted!.code).toBe(1);
    expect(refuted!.out.replace(/\s+/g, ' ')).toContain('The claimed silhouette of 0.123 is refuted: it is 0.');
    expect(reproduced).toMatchObject({ code: 0, err: '' });
    expect(reproduced!.out).not.toContain('refuted');
    expect(uncomputed!.code).toBe(2);
    expect(listed!.code).toBe(0);
    const [head, first] = readFileSync(rows, 'utf8').split('\n');
    expect(head).toBe('data_row,label,nearer,reason,weight,width');
    expect(first).toMatch(/^(1,cálido,frío|31,frío,cálido),label-noise,/);
    expect(listed!.out).toContain('Rows to look up');
    const { findings } = JSON.parse(made!.out) as Diagnosis;
    const cloud = findings.find(({ id }) => id === 'one-cloud')!;
    expect(cloud.evidence.find(({ name }) => name === 'labelsFrom')?.value).toBe('points');
    expect(unknown!.code).toBe(2);
    expect(unknown!.err).toContain('Allowed choices are auto, points, elsewhere');
    expect(grouped!.code).toBe(0);
    const lines = readFileSync(groups, 'utf8').trimEnd().split('\n');
    expect([lines[0], lines.length]).toEqual(['data_row,label,sublabel,group', CSV.trimEnd().split('\n').length]);
    // It says which metrics have groups before the long work.
    expect([curved!.code, curved!.out]).toEqual([2, '']);
    expect(curved!.err).toContain('got "canberra"');
  });

  it('diagnose: --rows counts the rows of the file, dropped ones too, and keeps labels with quotes, commas and line breaks', async () => {
    // Two squares of 31 rows far apart; rows 3 and 40 of the file have no value, and rows 7 and 45 the label of the others.
    const names = ['a, "b"', 'two\nlines'];
    const table = Array.from({ length: 62 }, (_, i) => {
      const side = i < 31 ? 0 : 1;
      const named = names[i === 6 || i === 44 ? 1 - side : side]!;
      const x = i === 2 || i === 39 ? '' : String(100 * side + (i % 6));
      return `${x},${Math.floor((i % 31) / 6)},"${named.replaceAll('"', '""')}"`;
    });
    const file = put('quoted.csv', `x_1,x_2,label\r\n${table.join('\r\n')}\r\n`);
    const rows = join(directory, 'quoted-rows.csv');
    const args = ['diagnose', file, '--rows', rows, '--permutations', '39', '--json'];
    const [refused, { code, out }] = (await commands([args, [...args, '--drop-missing']])) as [Outcome, Outcome];
    expect(refused.code).toBe(2);
    expect(code).toBe(0);
    const diagnosis = JSON.parse(out) as Diagnosis;
    expect(diagnosis.reading!.data).toMatchObject({ rows: 62, dropped: 2 });
    const text = readFileSync(rows, 'utf8');
    expect(text).toContain('\n7,"two\nlines","a, ""b""",label-noise,');
    expect(text).toContain('\n45,"a, ""b""","two\nlines",label-noise,');
    // The same rows by number in the diagnosis, which counts from 0.
    const noisy = diagnosis.rows.filter(({ reason }) => reason === 'label-noise');
    expect(noisy.map(({ row }) => row).sort((x, y) => x - y)).toEqual([6, 44]);
    expect(text.match(/label-noise/g)).toHaveLength(2);
  });

  it('diagnose: classes that --min-class-size leaves out are left out of the held-out rows too', async () => {
    const held = put('all.csv', CSV);
    const args = ['diagnose', data, '--features', 'x_*', '--held-out', held, '--permutations', '39', '--json'];
    const { out } = await command([...args, '--min-class-size', '20']);
    expect(JSON.parse(out).input).toMatchObject({ n: 60, k: 2, heldOutRows: 60 });
  });

  describe('diagnose: the commands that it recommends', () => {
    // Small, uneven, with a class of one row, noise, a wide column, and a name for the labels that is to be given.
    const awkward = ROWS.map(({ x, z }, i) => [
      x[0],
      1e3 * z[1]!,
      draw(),
      ...z,
      i < 6 ? -1 : i === 6 ? 4 : i % 9 === 0 ? 1 : 0,
      i,
    ]);
    const text = `x_1,x_2,x_3,z_1,z_2,my class,row\n${awkward.map((row) => row.join(',')).join('\n')}\n`;
    put('awkward data.csv', text);
    put('held out.csv', text);
    const loss = { total: 1, byName: {}, bounds: {} };
    const record = put(
      'record.json',
      JSON.stringify({
        rows: 70,
        heldOutRows: 0,
        objective: [],
        sampler: { name: 'shuffledBatches', settings: { batchSize: 8 }, batchesPerEpoch: 9, rowsPerEpoch: 70 },
        epochs: [{ losses: loss, heldOut: null, gradient: null, anchors: null }],
      }),
    );
    const spaces = ['--features', 'x_*', '--space', 'latent=z_*', '--training-record', record];
    const given = ['--permutations', '39', '--label', 'my class', ...spaces];

    /** Those in what a diagnosis printed. */
    const recommendedIn = (out: string) =>
      [...out.replace(/ \\\n +/g, ' ').matchAll(/^ +(clusterlens .*)$/gm)].map(([, found]) => found!);

    const shell = (line: string) =>
      collected(
        spawn('sh', ['-c', `clusterlens() { "$NODE" "$MAIN" "$@"; }; ${line} --quiet`], {
          cwd: directory,
          env: { ...process.env, NODE: process.execPath, MAIN },
        }),
      );

    it.each<[string, string[], string[], RegExp]>([
      ['of defaults', [], ['--held-out', '--min-class-size 2', 'balance'], /./],
      [
        'of a metric, a noise label and a seed',
        ['--metric', 'manhattan', '--noise-label', '-1', '--standardize', '--seed', '3'],
        ['--noise-label', '--min-class-size 2', 'balance'],
        /--metric (manhattan|cosine)[\s\S]*--seed 3/,
      ],
      [
        'of small classes left out',
        ['--min-class-size', '5', '--sample-size', '50', '--alpha', '0.2'],
        ['balance'],
        /--min-class-size/,
      ],
    ])('%s can be run as they are printed, on the same rows', async (_, more, kinds, repeated) => {
      const { code, out } = await command(['diagnose', 'awkward data.csv', ...given, ...more]);
      expect(code).toBe(0);
      expect(out).not.toContain('standard input');
      const recommended = recommendedIn(out);
      for (const line of recommended) {
        expect(line).toContain("'awkward data.csv' --label 'my class'");
        expect(line).not.toMatch(/\bDATA\b/);
        if (line.startsWith('clusterlens balance')) continue;
        expect(line).toContain("--features 'x_*' --space 'latent=z_*' --training-record");
        expect(line).toMatch(repeated);
        if (line.includes('HELD_OUT')) expect(out).toMatch(/HELD_OUT\s+stands\s+for\s+a\s+file/);
      }
      const found = recommended.map(
        (line) => /--(held-out|min-class-size 2|noise-label|standardize$)|balance/.exec(line)?.[0],
      );
      for (const kind of kinds) expect(found).toContain(kind);
      const distinct = [...new Set(recommended.map((line) => line.replace('HELD_OUT', "'held out.csv'")))];
      for (let i = 0; i < distinct.length; i += 2) {
        for (const outcome of await Promise.all(distinct.slice(i, i + 2).map(shell))) {
          expect(outcome).toMatchObject({ code: 0, err: '' });
          expect(outcome.out).not.toBe('');
        }
      }
    });

    it('are the same in JSON, and name the format of rows that came by standard input', async () => {
      const printed = await command(['diagnose', 'awkward data.csv', ...given]);
      const json = await command(['diagnose', 'awkward data.csv', ...given, '--json']);
      const inJson = (JSON.parse(json.out) as Diagnosis).findings.flatMap(
        ({ recommendation }) => recommendation?.command ?? [],
      );
      // The next step is told twice: in the answer and beside its finding.
      expect(new Set(inJson)).toEqual(new Set(recommendedIn(printed.out)));
      const piped = await command(['diagnose', '-', '--format', 'csv', ...given], text);
      expect(piped.out).toMatch(/clusterlens balance - --label 'my class' --format csv/);
      expect(piped.out).toContain('Commands that read from - take the same rows on standard input again.');
    });
  });

  it('diagnose and verify: the same bytes from any number of threads, and threads that did the work', async () => {
    const spy = put('spy.mjs', "process.on('worker', (w) => w.on('message', () => console.error('answered')));");
    const run = (args: readonly string[], folder = EAGER) =>
      collected(spawn(process.execPath, ['--import', spy, join(folder, 'main.js'), ...args], { cwd: directory }));
    const claims = ['silhouette=0.5', 'dunn=0.1', 'dbcv=0.2'].flatMap((claim) => ['--claim', claim]);
    for (const [args, parts, code] of [
      [['diagnose', data, '--json', '--permutations', '39'], 3, 0],
      [['verify', data, '--json', ...claims], 3, 1],
    ] as const) {
      const one = await run([...args, '--threads', '1']);
      const three = await run([...args, '--threads', '3']);
      expect(one).toMatchObject({ code, err: '' });
      expect(three).toEqual({ code, out: one.out, err: 'answered\n'.repeat(parts) });
      // Not worth the start of a thread.
      expect(await run([...args, '--threads', '3'], BUILT)).toEqual(one);
    }
    const none = await run(['diagnose', data, '--threads', '0']);
    expect(none).toMatchObject({ code: 2, out: '' });
    expect(none.err).toContain('It must be a whole number from 1 to 256.');
  });

  it('report: writes the whole file or none; the extension tells what', async () => {
    const target = (name: string) => join(directory, name);
    const fast = ['--permutations', '39', '--features', 'x_*'];
    const [html, markdown, unknown, nowhere] = await commands([
      ['report', data, '-o', target('report.html'), ...fast],
      ['report', data, '-o', target('report.md'), ...fast, '--quiet'],
      ['report', data, '-o', target('report.pdf')],
      ['report', data, '-o', join(directory, 'no', 'report.json'), ...fast],
    ]);
    expect(html).toMatchObject({ code: 0, out: '' });
    expect(html!.err).toMatch(/^note: wrote .*report\.html/);
    const page = readFileSync(target('report.html'), 'utf8').replace(/<\/?span>/g, '');
    expect(page).toMatch(/^<!doctype html>[\s\S]*<figure [\s\S]*clusterlens report [\s\S]*<\/html>\s*$/i);
    expect(markdown).toMatchObject({ code: 0, out: '', err: '' });
    expect(readFileSync(target('report.md'), 'utf8')).toMatch(/^# .*data\.csv/);
    expect(unknown!.code).toBe(2);
    expect(unknown!.err).toMatch(/must end in \.html, \.md or \.json/);
    expect(nowhere!.code).toBe(2);
    expect(nowhere!.err).toMatch(/--output: needs a place that can be written to, got no such file or folder/);
    expect(existsSync(target('report.pdf'))).toBe(false);
    expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('errors say what, where and what to do, on standard error, and end with 2', async () => {
    const [column, gone, word, stdin] = await commands([
      ['diagnose', data, '--features', 'x_1,y_2'],
      ['balance', join(directory, 'dta.csv')],
      ['verify', put('word.csv', `${CSV}1,2,3,many,otro\n`), '--features', 'x_1,z_2', '--claim', 'classes=3'],
      ['balance', '-'],
    ]);
    for (const outcome of [column, gone, word, stdin]) expect(outcome).toMatchObject({ code: 2, out: '' });
    expect(column!.err).toMatch(/^error: .*data\.csv: --features must name a column, got 'y_2'; did you mean 'x_2'\?/);
    expect(gone!.err).toMatch(/got no such file or folder; did you mean 'data\.csv'\?/);
    expect(word!.err).toMatch(/got "many" at line 72, column 'z_2' \(1 such cell in 71 rows/);
    expect(stdin!.err).toMatch(/needs its format, got none; say --format csv/);
    for (const outcome of [column, gone, word, stdin]) expect(outcome!.err).not.toMatch(/\n {4}at /);
  });

  it('a reader that stops early, and an interrupt, end it quietly', async () => {
    const labels = Array.from({ length: 40_000 }, (_, i) => `label ${i}`);
    const many = put('many.csv', `label\n${labels.join('\n')}\n`);
    const child = spawn('sh', ['-c', `"${process.execPath}" "${MAIN}" balance "${many}" --verbose | head -n 1`]);
    const outcome = await collected(child);
    expect(outcome).toEqual({ code: 0, out: `${many}\n`, err: '' });

    // Waits for the rest of standard input, which never comes.
    const waiting = spawn(process.execPath, [MAIN, 'balance', '-', '--format', 'csv'], {
      cwd: ROOT,
    });
    const ended = new Promise<[number | null, string | null]>((resolve) =>
      waiting.on('close', (code, signal) => resolve([code, signal])),
    );
    const noise = collected(waiting);
    // More than a pipe holds: written when the command has begun to read.
    const start = `label\n${`${'o'.repeat(1000)}\n`.repeat(1000)}`;
    await new Promise((resolve) => waiting.stdin.write(start, resolve));
    waiting.kill('SIGINT');
    const [code, signal] = await ended;
    expect(signal === 'SIGINT' || code === 130).toBe(true);
    expect(await noise).toMatchObject({ out: '', err: '' });
  });

  it('has one sentence for data that nothing can be said of, without a note beside it', async () => {
    const files = {
      'row.csv': 'x,name,label\n1,u,a\n',
      'class.csv': 'x,name,label\n1,u,a\n2,v,a\n3,w,a\n',
      'unique.csv': 'x,name,label\n1,u,a\n2,v,b\n3,w,c\n',
      'words.csv': 'x,name,label\np,u,a\nq,v,b\nr,w,a\n',
    };
    const lines = Object.entries(files).flatMap(([name, text]) => {
      put(name, text);
      return [
        [name],
        ['rows', name],
        ['verify', name, '--claim', 'silhouette=0.5'],
        ['compare', name, '-l', 'name', '-l', 'label'],
      ];
    });
    for (const [at, { code, out, err }] of (await commands(lines)).entries()) {
      expect([lines[at], code, out, err]).toEqual([lines[at], 2, '', expect.stringMatching(/^error: [^\n]+\n$/)]);
    }
  });

  it('killed while it writes, and out of space while it writes, it leaves the file as it was', async () => {
    const half = put(
      'half.mjs',
      `import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const write = fs.writeFileSync;
      fs.writeFileSync = (path, text) => {
        write(path, text.slice(0, text.length / 2));
        if (process.env.HOW === 'killed') process.kill(process.pid, 'SIGKILL');
        throw Object.assign(new Error('full'), { code: 'ENOSPC' });
      };
      syncBuiltinESMExports();`,
    );
    for (const how of ['killed', 'full']) {
      const kept = put(`${how}.txt`, 'before');
      const child = spawn(process.execPath, ['--import', half, MAIN, 'balance', data, '-o', kept], {
        cwd: directory,
        env: { ...process.env, HOW: how },
      });
      const { code, out, err } = await collected(child);
      expect([how, readFileSync(kept, 'utf8'), out]).toEqual([how, 'before', '']);
      if (how === 'killed') expect([code, child.signalCode]).toEqual([null, 'SIGKILL']);
      else {
        expect([code, err]).toEqual([2, expect.stringContaining('got no space left on the disk; name another file')]);
        expect(readdirSync(directory).filter((name) => name.includes('full.txt.'))).toEqual([]);
      }
    }
  });

  it('says what is wrong to nobody, where standard error is closed, and still ends with 2', async () => {
    const child = spawn(process.execPath, [MAIN, 'balance', 'nowhere.csv'], { cwd: directory });
    child.stderr.destroy();
    expect(await new Promise((resolve) => child.on('close', resolve))).toBe(2);
  });

  it('refuses to write over what it reads, before it reads', async () => {
    const before = readFileSync(data, 'utf8');
    const { code, out, err } = await command(['rows', data, '-o', data]);
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: --output: must not be a file that is read/);
    expect(readFileSync(data, 'utf8')).toBe(before);
  });

  it('alone knows files and the terminal, and the readers alone load what reading takes', () => {
    const sources = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.startsWith('cli'))
      .map((path) => ({ path, text: readFileSync(join(ROOT, 'src', path), 'utf8') }));
    expect(sources.length).toBeGreaterThan(100);
    const files = /(from|import\() ?'(commander|cli-progress|(node:)?(fs|process))['/]/;
    const formats =
      /(from|import\() ?'(csv-parse|hyparquet|hyparquet-compressors|npyjs|apache-arrow|fflate|zstddec)['/]/;
    const loading = sources.filter(
      ({ path, text }) => files.test(text) || (!path.startsWith('read') && formats.test(text)),
    );
    expect(loading.map(({ path }) => path)).toEqual([]);
  });
});
