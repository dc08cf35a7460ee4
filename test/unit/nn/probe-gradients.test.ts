import { describe, expect, it } from 'vitest';
import { Tensor } from '../../../src/nn/index.js';
import { probeGradients } from '../../../src/nn/training/probe-gradients.js';

const loss = () => new Tensor(Float64Array.of(1), [], true);

/** The probe of two terms with these gradients. */
function probeOf(a: readonly number[], b: readonly number[]) {
  const terms = [
    { name: 'a', loss: loss() },
    { name: 'b', loss: loss() },
  ];
  const parts = new Map([
    [terms[0]!.loss, [Float64Array.from(a.slice(0, 2)), Float64Array.from(a.slice(2))]],
    [terms[1]!.loss, [Float64Array.from(b.slice(0, 2)), Float64Array.from(b.slice(2))]],
  ]);
  return probeGradients(terms, (of) => parts.get(of)!, 3);
}

describe('norms and cosines of gradients of any size', () => {
  it.each([
    [1, 1],
    [1e-250, 1],
    [1e250, 1e-250],
    [1e250, 1e250],
    [1e-310, 1e-310],
  ])('times %s and %s', (scaleA, scaleB) => {
    const scaled = (values: number[], scale: number) => values.map((value) => value * scale);
    const { batch, norms, cosines } = probeOf(scaled([3, 4, 0], scaleA), scaled([4, 3, 12], scaleB));
    expect(batch).toBe(3);
    expect(norms.a! / scaleA).toBeCloseTo(5, 8);
    expect(norms.b! / scaleB).toBeCloseTo(13, 8);
    expect(cosines[0]!.between).toEqual(['a', 'b']);
    expect(cosines[0]!.cosine).toBeCloseTo(24 / 65, 8);
  });

  it('a gradient of 0 has no direction, and one that overflows no norm', () => {
    expect(probeOf([0, 0, 0], [1, 2, 3])).toMatchObject({ norms: { a: 0 }, cosines: [{ cosine: null }] });
    expect(probeOf([Number.POSITIVE_INFINITY, 0, 0], [1, 2, 3])).toMatchObject({
      norms: { a: null },
      cosines: [{ cosine: null }],
    });
  });
});
