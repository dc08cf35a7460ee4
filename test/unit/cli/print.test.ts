import { describe, expect, it } from 'vitest';
import { filledIn } from '../../../src/cli/data-arguments.js';
import { brokenCode, clipped, padEnd, printable, table, widthOf, wrap } from '../../../src/cli/layout.js';
import { printBalance } from '../../../src/cli/print/print-balance.js';
import { printClaims } from '../../../src/cli/print/print-claims.js';
import { printDiagnosis } from '../../../src/cli/print/print-diagnosis.js';
import { terminalOf } from '../../../src/cli/terminal.js';
import { numberText } from '../../../src/core/words.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import type { Finding } from '../../../src/diagnose/finding-types.js';
import { classBalance } from '../../../src/imbalance/class-balance.js';
import { bySeverity } from '../../../src/report/say-value.js';
import { verifyClaims } from '../../../src/studies/claims/verify-claims.js';

function finding(severity: Finding['severity'], verdict: Finding['verdict']): Finding {
  return {
    id: 'scale',
    title: '',
    hypothesis: '',
    verdict,
    severity,
    summary: '',
    evidence: [],
    tables: [],
    changesIf: '',
    recommendation: null,
    explains: [],
    explainedBy: null,
  };
}

describe('what the command prints', () => {
  it('puts the most severe finding first, and of one severity the confirmed one', () => {
    const order = bySeverity([
      finding('info', 'rejected'),
      finding('low', 'confirmed'),
      finding('info', 'confirmed'),
      finding('high', 'confirmed'),
      finding('info', 'inconclusive'),
      finding('medium', 'inconclusive'),
    ]).map(({ severity, verdict }) => `${severity} ${verdict}`);
    expect(order).toEqual([
      'high confirmed',
      'medium inconclusive',
      'low confirmed',
      'info confirmed',
      'info inconclusive',
      'info rejected',
    ]);
  });

  it('breaks text at spaces, and counts letters, not code units', () => {
    expect(wrap('one two  three', 7)).toEqual(['one two', 'three']);
    expect(wrap('unbreakable is', 4)).toEqual(['unbreakable', 'is']);
    expect(wrap('fri\u0301o frío', 9)).toEqual(['fri\u0301o frío']);
    expect(padEnd('fri\u0301o', 5)).toBe('fri\u0301o ');
  });

  it('breaks a heading of two halves only where the table is too wide', () => {
    expect(table(['Davies- Bouldin', 'Dunn'], [[1, 2]], 80)[0]).toBe('Davies-Bouldin  Dunn');
    expect(table(['Davies- Bouldin', 'Dunn'], [[1, 2]], 16).slice(0, 2)).toEqual(['Davies-', 'Bouldin  Dunn']);
  });

  it('writes numbers with three digits that count', () => {
    const cases: [number, string][] = [
      [1595, '1,595'],
      [-0.4505, '-0.451'],
      [0.018, '0.018'],
      [3425.55, '3,426'],
      [1234567.8, '1,234,568'],
      [0.00001234, '1.23e-5'],
      [0, '0'],
      [Infinity, 'Infinity'],
    ];
    for (const [value, text] of cases) expect(numberText(value)).toBe(text);
  });

  it('fits tables: headings break first, then the widest text', () => {
    expect(
      table(
        ['a', 'number of rows'],
        [
          ['x', 1],
          ['yy', 20],
        ],
        40,
      ),
    ).toEqual(['a   number of rows', 'x                1', 'yy              20']);
    expect(table(['a', 'number of rows'], [['x', 1]], 12)).toEqual([
      '   number',
      '       of',
      'a    rows',
      'x       1',
    ]);
    const long = table(['group', 'labels'], [[1, 'warm cold soft loud']], 20);
    expect(long).toEqual(['group  labels', '    1  warm cold', '       soft loud']);
  });

  it('repeats in a recommended command what it takes to read the file', () => {
    const diagnose = 'clusterlens diagnose DATA --held-out HELD_OUT';
    expect(filledIn("my 'data'.csv", {})(diagnose)).toBe(
      "clusterlens diagnose 'my '\\''data'\\''.csv' --held-out HELD_OUT",
    );
    const given = { header: false, labels: 'y.npy', dropMissing: true, features: 'x_*', heldOut: 'test.npy' };
    expect(filledIn('x.npy', given)(diagnose)).toBe(
      "clusterlens diagnose x.npy --labels y.npy --no-header --drop-missing --features 'x_*' --held-out test.npy",
    );
    expect(filledIn('x.npy', given)('clusterlens balance DATA')).toBe(
      'clusterlens balance x.npy --labels y.npy --no-header --drop-missing',
    );
    expect(filledIn('DATA', { label: 'DATA' })('clusterlens diagnose DATA --noise-label DATA')).toBe(
      'clusterlens diagnose DATA --label DATA --noise-label DATA',
    );
  });

  it('repeats what the user chose, once, and leaves what the recommendation chooses', () => {
    const given = {
      label: 'my class',
      format: 'tsv',
      minClassSize: 3,
      features: 'x_*',
      space: { latent: 'z_*', other: 'w 1' },
      heldOut: 'test.tsv',
      heldOutLabels: 'test-labels.txt',
      trainingRecord: 'run.json',
      lossSpace: 'other',
      measuredSpace: 'latent',
      outputs: 'o_*',
      metric: 'manhattan',
      standardize: true,
      noiseLabel: '-1',
      permutations: 50,
      alpha: 0.01,
      sampleSize: 500,
      seed: 7,
    } as const;
    const rows = "--label 'my class' --format tsv --min-class-size 3";
    const spaces = `--features 'x_*' --space 'latent=z_*' --space 'other=w 1'`;
    const training = `--held-out test.tsv --held-out-labels test-labels.txt --training-record run.json --loss-space other --measured-space latent --outputs 'o_*'`;
    const method = '--metric manhattan --standardize --noise-label -1';
    const amounts = '--permutations 50 --alpha 0.01 --sample-size 500 --seed 7';
    const fill = filledIn('d.tsv', given);
    expect(fill('clusterlens diagnose DATA')).toBe(
      `clusterlens diagnose d.tsv ${rows} ${spaces} ${training} ${method} ${amounts}`,
    );
    expect(fill('clusterlens balance DATA')).toBe(`clusterlens balance d.tsv ${rows}`);
    expect(
      fill('clusterlens diagnose DATA --min-class-size 9 --metric cosine --noise-label x --permutations 999'),
    ).toBe(
      `clusterlens diagnose d.tsv --label 'my class' --format tsv ${spaces} ${training} --standardize ` +
        '--alpha 0.01 --sample-size 500 --seed 7 --min-class-size 9 --metric cosine --noise-label x --permutations 999',
    );
  });

  it('prints what is to be held against a claim', () => {
    const points = Array.from({ length: 40 }, (_, i) => [(i % 2) * 3 + Math.sin(7 * i), Math.cos(11 * i), i % 5]);
    const labels = points.map((_, i) => (i < 4 ? 'few' : i % 2));
    const at = (claim: string) => verifyClaims(points, labels, { silhouette: claim }, { resamples: 20 })[0]!;
    const { conventions } = at('0.0');
    const other = conventions.find(({ value }) => value !== null && !at(value.toFixed(1)).conventions[0]!.matches)!;
    const doubtful = at(other.value!.toFixed(1));
    const terminal = terminalOf({ quiet: true });
    const text = (check: typeof doubtful) => printClaims([check], terminal, false).replace(/\s+/g, ' ');
    expect(doubtful.caution).toBeDefined();
    expect(text(doubtful)).toContain(doubtful.caution);
    // A refuted claim: what was recomputed with its interval, low end first, and the nearest convention.
    const far = at('0.912');
    expect(far).toMatchObject({ verdict: 'refuted' });
    const { low, high } = far.interval!;
    const value = (number: number) => number.toFixed(4);
    expect(text(far)).toContain(`recomputed ${value(far.recomputed!)} (95% ${value(low)} to ${value(high)})`);
    const known = far.conventions.flatMap((of) => (of.value === null ? [] : [of as typeof of & { value: number }]));
    const nearest = known.reduce((a, b) => (Math.abs(b.value - 0.912) < Math.abs(a.value - 0.912) ? b : a));
    expect(text(far)).toContain(`the nearest is ${value(nearest.value)} (${nearest.name})`);
    const sure = at(conventions[0]!.value!.toFixed(6));
    expect(sure).toMatchObject({ verdict: 'reproduced', reproducedBy: 'default' });
    expect(text(sure)).not.toMatch(/made-up|undefined/);
  });

  it('shows small classes with their share of the classes and of the rows', () => {
    const labels = [...Array(16).fill('a'), 'b', 'b', 'c', 'd'];
    const lines = printBalance(
      classBalance(labels),
      { name: 'a.csv', labelsFrom: '', reading: { rows: 21, dropped: 1, unlabelled: 1, notes: [] } },
      terminalOf({ quiet: true }),
      true,
    );
    expect(lines).toContain('1 of 21 rows left out for missing values, 1 of them without a label');
    // Three of four classes have fewer than five rows: four of twenty rows.
    expect(
      lines
        .split('\n')
        .find((line) => line.trim().startsWith('5 rows'))!
        .trim()
        .split(/ {2,}/),
    ).toEqual(['5 rows', '3', '75%', '4', '20%']);
  });

  it('shows the score, then what chance gives, then p', () => {
    const points = Array.from({ length: 30 }, (_, i) => [(i % 3) * 2 + Math.sin(7 * i), Math.cos(11 * i)]);
    const diagnosis = diagnose({ points, labels: points.map((_, i) => i % 3) }, { permutations: 39 });
    const { score, chance, p } = diagnosis.metrics.find(({ metric }) => metric === 'silhouette')!;
    const source = { name: 'a.csv', labelsFrom: "column 'label'" };
    const plain = { verbose: false, fill: (command: string) => command, piped: false };
    const line = printDiagnosis(diagnosis, source, terminalOf({ quiet: true }), plain)
      .split(/^Scores/m)[1]!
      .split('\n')
      .find((one) => one.startsWith('  silhouette'))!;
    expect(line.trim().split(/ {2,}/).slice(0, 4)).toEqual([
      'silhouette',
      ...[score!, chance!.mean, p!].map(numberText),
    ]);
  });

  it('shows values as the report does: no value in words, one class in the singular', () => {
    const points = Array.from({ length: 30 }, (_, i) => [i % 3, Math.sin(i)]);
    const diagnosis = diagnose({ points, labels: points.map((_, i) => i % 3) }, { permutations: 39 });
    const item = { name: 'a', range: [null, null], test: 'by hand' } as const;
    const evidence = [
      { ...item, text: 'Best number', value: null, unit: 'groups', reason: 'none is better', p: 0.5 },
      { ...item, text: 'Few', value: 1, unit: 'classes' },
      { ...item, text: 'Part', value: 0.5, unit: 'share', chance: 0.25 },
    ];
    const shown = printDiagnosis(
      { ...diagnosis, findings: [{ ...finding('low', 'confirmed'), evidence }] },
      { name: 'a.csv', labelsFrom: '' },
      terminalOf({ quiet: true }),
      { verbose: true, fill: (command: string) => command, piped: false },
    );
    expect(shown).toContain('- Best number: no value (p = 0.5), since none is better\n');
    expect(shown).toContain('- Few: 1 class\n');
    expect(shown).toContain('- Part: 50% (chance 25%)\n');
  });

  it('says of a single convention what its value is', () => {
    const checks = verifyClaims([[0], [1], [2]], ['a', 'a', 'b'], { classes: 3 });
    expect(printClaims(checks, terminalOf({ quiet: true }), false)).toContain(
      'The value is 2, by the only convention there is.',
    );
  });

  it('breaks commands and calls where they stay the same', () => {
    expect(brokenCode("clusterlens diagnose 'my data.csv' --label a", 'command', 36)).toEqual([
      "clusterlens diagnose 'my data.csv' \\",
      '    --label a',
    ]);
    // Inside quotes a shell keeps the breaks, and --features leaves them out again.
    const columns = Array.from({ length: 9 }, (_, i) => `!column${i}`).join(',');
    const lines = brokenCode(`clusterlens diagnose DATA --features '${columns}'`, 'command', 40);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(40);
    expect(lines[1]).toMatch(/^ {4}'!column0,/);
    expect(lines.slice(1).join('').replace(/[' ]/g, '')).toBe(columns);
    expect(brokenCode('f(points, labels, { a: 1 })', 'call', 18)).toEqual(['f(points, labels,', '    { a: 1 })']);
  });

  it('lets no label steer the terminal, and gives wide signs two columns', () => {
    expect(printable('a\u001b[31mb\nc\u202ed')).toBe('a [31mb c d');
    expect(wrap('a\u001b[2Jb', 20)).toEqual(['a [2Jb']);
    expect(table(['x'], [['a\u0007b']], 20)).toEqual(['x', 'a b']);
    expect([widthOf('日本'), widthOf('🙂'), widthOf('e\u0301'), widthOf('frío')]).toEqual([4, 2, 1, 4]);
    expect(clipped('日本語ラベル', 9)).toBe('日本語...');
    expect(clipped('short', 9)).toBe('short');
  });
});
