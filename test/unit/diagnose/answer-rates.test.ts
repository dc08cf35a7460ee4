import { describe, expect, test } from 'vitest';
import { CUT, DEALT, GOOD, PLANTED, type Row, THERE, TWICE } from '../../support/worlds/answers.js';
import { contradictions, unplanted } from '../../support/worlds/contradictions.js';
import { bothNamed, type Outcome, outcomeOf } from '../../support/worlds/outcome.js';

/** Seeds that no rule was made with; the full table is in docs/answer-rates.md. */
const FIRST = 990_000;

function some(rows: readonly Row[], names: readonly string[]): readonly Row[] {
  return rows.filter(({ name }) => names.includes(name));
}

/** One world of each row. */
function outcomes(rows: readonly Row[], first = FIRST): readonly (Outcome & { readonly row: Row })[] {
  return rows.map((row, at) => ({ ...outcomeOf(row, first + at), row }));
}

const byDensity = (name: string) => `${name}, labels by DBSCAN`;
const count = <T>(found: readonly T[], right: (one: T) => boolean) => found.filter(right).length;
const clear = (found: readonly Outcome[]) =>
  expect(found.flatMap(({ problems }) => contradictions(problems))).toEqual([]);

describe('the answer over worlds with a known truth', () => {
  test.each([[['uniform cube', 'gaussian']], [['correlated', 't5']], [['exponential', 'simplex']]])(
    'one cloud that k-means or Ward cut is not called real: %s',
    (names) => {
      const found = outcomes(some(CUT, names));
      clear(found);
      expect(count(found, ({ verdict }) => verdict === 'real')).toBe(0);
      expect(count(found, ({ problems }) => problems.includes('one-cloud'))).toBeGreaterThanOrEqual(1);
    },
  );

  test('groups that are there are real, with labels given and by k-means', () => {
    const found = outcomes(
      some(THERE, [
        'round, near, labels given',
        'elongated, labels given',
        'heavy tails, labels given',
        'moons, labels given',
        'round, far, labels by k-means',
        'cubes, labels by k-means',
      ]),
    );
    clear(found);
    expect(count(found, ({ verdict }) => verdict === 'real')).toBeGreaterThanOrEqual(4);
    expect(count(found, ({ problems }) => problems.includes('one-cloud'))).toBeLessThanOrEqual(1);
  });

  test.each([[['uniform cube', 'gaussian']], [['exponential', 'strip']]])(
    'one cloud of which DBSCAN made groups is not called real: %s',
    (names) => {
      const cut = outcomes(some(CUT, names.map(byDensity)));
      clear(cut);
      expect(count(cut, ({ verdict }) => verdict === 'real')).toBe(0);
    },
  );

  test('groups that DBSCAN found are real', () => {
    const there = outcomes(some(THERE, ['round, far', 'cubes', 'moons', 'spirals'].map(byDensity)));
    clear(there);
    expect(count(there, ({ verdict }) => verdict === 'real')).toBeGreaterThanOrEqual(3);
  });

  test('good worlds raise no alarm', () => {
    const found = outcomes(GOOD);
    clear(found);
    expect(count(found, ({ grave }) => grave.length > 0)).toBeLessThanOrEqual(1);
  });

  test('labels dealt at random are chance, with one piece of advice', () => {
    for (const outcome of outcomes(DEALT)) {
      const { verdict, problems, advice } = outcome;
      clear([outcome]);
      expect([verdict, problems.includes('chance-level')]).toEqual(['not-real', true]);
      expect(advice).toEqual(['chance-level']);
    }
  });
});

describe('one cause planted is found, and nothing else is a problem of weight', () => {
  // What is scattered in space is told from a wide class less surely than the others.
  const rows = PLANTED.filter(({ name }) => name !== 'a class of scattered rows');
  test.each([0, 1, 2, 3].map((part) => rows.filter((_, at) => at % 4 === part)))('%#', (...part) => {
    const found = outcomes(part, FIRST + 100);
    clear(found);
    const right = ({ row, problems, grave }: (typeof found)[number]) =>
      row.causes!.some((id) => problems.includes(id)) && grave.every((id) => row.causes!.includes(id));
    expect(count(found, right)).toBeGreaterThanOrEqual(found.length - 1);
  });
});

test('two causes planted are both named, or one explains the other', () => {
  const found = outcomes(TWICE, FIRST + 200);
  expect(found.flatMap(({ row, problems }) => unplanted(row.both!, problems))).toEqual([]);
  expect(count(found, (outcome) => bothNamed(outcome.row, outcome))).toBeGreaterThanOrEqual(found.length - 1);
});
