import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClusterlensError } from '../../src/core/errors.js';
import { fromPlain } from '../../src/core/plain.js';
import { Rng } from '../../src/core/rng.js';
import { diagnose } from '../../src/diagnose/diagnose.js';
import type { Diagnosis } from '../../src/diagnose/types.js';

/** Worlds far from every threshold: separate classes, or classes dealt out at random. */
function clearWorld(separate: boolean, seed: number) {
  const rng = new Rng(seed);
  const labels = Array.from({ length: 90 }, (_, i) => i % 3);
  const points = labels.map((c) => [(separate ? 12 * c : 0) + rng.normal(), rng.normal(), rng.normal()]);
  return { points, labels };
}

/** Verdicts that a test far from its threshold must give whatever the order and the names. */
const STABLE = ['class-imbalance', 'singleton-classes', 'noise-label', 'duplicates', 'scale', 'class-overlap'];

function verdicts(found: Diagnosis, all: boolean) {
  return found.findings.filter(({ id }) => all || STABLE.includes(id)).map(({ id, verdict }) => [id, verdict]);
}

test('the order of rows leaves the verdicts as they are', () => {
  fc.assert(
    fc.property(fc.boolean(), fc.nat(500), (separate, seed) => {
      const { points, labels } = clearWorld(separate, seed);
      const order = Array.from(new Rng(seed + 1).shuffle(Int32Array.from(points.keys())));
      const base = diagnose({ points, labels }, { permutations: 39 });
      const moved = diagnose(
        { points: order.map((i) => points[i]!), labels: order.map((i) => labels[i]!) },
        { permutations: 39 },
      );
      expect(verdicts(moved, separate)).toEqual(verdicts(base, separate));
    }),
    { numRuns: 15 },
  );
});

/** Verdicts and numbers, to nine digits; not the names of classes. */
function said({ answer, findings }: Diagnosis) {
  const digits = (value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(9)) + 0 : null);
  return findings.map(({ id, verdict, evidence }) => [
    answer.verdict,
    id,
    verdict,
    ...evidence.map(({ name, value, p }) => [name, digits(value), digits(p)]),
  ]);
}

test('the names of labels leave every verdict and every number as they are', () => {
  const names = ['zeta', 'alpha', 'mu'];
  fc.assert(
    // Classes that touch: draws decide there, and they must be the same.
    fc.property(fc.constantFrom(0, 2.5, 12), fc.constantFrom(2000, 60), fc.nat(500), (gap, sampleSize, seed) => {
      const rng = new Rng(seed);
      const labels = Array.from({ length: 90 }, (_, i) => i % 3);
      const points = labels.map((c) => [gap * c + rng.normal(), rng.normal(), rng.normal()]);
      const input = (of: readonly (string | number)[]) => ({
        points,
        labels: of,
        heldOut: { points: points.slice(0, 45).map((row) => row.map((v) => v + 0.5)), labels: of.slice(0, 45) },
      });
      const base = diagnose(input(labels), { permutations: 39, sampleSize });
      const named = diagnose(input(labels.map((c) => names[c]!)), { permutations: 39, sampleSize });
      expect(said(named)).toEqual(said(base));
    }),
    { numRuns: 9 },
  );
});

test('any input gives a plain result or a typed error', () => {
  const value = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 }));
  const world = fc
    .integer({ min: 1, max: 3 })
    .chain((d) =>
      fc.array(
        fc.tuple(fc.array(value, { minLength: d, maxLength: d }), fc.constantFrom('a', 'b', 'noise', -1, 0, true)),
        { minLength: 1, maxLength: 30 },
      ),
    );
  const metric = fc.constantFrom('euclidean', 'cosine', 'manhattan', 'correlation', 'canberra');
  fc.assert(
    fc.property(world, metric, fc.boolean(), (rows, name, standardize) => {
      try {
        const found = diagnose(
          {
            points: rows.map(([row]) => row),
            labels: rows.map(([, label]) => label),
            spaces: { latent: rows.map(([row]) => row.map((v) => v * 2)) },
            heldOut: { points: rows.map(([row]) => row), labels: rows.map(([, label]) => label) },
            claims: { silhouette: 0.5, daviesBouldin: 1, dunn: 1 },
          },
          { metric: name as 'euclidean', standardize, permutations: 39 },
        );
        expect(fromPlain(JSON.parse(JSON.stringify(found)))).toEqual(found);
      } catch (error) {
        expect(error).toBeInstanceOf(ClusterlensError);
      }
    }),
    { numRuns: 60 },
  );
});
