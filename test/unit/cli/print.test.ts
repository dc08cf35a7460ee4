import { describe, expect, it } from 'vitest';
import { dataArguments } from '../../../src/cli/data-arguments.js';
import { numberText, oneLine, padEnd, table, wrap } from '../../../src/cli/print/layout.js';
import { bySeverity } from '../../../src/cli/print/print-diagnosis.js';
import type { Finding } from '../../../src/diagnose/types.js';

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
    expect(oneLine(['aa', 'bb', 'cc'], ' | ', 8)).toBe('aa | bb');
  });

  it('writes numbers with three digits that count', () => {
    const cases: [number, string][] = [
      [1595, '1,595'],
      [-0.4505, '-0.451'],
      [0.018, '0.018'],
      [3425.55, '3,425.6'],
      [1234567.8, '1,234,568'],
      [0.00001234, '1.2e-5'],
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
    expect(dataArguments("my 'data'.csv", { header: true })).toBe("'my '\\''data'\\''.csv'");
    expect(dataArguments('x.npy', { header: false, labels: 'y.npy', dropMissing: true, minClassSize: 3 })).toBe(
      'x.npy --labels y.npy --no-header --drop-missing',
    );
  });
});
