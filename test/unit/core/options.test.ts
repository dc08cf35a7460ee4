import { describe, expect, it } from 'vitest';
import { checkOptions, isRecord, nothingMore } from '../../../src/core/options.js';

describe('nothingMore', () => {
  const call = (...more: unknown[]) => nothingMore('purity', more, ['truth', 'predicted']);

  it('lets nothing and undefined pass', () => {
    expect(() => call()).not.toThrow();
    expect(() => call(undefined, undefined)).not.toThrow();
  });

  it('names the options that a function without options was given', () => {
    expect(() => call({ average: 'macro' })).toThrow('purity: unknown option "average" (it takes none)');
    expect(() => call(undefined, { average: 'macro' })).toThrow('purity: takes 2 arguments and no options');
  });

  it('counts what comes behind', () => {
    expect(() => call({})).toThrow('purity: takes 2 arguments and no options, got Object beyond');
    expect(() => call([1], 'x')).toThrow('got array of length 1, "x" beyond');
    expect(() => nothingMore('finish', [3], [])).toThrow('finish: takes no arguments and no options, got 3 beyond');
    expect(() => nothingMore('neg', [3], [1])).toThrow('neg: takes 1 argument and no options, got 3 beyond');
  });

  it('lets a function be handed to map and reduce', () => {
    const one = (x: number, ...more: unknown[]) => {
      nothingMore('one', more, [x]);
      return x;
    };
    const two = (a: number, b: number, ...more: unknown[]) => {
      nothingMore('two', more, [a, b]);
      return a + b;
    };
    expect([3, 4].map(one)).toEqual([3, 4]);
    expect([3, 4, 5].reduce(two)).toBe(12);
    // An index and an array in which it leads elsewhere are arguments like others.
    expect(() => nothingMore('one', [1, [7, 8]], [7])).toThrow('got 1, array of length 2 beyond');
  });
});

it('checkOptions: names only, and no container', () => {
  expect(checkOptions('f', undefined, ['a'])).toEqual({});
  expect(checkOptions('f', { a: 1, b: undefined }, ['a', 'b'])).toEqual({ a: 1, b: undefined });
  expect(() => checkOptions('f', { A: 1 }, ['a'])).toThrow(`f: unknown option "A"; did you mean 'a'? (known are a)`);
  for (const value of [null, 3, 'a', [1], new Map(), new Float64Array(1), Promise.resolve({})]) {
    expect(isRecord(value)).toBe(false);
    expect(() => checkOptions('f', value, ['a'])).toThrow('f: options must be an object');
  }
});
