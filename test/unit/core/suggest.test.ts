import { describe, expect, it } from 'vitest';
import { didYouMean } from '../../../src/core/suggest.js';

const names = ['euclidean', 'sqeuclidean', 'manhattan', 'cosine', 'q'];

describe('didYouMean', () => {
  it.each([
    ['euclidian', 'euclidean'],
    ['Euclidean', 'euclidean'],
    ['manhatan', 'manhattan'],
    ['manhattaan', 'manhattan'],
    ['cosin', 'cosine'],
  ])('%s: %s', (given, meant) => {
    expect(didYouMean(given, names)).toBe(`; did you mean '${meant}'?`);
  });

  it('suggests nothing that is far: more than 2 letters off, or a third of a longer word', () => {
    expect(didYouMean('hamming', names)).toBe('');
    expect(didYouMean('mahalanobis', names)).toBe('');
    expect(didYouMean('sin', ['cosine'])).toBe('');
    expect(didYouMean('sine', ['cosine'])).toBe("; did you mean 'cosine'?");
    expect(didYouMean('anything', [])).toBe('');
  });

  it('suggests nothing that has less than half of the letters', () => {
    expect(didYouMean('NA', ['-1'])).toBe('');
    expect(didYouMean('nan', ['cat'])).toBe('');
    expect(didYouMean('nosie', ['noise'])).toBe("; did you mean 'noise'?");
  });

  it('takes the first of equally near names', () => {
    expect(didYouMean('bat', ['cat', 'hat'])).toBe("; did you mean 'cat'?");
  });
});
