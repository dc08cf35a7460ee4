import { expect, it } from 'vitest';
import { columnAxis } from '../../../src/cli/column-axis.js';

it('makes numbers of numbered columns, with a logarithmic axis where they rise by ratios', () => {
  expect(columnAxis(['g_20Hz', 'g_200Hz', 'g_2000Hz'])).toEqual({
    columns: [20, 200, 2000],
    axis: 'column g_*Hz',
    scale: 'log',
  });
  expect(columnAxis(['x0', 'x1', 'x2'])).toEqual({ columns: [0, 1, 2], axis: 'column x*', scale: 'linear' });
  const long = columnAxis(Array.from({ length: 300 }, (_, j) => `f${j + 1}`));
  expect(long.scale).toBe('linear');
});

it.each([[['age', 'height', 'weight']], [['x2', 'x1', 'x3']], [['x1', 'y2', 'x3']], [['x1', 'x2']]])(
  'keeps the names %j',
  (names) => {
    expect(columnAxis(names)).toEqual({ columns: names });
  },
);
