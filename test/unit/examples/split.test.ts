import { describe, expect, it } from 'vitest';
import { stratifiedSplit } from '../../../examples/equalizer/split.js';
import { fitStandardizer, standardize } from '../../../examples/equalizer/standardize.js';

const sizes = { single: 1, pair: 2, three: 3, eight: 8, forty: 40 };
const labels = Object.entries(sizes).flatMap(([label, size]) => Array<string>(size).fill(label));
const counts = (rows: ArrayLike<number>) => {
  const found: Record<string, number> = {};
  for (const i of Array.from(rows)) found[labels[i]!] = (found[labels[i]!] ?? 0) + 1;
  return found;
};

describe('stratifiedSplit', () => {
  it('holds out a quarter of each class, one row of a class of two, none of a class of one', () => {
    const { training, heldOut } = stratifiedSplit(labels, { heldOut: 0.25, seed: 0 });
    expect(counts(heldOut)).toEqual({ pair: 1, three: 1, eight: 2, forty: 10 });
    expect(counts(training)).toEqual({ single: 1, pair: 1, three: 2, eight: 6, forty: 30 });
  });

  it('holds out one row of a small class even where the rounded share is none', () => {
    const { heldOut } = stratifiedSplit(labels, { heldOut: 0.1, seed: 0 });
    expect(counts(heldOut)).toEqual({ pair: 1, three: 1, eight: 1, forty: 4 });
  });

  it('puts every row on one side, in row order', () => {
    const { training, heldOut } = stratifiedSplit(labels, { heldOut: 0.25, seed: 3 });
    expect([...training, ...heldOut].sort((a, b) => a - b)).toEqual([...labels.keys()]);
    for (const side of [training, heldOut]) expect([...side]).toEqual([...side].sort((a, b) => a - b));
  });

  it('follows the seed', () => {
    const draw = (seed: number) => [...stratifiedSplit(labels, { heldOut: 0.25, seed }).heldOut];
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
  });
});

describe('standardize', () => {
  // The mean of ten times 0.1 is not quite 0.1.
  const first = [1, 2, 6, 1, 2, 6, 1, 2, 6, 3];
  const rows = first.map((value) => Float64Array.of(value, 7, 0.1));

  it('gives the fitted rows mean 0 and population standard deviation 1', () => {
    const { data } = standardize(rows, fitStandardizer(rows));
    const column = first.map((_, i) => data[3 * i]!);
    expect(column.reduce((sum, value) => sum + value, 0)).toBeCloseTo(0, 12);
    expect(column.reduce((sum, value) => sum + value * value, 0) / 10).toBeCloseTo(1, 12);
  });

  it('leaves other rows in the units of the fitted ones, also where a fitted column is constant', () => {
    const { data } = standardize([Float64Array.of(3, 8, 0.6)], fitStandardizer(rows));
    expect([...data]).toEqual([0, 1, 0.5].map((value) => expect.closeTo(value, 12)));
  });
});
