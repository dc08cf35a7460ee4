import { type Loss, mse, ntXent, supCon, tensor, tripletMargin } from 'clusterlens/nn';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

/** A batch whose rows have lengths away from 0, labels with repeats, and a permutation of the rows. */
const batches = fc
  .record({ n: fc.integer({ min: 2, max: 9 }), d: fc.integer({ min: 1, max: 4 }), k: fc.integer({ min: 1, max: 4 }) })
  .chain(({ n, d, k }) =>
    fc.record({
      rows: fc.array(
        fc
          .array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: d, maxLength: d })
          .filter((row) => row.some((value) => Math.abs(value) > 0.1)),
        { minLength: n, maxLength: n },
      ),
      labels: fc.array(fc.integer({ min: 0, max: k - 1 }), { minLength: n, maxLength: n }),
      order: fc.shuffledSubarray(
        Array.from({ length: n }, (_, i) => i),
        { minLength: n, maxLength: n },
      ),
    }),
  );

const LOSSES: Record<string, (rows: number[][], labels: number[]) => Loss> = {
  mse: (rows, labels) => mse(tensor(rows), tensor(rows.map((row, i) => row.map(() => labels[i]!)))),
  supCon: (rows, labels) => supCon(tensor(rows), labels),
  'supCon at 0.01': (rows, labels) => supCon(tensor(rows), labels, { temperature: 0.01 }),
  ntXent: (rows, labels) => ntXent(tensor(rows), tensor(rows.map((row, i) => row.map((value) => value + labels[i]!)))),
  tripletMargin: (rows, labels) => tripletMargin(tensor(rows), labels),
};

const near = (a: number, b: number, tolerance = 1e-9) =>
  expect(Math.abs(a - b)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(a), Math.abs(b)));

describe.each(Object.keys(LOSSES))('%s', (name) => {
  const loss = LOSSES[name]!;

  it('does not change when the rows of the batch are permuted', () => {
    fc.assert(
      fc.property(batches, ({ rows, labels, order }) => {
        const a = loss(rows, labels);
        const b = loss(
          order.map((i) => rows[i]!),
          order.map((i) => labels[i]!),
        );
        near(a.value, b.value);
        near(a.floor, b.floor);
        near(a.ceiling, b.ceiling);
        expect(b.validAnchors).toBe(a.validAnchors);
      }),
    );
  });

  it('is finite, not below its floor, and counts every row once', () => {
    fc.assert(
      fc.property(batches, ({ rows, labels }) => {
        const { value, floor, ceiling, validAnchors, skippedAnchors } = loss(rows, labels);
        expect(Number.isFinite(value) && Number.isFinite(floor) && Number.isFinite(ceiling)).toBe(true);
        expect(value).toBeGreaterThanOrEqual(floor - 1e-9);
        expect(validAnchors + skippedAnchors).toBe(name === 'ntXent' ? 2 * rows.length : rows.length);
      }),
    );
  });
});

describe('contrastive losses', () => {
  it('do not change with the lengths of the embeddings, nor with a renaming of the labels', () => {
    fc.assert(
      fc.property(batches, fc.double({ min: 1e-9, max: 1e9, noNaN: true }), ({ rows, labels }, scale) => {
        const before = supCon(tensor(rows), labels).value;
        const scaled = rows.map((row, i) => row.map((value) => value * scale * (i + 1)));
        near(
          supCon(
            tensor(scaled),
            labels.map((label) => `class ${9 - label}`),
          ).value,
          before,
        );
      }),
    );
  });

  it('reach their ceiling when all embeddings are equal, whatever the labels', () => {
    fc.assert(
      fc.property(batches, ({ rows, labels }) => {
        const equal = rows.map(() => rows[0]!);
        const contrastive = supCon(tensor(equal), labels);
        near(contrastive.value, contrastive.ceiling);
        const triplets = tripletMargin(tensor(equal), labels, { margin: 0.7 });
        near(triplets.value, triplets.ceiling);
      }),
    );
  });

  it('a row more without a positive raises no floor, and is counted as skipped', () => {
    fc.assert(
      fc.property(batches, ({ rows, labels }) => {
        const before = supCon(tensor(rows), labels);
        const after = supCon(tensor([...rows, rows[0]!]), [...labels, 99]);
        near(after.floor, before.floor);
        expect(after.skippedAnchors).toBe(before.skippedAnchors + 1);
        expect(after.value).toBeGreaterThanOrEqual(before.value - 1e-9);
      }),
    );
  });
});
