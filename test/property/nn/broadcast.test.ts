import { add, gradients, mul, tensor } from 'clusterlens/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broadcastShape } from '../../../src/nn/shape.js';

/** A shape, and two that broadcast to it. */
const shapes = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }).chain((target) => {
  const part = fc
    .tuple(fc.integer({ min: 0, max: target.length }), fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }))
    .map(([drop, ones]) => target.slice(drop).map((extent, axis) => (ones[axis] ? 1 : extent)));
  return fc.tuple(part, part);
});

const size = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1);
const filled = (shape: readonly number[], seed: number) =>
  tensor(
    Float64Array.from({ length: size(shape) }, (_, p) => ((p * 7 + seed) % 11) - 5),
    { shape, requiresGrad: true },
  );

/** The element that broadcasting puts at a place, by walking the axes from the last. */
function at(shape: readonly number[], place: readonly number[]): number {
  return shape.reduce((index, extent, axis) => {
    const own = place[place.length - shape.length + axis]!;
    return index * extent + (extent === 1 ? 0 : own);
  }, 0);
}

function places(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>(
    (all, extent) => all.flatMap((place) => Array.from({ length: extent }, (_, i) => [...place, i])),
    [[]],
  );
}

describe('broadcasting', () => {
  it('puts every element where NumPy puts it, and sums gradients back over the copies', () => {
    fc.assert(
      fc.property(shapes, ([shapeA, shapeB]) => {
        const [a, b] = [filled(shapeA, 1), filled(shapeB, 4)];
        const product = mul(a, b);
        const slopes = [new Float64Array(a.size), new Float64Array(b.size)];
        const expected = places(broadcastShape('test', shapeA, shapeB)).map((place) => {
          const [i, j] = [at(shapeA, place), at(shapeB, place)];
          slopes[0]![i]! += b.data[j]!;
          slopes[1]![j]! += a.data[i]!;
          return a.data[i]! * b.data[j]!;
        });
        expect(Array.from(product.data, (value) => value + 0)).toEqual(expected.map((value) => value + 0));
        const given = gradients(product, [a, b], { seed: new Float64Array(product.size).fill(1) });
        given.forEach((gradient, input) => {
          expect(Array.from(gradient, (value) => value + 0)).toEqual(Array.from(slopes[input]!, (value) => value + 0));
        });
        expect(add(b, a).shape).toEqual(product.shape);
      }),
    );
  });
});
