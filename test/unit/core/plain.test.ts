import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromPlain, toPlain } from '../../../src/core/plain.js';
import { dataset } from '../../../src/index.js';
import { tensor } from '../../../src/nn/index.js';

const back = (value: unknown) => fromPlain(JSON.parse(JSON.stringify(toPlain(value))));

describe('toPlain', () => {
  it('spells what JSON lacks as text', () => {
    expect(toPlain({ a: Infinity, b: [-Infinity, Number.NaN], c: 12n, d: Int32Array.of(1, 2), e: -0 })).toEqual({
      a: 'Infinity',
      b: ['-Infinity', 'NaN'],
      c: '12n',
      d: [1, 2],
      e: 0,
    });
    expect(toPlain(BigInt64Array.of(2n ** 60n))).toEqual([`${2n ** 60n}n`]);
    expect(toPlain({ score: 1, below: () => 1, noise: undefined })).toEqual({ score: 1 });
  });

  it('tells text from what is spelled as it', () => {
    for (const text of ['Infinity', '\\Infinity', '\\\\-Infinity', '12n', '-12n', 'NaN', '12', 'n', '']) {
      expect(back({ text })).toEqual({ text });
    }
    expect(toPlain('Infinity')).toBe('\\Infinity');
  });

  it('comes back, whatever a result holds', () => {
    const single = fc.oneof(
      fc.double().map((value) => value + 0),
      fc.bigInt(),
      fc.boolean(),
      fc.constant(null),
      fc.string(),
      fc.constantFrom('Infinity', '-Infinity', 'NaN', '\\NaN', '7n', '\\\\7n'),
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof({ depthSize: 'small' }, single, fc.array(tie('value')), fc.dictionary(fc.string(), tie('value'))),
    }));
    fc.assert(fc.property(value, (any) => void expect(back(any)).toEqual(any)));
  });

  it('refuses what it cannot write', () => {
    expect(() => toPlain({ a: new Map() })).toThrow(/^toPlain: .* got Map at result\.a; /);
    expect(() => toPlain([tensor([1])])).toThrow(/got Tensor at result\[0\]/);
    const loop: Record<string, unknown> = {};
    loop.loop = loop;
    expect(() => toPlain(loop)).toThrow(/must not hold itself, got result\.loop/);
    const twice = { a: 1 };
    expect(toPlain([twice, twice])).toEqual([twice, twice]);
  });

  it('writes a dataset', () => {
    expect(toPlain(dataset([[1], [2]], [2n ** 60n, 'a']))).toMatchObject({ points: [1, 2], labels: [0, 1] });
  });
});
