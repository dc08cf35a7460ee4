import { describe, expect, it } from 'vitest';
import { digitsCorpus } from '../../../examples/equalizer/digits.js';

const corpus = digitsCorpus(0);

describe('digitsCorpus', () => {
  it('has 2,000 different images, 200 of each digit, of 49 values from 0 to 1', () => {
    const counts = new Map<string, number>();
    for (const label of corpus.labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect([...counts]).toEqual([...'0123456789'].map((digit) => [digit, 200]));
    expect(new Set(corpus.rows.map((row) => row.join())).size).toBe(2000);
    for (const row of corpus.rows) {
      expect(row).toHaveLength(49);
      expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...row)).toBeLessThanOrEqual(1);
    }
  });

  it('pools pixels where they stand: a one is dark in the middle column, a zero in a ring around it', () => {
    const mean = (digit: string, cell: number) =>
      corpus.rows.reduce((sum, row, i) => sum + (corpus.labels[i] === digit ? row[cell]! : 0), 0) / 200;
    const [centre, beside] = [3 * 7 + 3, 3 * 7 + 1];
    expect(mean('1', centre)).toBeGreaterThan(4 * mean('1', beside));
    expect(mean('0', beside)).toBeGreaterThan(2 * mean('0', centre));
  });

  it('follows the seed', () => {
    expect(digitsCorpus(0).rows[0]).toEqual(corpus.rows[0]);
    expect(digitsCorpus(1).rows.map(String)).not.toEqual(corpus.rows.map(String));
  });
});
