import { expect, test } from 'vitest';
import { noiseCandidate } from '../../../src/studies/claims/noise-candidate.js';

test.each([
  [['a', 'noise', 'z'], 1, 'a word'],
  [['a', ' Outliers ', 'z'], 1, 'in any spelling'],
  [['', 'a', 'b'], 0, 'no word at all'],
  [['a', 'b', 'noisy'], -1, 'not a word that holds one'],
  [[-1, 0, 1], 0, 'a number -1 beside numbers that count from 0'],
  [[-1, 0, 1.5], -1, 'not beside numbers that measure'],
  [[-2, -1, 0], -1, 'not beside other negative numbers'],
  [[-1, 0, 'a'], -1, 'not beside words'],
  [[0, 1, '-1'], 2, 'the text -1'],
  [[-1, 0], -1, 'not one of two labels, which may be a yes and a no'],
  [['a', 'noise'], -1, 'not one of two words'],
])('the label of %j that is written as noise stands at %i: %s', (classes, position) => {
  expect(noiseCandidate(classes)).toBe(position);
});
