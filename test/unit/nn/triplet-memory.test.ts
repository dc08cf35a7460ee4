import { afterEach, describe, expect, it } from 'vitest';
import { gradients, Rng, tensor, tripletMargin } from '../../../src/nn/index.js';

const { Float64Array: Floats, Int32Array: Integers } = globalThis;
let allocated = 0;

/** A typed array whose every instance is counted, those of slice and map too. */
function counting<T extends typeof Floats | typeof Integers>(Base: T): T {
  class Counted extends (Base as typeof Floats) {
    // biome-ignore lint/suspicious/noExplicitAny: every form of the constructor is passed on
    constructor(...given: any[]) {
      super(...(given as [number]));
      // A view of what is there already takes no memory.
      if (!(given[0] instanceof ArrayBuffer)) allocated += this.byteLength;
    }
  }
  return Counted as unknown as T;
}

afterEach(() => Object.assign(globalThis, { Float64Array: Floats, Int32Array: Integers }));

/** Bytes of typed arrays that value and gradient of the loss take, in all. */
function bytesOf(rows: number, options: Parameters<typeof tripletMargin>[2], classes: number): number {
  const rng = new Rng(rows);
  const points = Array.from({ length: rows }, () => Array.from({ length: 4 }, () => rng.normal()));
  const labels = points.map((_, i) => i % classes);
  const embeddings = tensor(points, { requiresGrad: true });
  Object.assign(globalThis, { Float64Array: counting(Floats), Int32Array: counting(Integers) });
  allocated = 0;
  const { loss } = tripletMargin(embeddings, labels, options);
  gradients(loss, [embeddings]);
  return allocated;
}

describe('tripletMargin takes memory for pairs and not for triplets', () => {
  it.each(
    (['all', 'hard', 'semi-hard'] as const).flatMap((mining) =>
      (['euclidean', 'cosine'] as const).map((distance) => ({ mining, distance })),
    ),
  )('$mining, $distance', (options) => {
    for (const classes of [2, 8]) {
      const [few, many] = [bytesOf(32, options, classes), bytesOf(128, options, classes)];
      expect(few).toBeGreaterThan(8 * 32 ** 2); // it counts
      // 16 times the pairs, 64 times the triplets.
      expect(many / few).toBeLessThan(17);
      // Distances and slopes, the scratch of sorting, the gradient: not one number per triplet.
      expect(many).toBeLessThan(12 * 8 * 128 ** 2);
    }
  });
});
