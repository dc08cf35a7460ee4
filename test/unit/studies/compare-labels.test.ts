import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { readLabels } from '../../../src/data/labels.js';
import {
  adjustedMutualInformation,
  adjustedRandIndex,
  compareLabels,
  fowlkesMallows,
  matchingAccuracy,
  vMeasure,
} from '../../../src/index.js';
import { contingency } from '../../../src/metrics/external/contingency.js';
import { tableOfBlocks } from '../../../src/studies/agreement/agreement-scores.js';
import { near } from '../../support/near.js';

/** Two labelings of `n` rows: the second is the first, of which some rows are dealt anew. */
function world(seed: number, n: number, k: number, share: number) {
  const rng = new Rng(seed);
  const first = Array.from({ length: n }, () => rng.integer(k));
  const second = first.map((label) => (rng.uniform() < share ? rng.integer(k) : (label * 7 + 1) % k));
  return { first, second };
}

describe('compareLabels', () => {
  it('names a class that is split, classes that are joined, and rows that lie elsewhere', () => {
    const first = [...'aaaaaaaabbbbccccccddd'];
    const second = [1, 1, 1, 1, 1, 4, 4, 4, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 9, 9, 9];
    const { differences, moved, table, sentence, verdict } = compareLabels(first, second);
    expect(differences).toEqual([
      { kind: 'joined', first: ['c', 'b'], second: [2], rows: 4 },
      { kind: 'split', first: ['a'], second: [1, 4], rows: 3 },
      { kind: 'moved', first: ['c'], second: [1], rows: 1 },
    ]);
    expect([...moved]).toEqual([5, 6, 7, 8, 9, 10, 11, 17]);
    expect(table[0]).toEqual({ first: 'a', second: 1, rows: 5, matched: true });
    expect(verdict).toBe('alike');
    expect(sentence).toMatch(
      /^The two divisions agree in 61\.9% of rows \(by chance [\d.]+%; adjusted Rand 0\.\d\d\); what differs: second '2' joins first 'c' and 'b' \(4 rows\); first 'a' is split into second '1' and '4' \(3 rows\); 1 row of first 'c' is in second '1'\.$/,
    );
  });

  it('says that two divisions are the same, whatever the names of their classes', () => {
    const first = [...'aabbcc'];
    const same = compareLabels(first, [9, 9, 'x', 'x', true, true], { names: ['old', 'new'] });
    expect([same.verdict, same.moved.length, same.differences]).toEqual(['same', 0, []]);
    expect(same.sentence).toBe('The two divisions are the same: old and new put the same rows together, in 3 classes.');
  });

  it('says that random labels agree by chance, and names nothing that differs', () => {
    const { first } = world(11, 400, 4, 0);
    const { first: other } = world(12, 400, 3, 0);
    const { verdict, sentence, scores } = compareLabels(first, other);
    expect(verdict).toBe('chance');
    expect(scores.matchingAccuracy.observed).toBeGreaterThan(0.25);
    expect(sentence).toMatch(/^The two divisions agree no more than random labels would: .* \(by chance [\d.]+%\)/);
    expect(sentence).not.toContain('differs');
  });

  it.each([
    ['one class', [1, 1, 1, 1], 'second puts all rows into one class'],
    ['a class for each row', [1, 2, 3, 4], 'second has a class for each row'],
  ])('has nothing to say of %s', (_, second, text) => {
    const { verdict, sentence } = compareLabels([...'aabb'], second);
    expect(verdict).toBe('trivial');
    expect(sentence).toContain(text);
  });

  it('has the indices of the functions of their names, each beside its mean over permutations', () => {
    const { first, second } = world(3, 300, 5, 0.3);
    const { scores, homogeneity, completeness } = compareLabels(first, second, { permutations: 99 });
    const v = vMeasure(first, second);
    expect(scores.adjustedRandIndex.observed).toBe(adjustedRandIndex(first, second));
    expect(scores.adjustedMutualInformation.observed).toBe(adjustedMutualInformation(first, second));
    expect(scores.fowlkesMallows.observed).toBe(fowlkesMallows(first, second));
    expect(scores.matchingAccuracy.observed).toBe(matchingAccuracy(first, second));
    expect({ vMeasure: scores.vMeasure.observed, homogeneity, completeness }).toEqual(v);
    for (const { p, null: chance } of Object.values(scores)) {
      expect(p).toBe(0.01);
      expect(chance.sd).toBeGreaterThan(0);
    }
  });

  it('means of small tables are those of all arrangements: 1/3 of them agree wholly, 2/3 by half', () => {
    // [0, 0, 1, 1] against its 6 arrangements: 2 are the same division, 4 cross it.
    const { scores } = compareLabels([0, 0, 1, 1], [0, 0, 1, 1], { permutations: 20_000 });
    near(scores.matchingAccuracy.null.mean, 2 / 3, 0.01);
    near(scores.fowlkesMallows.null.mean, 1 / 3, 0.01);
    near(scores.adjustedRandIndex.null.mean, 0, 0.01);
    near(scores.adjustedMutualInformation.null.mean, 0, 0.01);
  });

  it.each([
    [1, 200, 6, 0.5],
    [2, 60, 12, 0.9],
    [3, 5000, 40, 0.2],
  ])('every row outside the matching counts in one difference (world %i)', (seed, n, k, share) => {
    const { first, second } = world(seed, n, k, share);
    const { differences, moved, scores, table } = compareLabels(first, second, { permutations: 19 });
    expect(differences.reduce((sum, { rows }) => sum + rows, 0)).toBe(moved.length);
    expect(moved.length).toBe(Math.round(n * (1 - scores.matchingAccuracy.observed)));
    expect(table.reduce((sum, { rows }) => sum + rows, 0)).toBe(n);
    const matched = table.filter((cell) => cell.matched);
    expect(new Set(matched.map((cell) => cell.first)).size).toBe(matched.length);
    expect(new Set(matched.map((cell) => cell.second)).size).toBe(matched.length);
  });

  it('says how many small differences there are where none stands out', () => {
    const { first, second } = world(5, 4000, 30, 0.6);
    expect(compareLabels(first, second, { permutations: 19 }).sentence).toMatch(
      /what differs: [\d,]+ rows lie elsewhere, at most \d+ in the same two classes\.$/,
    );
  });
});

describe('tableOfBlocks', () => {
  it.each([1, 2, 3])('is the table of the same labels (seed %i)', (seed) => {
    const { first, second } = world(seed, 50 * seed, 3 + 5 * seed, 0.7);
    const sorted = first.map((label, i) => [label, second[i]!] as const).sort(([a], [b]) => a - b);
    const a = readLabels(
      'test',
      sorted.map(([label]) => label),
    );
    const b = readLabels(
      'test',
      sorted.map(([, label]) => label),
    );
    expect(tableOfBlocks(a.counts, b.codes, b.counts)).toEqual(contingency(a.codes, a.counts, b.codes, b.counts));
  });
});
