import { describe, expect, it } from 'vitest';
import { Dropout, Linear, manualSeed, ResidualBlock, relu, Sequential, tensor } from '../../../src/nn/index.js';

const weights = (module: Linear | ResidualBlock | Sequential) =>
  module.namedParameters().map(([, { data }]) => [...data]);
const ones = tensor(new Array(64).fill(1));
const mask = (layer: Dropout) => [...layer.forward(ones).data];
const build = () => new Sequential(new Linear(8, 8), relu, new Linear(8, 8), new Dropout(0.5));

describe('layers without a seed of their own', () => {
  it('begin with different weights, also of one shape', () => {
    expect(weights(new Linear(8, 8))).not.toEqual(weights(new Linear(8, 8)));
    expect(weights(new ResidualBlock(4, 4))).not.toEqual(weights(new ResidualBlock(4, 4)));
  });

  it('draw different masks', () => {
    expect(mask(new Dropout(0.5))).not.toEqual(mask(new Dropout(0.5)));
    const [first, second] = [new ResidualBlock(64, 64, { dropout: 0.5 }), new ResidualBlock(64, 64, { dropout: 0.5 })];
    expect(mask(first.dropout)).not.toEqual(mask(second.dropout));
  });

  it('a layer with a seed is the same whenever it is made, and takes nothing from the others', () => {
    const [one, two] = manualSeed(3, () => [new Linear(2, 2), new Linear(2, 2)]);
    const [first, , second] = manualSeed(3, () => [new Linear(2, 2), new Linear(2, 2, { seed: 5 }), new Linear(2, 2)]);
    expect(weights(new Linear(2, 2, { seed: 5 }))).toEqual(weights(new Linear(2, 2, { seed: 5 })));
    expect([first!, second!].map(weights)).toEqual([one!, two!].map(weights));
  });
});

describe('manualSeed', () => {
  it('makes what follows the same again', () => {
    manualSeed(1);
    const first = build();
    manualSeed(1);
    expect(weights(build())).toEqual(weights(first));
    manualSeed(2);
    expect(weights(build())).not.toEqual(weights(first));
  });

  it('with a function: the same wherever it stands, and nothing else changes', () => {
    manualSeed(9);
    const alone = [new Linear(3, 3), new Linear(3, 3)].map(weights);
    const model = weights(manualSeed(4, build));
    manualSeed(9);
    const before = new Linear(3, 3);
    expect(weights(manualSeed(4, build))).toEqual(model);
    expect([before, new Linear(3, 3)].map(weights)).toEqual(alone);
    expect(() =>
      manualSeed(4, () => {
        throw new Error('built nothing');
      }),
    ).toThrow('built nothing');
  });

  it.each([
    [() => manualSeed(-1), 'out-of-range'],
    [() => manualSeed('1' as never), 'wrong-type'],
    [() => manualSeed(1, 2 as never), 'wrong-type'],
    [() => manualSeed(1, async () => 1), 'wrong-type'],
  ])('refuses %s', (call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
