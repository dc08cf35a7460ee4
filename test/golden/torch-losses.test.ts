import { describe, expect, it } from 'vitest';
import { crossEntropy, mul, sum, type TripletMarginOptions, tensor, tripletMargin } from '../../src/nn/index.js';
import { fixture } from '../support/fixture.js';
import { allNear, near } from '../support/near.js';

interface Losses {
  readonly points: Record<string, number[][]>;
  readonly labels: number[];
  readonly triplets: ReadonlyArray<{
    points: string;
    mining: TripletMarginOptions['mining'];
    distance: TripletMarginOptions['distance'];
    margin: number;
    loss: number;
    triplets: number;
    active: number;
    fallback: number;
    gradient: number[];
  }>;
  readonly logits: number[][];
  readonly entropies: ReadonlyArray<{
    scale: number;
    targets: number[];
    weight: number[] | null;
    labelSmoothing: number;
    ignoreIndex: number;
    reduction: 'mean' | 'sum' | 'none';
    loss: number[];
    gradient: number[];
  }>;
}

const { points, labels, triplets, logits, entropies } = fixture<Losses>('torch-losses');

describe('tripletMargin is that of PyTorch', () => {
  it.each(triplets)('$points rows, $mining, $distance, margin $margin', (expected) => {
    const { mining, distance, margin } = expected;
    const x = tensor(points[expected.points]!, { requiresGrad: true });
    const result = tripletMargin(x, labels, { mining, distance, margin });
    near(result.value, expected.loss, 1e-13);
    expect([result.triplets, result.activeTriplets, result.fallbackTriplets]).toEqual([
      expected.triplets,
      expected.active,
      expected.fallback,
    ]);
    result.loss.backward();
    allNear(x.grad!, expected.gradient, 1e-12);
  });

  it('the cases have triplets without a farther negative, ties and both kinds of margin', () => {
    expect(triplets.some(({ fallback }) => fallback > 0)).toBe(true);
    expect(triplets.filter(({ points: name }) => name === 'tied').length).toBe(6);
  });
});

describe('crossEntropy is that of PyTorch', () => {
  it.each(entropies)(
    'x $scale, weight $weight, smoothing $labelSmoothing, ignoring $ignoreIndex, $reduction',
    (expected) => {
      const { targets, weight, labelSmoothing, ignoreIndex, reduction, scale } = expected;
      const x = tensor(
        logits.map((row) => row.map((value) => value * scale)),
        { requiresGrad: true },
      );
      const given = { labelSmoothing, ignoreIndex, reduction, ...(weight === null ? {} : { weight }) };
      const { loss } = crossEntropy(x, targets, given);
      allNear(loss.data, expected.loss, 1e-13);
      const seeds = tensor(expected.loss.map((_, i) => i + 1));
      sum(reduction === 'none' ? mul(loss, seeds) : loss).backward();
      allNear(x.grad!, expected.gradient, 1e-13);
    },
  );
});
