import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import { readContext } from '../../../src/diagnose/diagnose-context.js';

const rng = new Rng(41);
/** Every third row is noise; c is a small class, for the filters. */
const labels = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? 'noise' : i % 3 === 1 ? (i < 8 ? 'c' : 'a') : 'b'));
const points = labels.map((label, i) => [i, (label === 'a' ? 5 : 0) + rng.normal()]);

describe('errors of diagnose name the rows and columns of the input', () => {
  const STUDIES = [
    'significance',
    'confusability',
    'filtered',
    'shape',
    'metricChoice',
    'ceiling',
    'labelNoise',
    'comparison',
  ] as const;

  it.each(STUDIES)('from rows without noise and from a sample of them: %s', (study) => {
    // Fails between rows that no check of the door compares.
    const metric = (p: Float64Array, q: Float64Array) =>
      Math.abs(p[0]! - q[0]!) > 120 && Math.min(p[0]!, q[0]!) > 20 ? Number.NaN : Math.abs(p[1]! - q[1]!);
    const spaces = study === 'comparison' ? { other: points } : undefined;
    const options = { metric, noiseLabel: 'noise', sampleSize: 60, permutations: 39 };
    const { context } = readContext({ points, labels, spaces }, options);
    let message = '';
    try {
      context[study]();
    } catch (error) {
      message = (error as Error).message;
    }
    const [, first, second] = /got NaN for row (\d+) and row (\d+);/.exec(message)!.map(Number);
    // The first column of a row is its number.
    expect([labels[first!], labels[second!]]).not.toContain('noise');
    expect(metric(Float64Array.from(points[first!]!), Float64Array.from(points[second!]!))).toBeNaN();
  });

  it('with the names of columns, where these were given', () => {
    const rows = [
      [1, 2],
      [3, -4],
      [5, 6],
      [1, 1],
    ];
    const of = { points: rows, labels: ['a', 'a', 'b', 'b'] };
    expect(() => diagnose({ ...of, columns: ['width', 'height'] }, { metric: 'clark' })).toThrow(
      "got -4 at row 1, column 'height'",
    );
    expect(() => diagnose(of, { metric: 'clark' })).toThrow('got -4 at row 1, column 1');
    const same = { ...of, points: rows.map(([x]) => [x!, 7]), columns: ['width', 'height'] };
    const all = { metric: 'seuclidean', keepIdentifiers: true } as const;
    expect(() => diagnose(same, all)).toThrow("got 0 in column 'height'");
    // Left out otherwise, as a constant.
    expect(diagnose(same, { metric: 'seuclidean' }).input.d).toBe(1);
  });
});
