import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import type { FindingId } from '../../../src/diagnose/finding-types.js';
import type { DiagnoseInput, DiagnoseOptions } from '../../../src/diagnose/input-types.js';
import type { Diagnosis } from '../../../src/diagnose/types.js';
import { silhouette, silhouetteCeiling } from '../../../src/index.js';
import { kMeans } from '../../../src/statistics/k-means.js';
import { contradictions } from '../../support/worlds/contradictions.js';
import { sentenceFaults } from './sentence-faults.js';
import { blobs, randomLabels, type World } from './worlds.js';

const found = (input: DiagnoseInput, options: DiagnoseOptions = {}) =>
  diagnose(input, { permutations: 99, ...options });
const finding = ({ findings }: Diagnosis, id: FindingId) => findings.find((of) => of.id === id)!;

/** Classes 8 spreads apart, with one column of noise a thousand times as wide. */
function drowned(seed: number): World {
  const { points, labels } = blobs([50, 50, 50], 8, 3, seed);
  const rng = new Rng(seed + 100);
  return { points: points.map((row) => [...row, 3000 * rng.normal()]), labels };
}

describe('the answer', () => {
  test('is yes for classes that are apart, with the numbers and no count of hypotheses', () => {
    const { answer } = found(blobs([60, 50, 40], 9, 4, 1));
    expect(answer.verdict).toBe('real');
    expect(answer.sentence).toMatch(
      /^Yes: the 3 classes are real \(\d.*% of rows have a neighbour of their own class; by chance 3\d/,
    );
    expect(answer.sentence).not.toContain('hypothes');
    expect(answer).toMatchObject({ todo: null, weakest: { classes: [], pairs: [] } });
  });

  test('names the pair that is weak', () => {
    const { points, labels } = blobs([60, 60, 60], 9, 3, 2);
    const near = points.map((row, i) => (labels[i] === 'class 2' ? [row[1]!, row[2]! - 2.6, row[0]!] : row));
    const { weakest, sentence } = found({ points: near, labels }).answer;
    expect([...weakest.pairs[0]!.labels].sort()).toEqual(['class 1', 'class 2']);
    expect(sentence).toContain('Weak spot: ');
  });

  test('is no for labels at chance, with one piece of advice', () => {
    const world = found(randomLabels(300, 4, 3, 5));
    expect(world.answer).toMatchObject({ verdict: 'not-real', because: ['chance-level'] });
    expect(world.answer.sentence).toMatch(/^No: the labels fit the points no better than chance \(/);
    expect(world.answer.todo).toEqual(finding(world, 'chance-level').recommendation);
    const advising = world.findings.filter(({ recommendation }) => recommendation !== null);
    expect(advising.map(({ id }) => id)).toEqual(['chance-level']);
  });

  test('at chance, points to the groups that the points have in the one advice', () => {
    const world = found({ points: blobs([60, 60, 60], 9, 3, 4).points, labels: randomLabels(180, 3, 2, 7).labels });
    expect(world.answer.verdict).toBe('not-real');
    expect(world.answer.todo?.text).toContain('use the 3 groups that the points do show');
    expect(world.answer.todo).toMatchObject({
      call: 'otherGroups(points, labels).groupOf',
      command: 'clusterlens diagnose DATA --groups groups.csv',
    });
    expect(finding(world, 'other-groups')).toMatchObject({ verdict: 'confirmed', recommendation: null });
  });

  test('is open where the rows are too few, and says how many would do', () => {
    const { answer } = found(randomLabels(14, 3, 2, 1));
    expect(answer.verdict).toBe('undecided');
    expect(answer.sentence).toMatch(/^Undecided: 14 rows in 3 classes are too few to tell .* About \d+ rows/);
  });

  test('is open where gaps cannot be seen, and as many rows as it says would tell', () => {
    const make = (n: number) => {
      const rng = new Rng(4);
      const points = Array.from({ length: n }, () => [rng.normal(), rng.normal(), rng.normal(), rng.normal()]);
      return { points, labels: kMeans(Float64Array.from(points.flat()), n, 4, 3, { seed: 1 }).labels };
    };
    const options = { labelsFrom: 'points' } as const;
    const few = found(make(24), options).answer;
    expect(few.verdict).toBe('undecided');
    const [, said] = /gaps between the 3 classes cannot be seen in 24 rows\. About ([\d,]+) rows/.exec(few.sentence)!;
    const rows = Number(said!.replace(',', ''));
    expect(rows).toBeGreaterThan(100);
    expect(rows).toBeLessThan(2000);
    expect(found(make(rows), options).answer.verdict).toBe('not-real');
  });

  test('names wrong labels beside clusters that are real, and advises to look them up', () => {
    const { points, labels } = blobs([60, 60, 60, 60], 9, 3, 12);
    const world = found({ points, labels: labels.map((label, i) => (i % 11 === 0 ? `class ${(i + 1) % 4}` : label)) });
    expect(world.answer.verdict).toBe('real');
    expect(world.answer.sentence).toMatch(/, but about \d[\d.]*% of the labels look wrong\./);
    expect(world.answer.todo?.command).toContain('--rows');
    expect(sentenceFaults(world)).toEqual([]);
  });

  test('is partly where a remedy that was tried makes it yes, and names it', () => {
    const world = found(drowned(3));
    expect(world.answer.verdict).toBe('partly');
    expect(world.answer.because).toContain('scale');
    expect(world.answer.sentence).toMatch(
      /^Partly: not as the columns and rows stand .* but once .* the 3 classes are real/,
    );
    expect(world.answer.todo?.call ?? world.answer.todo?.command).toBeDefined();
  });

  test('is no where a latent separates its training rows by memory and the input is chance', () => {
    const { points, labels } = randomLabels(160, 2, 4, 9);
    const rng = new Rng(3);
    const latent = labels.map((label) => [6 * Number(label) + rng.normal(), rng.normal()]);
    const held = randomLabels(80, 2, 4, 10);
    const memory = held.labels.map(() => [6 * rng.integer(2) + rng.normal(), rng.normal()]);
    const { answer } = found({ points, labels, spaces: { latent }, heldOut: { ...held, spaces: { latent: memory } } });
    expect(answer.verdict).toBe('not-real');
    expect(answer.sentence).toMatch(
      /latent separates the rows that it was trained on \(.*\) by memory: of held-out rows/,
    );
    expect(answer.because).toContain('generalisation-gap');
  });

  test('tells a refuted claim', () => {
    const { answer } = found({ ...blobs([40, 40], 3, 2, 4), claims: { silhouette: '0.99' } });
    expect(answer.sentence).toMatch(/ The claimed silhouette of 0\.99 is refuted: it is 0\.\d+\.$/);
  });
});

describe('cause before consequence', () => {
  const world = found(drowned(4));
  const scale = finding(world, 'scale');

  test('what is gone with the remedy is told under its cause, with the numbers before and after', () => {
    expect(scale.verdict).toBe('confirmed');
    expect(scale.explains).toContain('class-overlap');
    const overlap = finding(world, 'class-overlap');
    expect(overlap).toMatchObject({
      verdict: 'confirmed',
      severity: 'low',
      explainedBy: 'scale',
      recommendation: null,
    });
    const row = scale.tables[0]!.rows.find(([title]) => title === overlap.title)!;
    expect(scale.tables[0]!.name).toBe('explains');
    expect(row[3] as number).toBeGreaterThan((row[2] as number) + 0.3);
  });

  test('the cause is as grave as what it explains', () => {
    expect(scale.severity).toBe('high');
  });

  test('every explained finding names a cause that names it back, and advises nothing', () => {
    for (const { id, explainedBy, recommendation, severity } of world.findings) {
      if (explainedBy === null) continue;
      expect(finding(world, explainedBy).explains).toContain(id);
      expect([recommendation, ['info', 'low'].includes(severity)]).toEqual([null, true]);
    }
  });
});

describe('no two problems contradict each other, and no sentence the numbers', () => {
  const told = ({ findings }: Diagnosis) =>
    new Set(
      findings
        .filter(
          ({ verdict, severity, explainedBy }) =>
            verdict === 'confirmed' && severity !== 'info' && explainedBy === null,
        )
        .map(({ id }) => id),
    );
  const shuffled = (): World => {
    const { points, labels } = blobs([80, 80, 80], 8, 4, 6);
    const rng = new Rng(8);
    return { points, labels: labels.map((label) => (rng.uniform() < 0.25 ? `class ${rng.integer(3)}` : label)) };
  };
  /** One cloud that k-means cut. */
  const cut = (n: number, k: number, seed: number): World => {
    const rng = new Rng(seed);
    const points = Array.from({ length: n }, () => [rng.normal(), rng.normal(), rng.normal()]);
    return { points, labels: kMeans(Float64Array.from(points.flat()), n, 3, k, { seed }).labels.join().split(',') };
  };
  /** Classes in a row, each beside the next; the small ones share most of their rows, the large ones most rows. */
  const chain = (): World => {
    const rng = new Rng(21);
    const sizes = [160, 160, 20, 20];
    const at = [0, 2.2, 12, 13.2];
    const labels = sizes.flatMap((size, c) => new Array<string>(size).fill(`c${c}`));
    return { labels, points: labels.map((label) => [at[Number(label[1])]! + rng.normal(), rng.normal()]) };
  };
  const worlds: Record<string, World> = {
    'well apart': blobs([60, 50, 40], 9, 4, 1),
    'random labels': randomLabels(300, 4, 3, 5),
    'random labels on groups': {
      points: blobs([60, 60, 60], 9, 4, 3).points,
      labels: randomLabels(180, 3, 2, 6).labels,
    },
    overlapping: blobs([80, 80, 80], 1, 3, 7),
    drowned: drowned(5),
    'wrong labels': shuffled(),
    'few rows that k-means cut': cut(60, 3, 5),
    'many rows that k-means cut': cut(500, 3, 6),
    'pairs that overlap': chain(),
  };
  test.each(Object.keys(worlds))('%s', (name) => {
    const diagnosis = found(worlds[name]!);
    expect(contradictions([...told(diagnosis)])).toEqual([]);
    expect(sentenceFaults(diagnosis)).toEqual([]);
  });
});

describe('the ceiling of the silhouette', () => {
  const ceilingWorld = (shift: number) => {
    const rng = new Rng(11);
    const labels = Array.from({ length: 80 }, (_, i) => (i % 2 === 0 ? 'a' : 'b'));
    const at = (label: string) => (label === 'a' ? 0 : shift);
    return { points: labels.map((label) => Array.from({ length: 200 }, () => at(label) + rng.normal())), labels };
  };
  const worlds = (shift: number) => diagnose(ceilingWorld(shift), { permutations: 39 });
  const number = (diagnosis: ReturnType<typeof diagnose>, name: string) =>
    diagnosis.findings.find(({ id }) => id === 'shape')!.evidence.find((of) => of.name === name)?.value as number;

  test('is said where a silhouette looks low and is about the best that the points allow', () => {
    const low = worlds(1.1);
    expect(low.answer.sentence).toMatch(
      /; silhouette 0\.\d+ of at most 0\.\d+ that these points allow classes of these sizes\)/,
    );
    expect(number(low, 'silhouette')).toBeLessThan(0.5);
    expect(number(low, 'ceilingReached')).toBeGreaterThan(0.9);
  });

  test('is the ceiling of the points for classes of these sizes, and the silhouette that of the scores', () => {
    const low = worlds(1.1);
    const [, said, most] = /silhouette (0\.\d+) of at most (0\.\d+) that/.exec(low.answer.sentence)!;
    const { points, labels } = ceilingWorld(1.1);
    expect(Number(said)).toBeCloseTo(silhouette(points, labels).score, 3);
    expect(Number(most)).toBeCloseTo(silhouetteCeiling(points, { sizes: [40, 40] }).score, 3);
    expect(Number(said)).toBeLessThanOrEqual(Number(most));
  });

  test('is evidence of the shape and not said where the silhouette is high', () => {
    const high = worlds(9);
    expect(number(high, 'silhouetteCeiling')).toBeGreaterThan(0.7);
    expect(high.answer.sentence).not.toContain('allow');
  });
});
