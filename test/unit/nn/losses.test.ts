import { crossEntropy, gradcheck, mse, ntXent, Rng, supCon, Tensor, tensor, tripletMargin } from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';

const rng = new Rng(9);
const batch = (n: number, d: number, spread = 1) =>
  new Tensor(
    new Float64Array(n * d).map(() => spread * rng.normal()),
    [n, d],
    true,
  );

describe('mse', () => {
  it('is the mean over all elements; its ceiling is the variance of the columns', () => {
    const target = tensor([
      [0, 10],
      [2, 30],
    ]);
    expect(
      mse(
        tensor([
          [1, 10],
          [2, 33],
        ]),
        target,
      ),
    ).toMatchObject({ value: 2.5, floor: 0, ceiling: 50.5, validAnchors: 2, skippedAnchors: 0 });
    expect(
      mse(
        tensor([
          [1, 20],
          [1, 20],
        ]),
        target,
      ),
    ).toMatchObject({ value: 50.5 });
    expect(mse(target, target).value).toBe(0);
  });

  it('does not broadcast', () => {
    expect(() => mse(tensor([[1, 2]]), tensor([1, 2]))).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
  });

  it('has a correct gradient', () => {
    expect(gradcheck((a, b) => mse(a!, b!).loss, [batch(3, 2), batch(3, 2)]).maxError).toBeLessThan(1e-7);
  });
});

describe('supCon', () => {
  it('is the formula of L_out, worked by hand', () => {
    // Cosines: 0-1 0.6, 0-2 0, 1-2 0.8; rows 0 and 1 are positives, row 2 has none.
    const x = tensor([
      [1, 0],
      [3, 4],
      [0, 2],
    ]);
    const anchor0 = -Math.log(Math.exp(1.2) / (Math.exp(1.2) + 1));
    const anchor1 = -Math.log(Math.exp(1.2) / (Math.exp(1.2) + Math.exp(1.6)));
    const result = supCon(x, ['a', 'a', 'b'], { temperature: 0.5 });
    expect(result.value).toBeCloseTo((anchor0 + anchor1) / 2, 14);
    expect(result).toMatchObject({ validAnchors: 2, skippedAnchors: 1, zeroVectors: 0, temperature: 0.5, floor: 0 });
    expect(result.ceiling).toBeCloseTo(Math.log(2), 15);
  });

  it('gives log(B - 1), its ceiling, when all embeddings are equal', () => {
    const result = supCon(
      tensor(Array.from({ length: 12 }, () => [1, 2, 3])),
      Array.from({ length: 12 }, (_, i) => i % 3),
    );
    expect(result.value).toBeCloseTo(Math.log(11), 12);
    expect(result.ceiling).toBeCloseTo(Math.log(11), 15);
  });

  it('comes down to its floor log(K - 1) for a balanced, perfectly separated batch', () => {
    const labels = Array.from({ length: 12 }, (_, i) => i % 3); // 3 classes of 4
    const { value, floor } = supCon(
      tensor(labels.map((label) => [0, 1, 2].map((j) => (j === label ? 1 : 0)))),
      labels,
      { temperature: 0.02 },
    );
    expect(floor).toBeCloseTo(Math.log(3), 14);
    expect(value - floor).toBeLessThan(1e-12);
    expect(value - floor).toBeGreaterThan(-1e-12);
  });

  it('averages the floor over anchors with different numbers of positives', () => {
    // Four of class 0 (3 positives each), two of class 1 (1 positive each), one alone.
    const { floor, validAnchors } = supCon(batch(7, 3), [0, 0, 0, 0, 1, 1, 2]);
    expect(validAnchors).toBe(6);
    expect(floor).toBeCloseTo((4 * Math.log(3)) / 6, 14);
  });

  it('is finite with a correct gradient at temperature 0.01, where e^(1/t) has 44 digits', () => {
    const x = batch(6, 4);
    const labels = [0, 0, 1, 1, 1, 2];
    expect(supCon(x, labels, { temperature: 0.01 }).value).toBeGreaterThan(0);
    gradcheck((z) => supCon(z!, labels, { temperature: 0.01 }).loss, [x]);
  });

  it('takes the row maximum over the others: opposite embeddings at a tiny temperature keep their loss', () => {
    // The similarity to itself exceeds the others by 2 / t = 20,000; with it as maximum all others are e^-20000 = 0.
    const result = supCon(
      tensor([
        [1, 0],
        [-1, 0],
        [-1, 0],
      ]),
      [0, 0, 0],
      { temperature: 1e-4 },
    );
    // Anchor 0 has two equal others (log 2); anchors 1 and 2 see one near and one 20,000 away, half weight each.
    expect(result.value).toBeCloseTo((Math.log(2) + 10_000 + 10_000) / 3, 8);
  });

  it('leaves a batch without any positive as a flagged constant 0', () => {
    const result = supCon(batch(3, 2), ['a', 'b', 'c']);
    expect(result).toMatchObject({ value: 0, floor: 0, ceiling: 0, validAnchors: 0, skippedAnchors: 3 });
    expect(result.loss.requiresGrad).toBe(false);
    expect(() => result.loss.backward()).toThrow(expect.objectContaining({ code: 'no-gradient' }));
    expect(supCon(batch(1, 2), [1])).toMatchObject({ value: 0, validAnchors: 0, skippedAnchors: 1 });
  });

  it('counts zero vectors and gives them no gradient', () => {
    const x = new Tensor(Float64Array.of(0, 0, 1, 0, 0, 1, 1, 1), [4, 2], true);
    const result = supCon(x, [0, 0, 1, 1]);
    expect(result.zeroVectors).toBe(1);
    result.loss.backward();
    expect(Array.from(x.grad!.subarray(0, 2))).toEqual([0, 0]);
    expect(x.grad!.subarray(2).some((value) => value !== 0)).toBe(true);
  });

  it.each<[string, () => unknown, string]>([
    ['a label too few', () => supCon(batch(3, 2), [0, 1]), 'length-mismatch'],
    ['a missing label', () => supCon(batch(2, 2), [0, null as never]), 'missing-label'],
    ['temperature 0', () => supCon(batch(2, 2), [0, 0], { temperature: 0 }), 'out-of-range'],
    ['a negative temperature', () => supCon(batch(2, 2), [0, 0], { temperature: -1 }), 'out-of-range'],
    [
      'a temperature so small that it overflows',
      () => supCon(batch(2, 2), [0, 0], { temperature: 1e-320 }),
      'not-finite',
    ],
    ['a vector', () => supCon(tensor([1, 2]), [0, 0]), 'shape-mismatch'],
    ['rows that are no tensor', () => supCon([[1]] as never, [0]), 'wrong-type'],
    ['a misspelt option', () => supCon(batch(2, 2), [0, 0], { temp: 1 } as never), 'unknown-option'],
    ['views of two sizes', () => ntXent(batch(2, 2), batch(3, 2)), 'shape-mismatch'],
    ['margin 0', () => tripletMargin(batch(2, 2), [0, 0], { margin: 0 }), 'out-of-range'],
    ['an unknown mining', () => tripletMargin(batch(2, 2), [0, 0], { mining: 'easy' as never }), 'unknown-name'],
  ])('refuses %s', (_name, call, code) => {
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});

describe('ntXent', () => {
  it('is supCon with every pair a class', () => {
    const [a, b] = [batch(4, 3), batch(4, 3)];
    const both = new Tensor(Float64Array.of(...a.data, ...b.data), [8, 3]);
    const asSupCon = supCon(both, [0, 1, 2, 3, 0, 1, 2, 3], { temperature: 0.2 });
    const result = ntXent(a, b, { temperature: 0.2 });
    expect(result.value).toBe(asSupCon.value);
    expect(result).toMatchObject({ floor: 0, validAnchors: 8, skippedAnchors: 0, ceiling: Math.log(7) });
    gradcheck((u, v) => ntXent(u!, v!).loss, [a, b]);
  });
});

describe('tripletMargin', () => {
  it('says of three tensors, as PyTorch takes them, that labels are wanted', () => {
    const one = tensor([[1, 2]]);
    expect(() => tripletMargin(one, one as never, one as never)).toThrow(
      'tripletMargin: labels must be an array with one label per row, got Tensor',
    );
  });

  // On a line: anchors 0 and 1 of class a, 2 of class b.
  const line = tensor([[0], [2], [3]]);

  it('is the mean over all triplets, worked by hand', () => {
    // (0, 1, 2): 2 - 3 + 1.5 = 0.5; (1, 0, 2): 2 - 1 + 1.5 = 2.5
    const result = tripletMargin(line, ['a', 'a', 'b'], { margin: 1.5 });
    expect(result).toMatchObject({
      value: 1.5,
      floor: 0,
      ceiling: 1.5,
      triplets: 2,
      activeTriplets: 2,
      validAnchors: 2,
      skippedAnchors: 1,
    });
    expect(tripletMargin(line, ['a', 'a', 'b'], { margin: 0.5 })).toMatchObject({ value: 0.75, activeTriplets: 1 });
  });

  it('hard mining takes the farthest positive and the nearest negative', () => {
    const x = tensor([[0], [1], [3], [4], [10]]);
    const labels = [0, 0, 0, 1, 1];
    // anchors 0: 3 - 4 + 1 = 0; 1: 2 - 3 + 1 = 0; 2: 3 - 1 + 1 = 3; 3: 6 - 1 + 1 = 6; 4: 6 - 7 + 1 = 0
    expect(tripletMargin(x, labels, { mining: 'hard' })).toMatchObject({ value: 1.8, triplets: 5, activeTriplets: 2 });
  });

  it('is its margin when all embeddings are equal, with gradient 0 and not NaN', () => {
    const x = new Tensor(new Float64Array(8).fill(3), [4, 2], true);
    const result = tripletMargin(x, [0, 0, 1, 1], { margin: 2 });
    expect(result.value).toBe(2);
    result.loss.backward();
    expect(x.grad).toEqual(new Float64Array(8));
  });

  it('leaves a batch of one class as a flagged constant 0', () => {
    expect(tripletMargin(batch(3, 2), [1, 1, 1])).toMatchObject({
      value: 0,
      validAnchors: 0,
      skippedAnchors: 3,
      triplets: 0,
    });
  });

  it.each(['all', 'hard'] as const)('has a correct gradient with mining %s', (mining) => {
    expect(gradcheck((x) => tripletMargin(x!, [0, 0, 1, 1, 2], { mining }).loss, [batch(5, 3)]).maxError).toBeLessThan(
      1e-7,
    );
  });
});

describe('tripletMargin by mining and distance', () => {
  it('semi-hard takes the nearest negative behind the positive, by hand', () => {
    // From 0: positive at 2; negatives at 1 (nearer), 2.5 and 4. 2 - 2.5 + 1 = 0.5; from 2: negatives at .5, 1 and 2,
    // none farther than the positive at 2: the farthest stands in, 2 - 2 + 1 = 1.
    const x = tensor([[0], [2], [1], [2.5], [4]]);
    const result = tripletMargin(x, [0, 0, 1, 2, 3], { mining: 'semi-hard' });
    expect(result).toMatchObject({ value: 0.75, triplets: 2, activeTriplets: 2, fallbackTriplets: 1 });
  });

  it('a triplet beyond the margin counts 0, and stays in the mean', () => {
    const x = tensor([[0], [1], [9]]);
    expect(tripletMargin(x, [0, 0, 1], { mining: 'semi-hard' })).toMatchObject({
      value: 0,
      triplets: 2,
      validAnchors: 2,
    });
  });

  it.each(['all', 'hard', 'semi-hard'] as const)(
    '%s: permuted rows have the permuted gradient, ties included',
    (mining) => {
      const rows = [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
        [1, 0],
        [0, 0],
        [2, 0],
      ];
      const labels = [0, 0, 0, 1, 1, 1, 1];
      const order = [4, 2, 6, 0, 3, 5, 1];
      const gradient = (by: number[]) => {
        const x = tensor(
          by.map((i) => rows[i]!),
          { requiresGrad: true },
        );
        const { loss, value } = tripletMargin(
          x,
          by.map((i) => labels[i]!),
          { mining },
        );
        loss.backward();
        return {
          value,
          grad: by.map((_, at) => by.indexOf(at)).map((at) => [...x.grad!.subarray(2 * at, 2 * at + 2)]),
        };
      };
      const [one, other] = [gradient([0, 1, 2, 3, 4, 5, 6]), gradient(order)];
      expect(other.value).toBeCloseTo(one.value, 14);
      one.grad.flat().forEach((value, p) => {
        expect(other.grad.flat()[p]).toBeCloseTo(value, 14);
      });
    },
  );

  it('cosine does not see lengths, and puts a zero vector at distance 1', () => {
    const [x, scaled] = [
      tensor([
        [1, 0],
        [1, 1],
        [0, 2],
      ]),
      tensor([
        [5, 0],
        [2, 2],
        [0, 1],
      ]),
    ];
    const value = (rows: Tensor) => tripletMargin(rows, [0, 0, 1], { distance: 'cosine' }).value;
    expect(value(scaled)).toBeCloseTo(value(x), 14);
    // 0: d(0, 1) - d(0, 2) + 1 with d(0, 1) = 0 and d = 1 to the zero vector; likewise for 1.
    expect(
      value(
        tensor([
          [1, 0],
          [2, 0],
          [0, 0],
        ]),
      ),
    ).toBe(0);
  });

  it('holds distances beyond the squares of numbers', () => {
    const far = (scale: number) =>
      tripletMargin(tensor([[0], [scale], [3 * scale]]), [0, 0, 1], { margin: scale }).value;
    expect(far(1e200) / 1e200).toBeCloseTo(far(1), 14);
    expect(far(1e-140) / 1e-140).toBeCloseTo(far(1), 14);
    expect(() => tripletMargin(tensor([[-1.5e308], [1.5e308], [0]]), [0, 0, 1])).toThrow(/between rows 0 and 1/);
  });
});

describe('crossEntropy', () => {
  const logits = tensor([
    [2, 0, 0],
    [0, 1, 0],
    [0, 0, 3],
    [1, 0, 0],
  ]);

  it('lies between its floor and the entropy of the targets where the logits say something', () => {
    const result = crossEntropy(logits, [0, 1, 2, 0]);
    expect(result).toMatchObject({ floor: 0, validAnchors: 4, skippedAnchors: 0 });
    expect(result.ceiling).toBeCloseTo(-(0.5 * Math.log(0.5) + 0.5 * Math.log(0.25)), 14);
    expect(result.value).toBeLessThan(result.ceiling);
  });

  it('its ceiling is what the best constant logits give, its floor what the best logits give', () => {
    const options = { weight: [1, 2, 0.5], labelSmoothing: 0.2 };
    const targets = [0, 1, 2, 0];
    // Shares of the classes: weight x (smoothing / 3 + 0.8 for the target), summed over the rows.
    const share = (code: number, c: number) => options.weight[c]! * (0.2 / 3 + (c === code ? 0.8 : 0));
    const total = [0, 1, 2].map((c) => targets.reduce((sum, code) => sum + share(code, c), 0));
    const constant = tensor(targets.map(() => total.map(Math.log)));
    const best = tensor(targets.map((code) => [0, 1, 2].map((c) => Math.log(share(code, c)))));
    const result = crossEntropy(constant, targets, options);
    expect(result.value).toBeCloseTo(result.ceiling, 14);
    expect(crossEntropy(best, targets, options).value).toBeCloseTo(result.floor, 14);
  });

  it('without a row that counts it is a flagged constant 0', () => {
    const none = { value: 0, validAnchors: 0, skippedAnchors: 4 };
    expect(crossEntropy(logits, [-100, -100, -100, -100])).toMatchObject(none);
    expect(crossEntropy(logits, [0, 0, 0, 0], { weight: [0, 1, 1] })).toMatchObject(none);
  });

  it.each([
    ['a class without a logit', () => crossEntropy(logits, [0, 1, 3, 0]), 'out-of-range', /0 to 2, got 3 in row 2/],
    ['a negative class', () => crossEntropy(logits, [0, -1, 2, 0]), 'out-of-range', /got -1 in row 1/],
    ['a share of a class', () => crossEntropy(logits, [0, 0.5, 2, 0]), 'out-of-range', /targets\[1\]/],
    ['too few targets', () => crossEntropy(logits, [0]), 'length-mismatch', /4 rows and 1 targets/],
    ['too few weights', () => crossEntropy(logits, [0, 1, 2, 0], { weight: [1] }), 'length-mismatch', /3 classes/],
    ['labels', () => crossEntropy(logits, ['a', 'b', 'c', 'a'] as never), 'wrong-type', /targets\[0\]/],
    ['smoothing above 1', () => crossEntropy(logits, [0, 1, 2, 0], { labelSmoothing: 2 }), 'out-of-range', /2/],
  ])('refuses %s', (_name, call, code, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ code }));
  });
});
