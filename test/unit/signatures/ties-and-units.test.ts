import { describe, expect, it } from 'vitest';
import { signatureDistances, signatures } from '../../../src/index.js';
import { near } from '../../support/near.js';

describe('signatures on ties and in small units', () => {
  it('of equally distant classes the first pair is the closest, and the farthest', () => {
    const points = [[0], [0], [0], [4], [4], [8]];
    const { closest, farthest } = signatureDistances(points, ['p', 'p', 'p', 'q', 'q', 'r'], { permutations: 0 });
    expect([closest.a, closest.b, closest.distance]).toEqual(['p', 'q', 4]);
    expect([farthest.a, farthest.b, farthest.distance]).toEqual(['p', 'r', 8]);
    const square = [
      [0, 0],
      [3, 0],
      [3, 3],
      [0, 3],
    ];
    const corners = signatureDistances(square, ['p', 'q', 'r', 's'], { permutations: 0 });
    expect([corners.closest.a, corners.closest.b]).toEqual(['p', 'q']);
    expect([corners.farthest.a, corners.farthest.b]).toEqual(['p', 'r']);
  });

  it('a class that is tiny beside the others keeps its spread', () => {
    const { classes } = signatures([[0], [2 ** -300], [1], [3]], ['a', 'a', 'b', 'b']);
    expect(classes.map(({ spread }) => spread)).toEqual([2 ** -301, 1]);
  });

  it.each([
    ['far closer together than rows', 1, [2 ** -199, 2 ** -198, 0]],
    ['farther apart than any row is from the origin', 0, [-(2 ** 128), 2 ** 128, 0]],
  ] as const)('centres that are %s keep their distances', (_, away, [a, b, c]) => {
    // The first row, small beside the others, keeps the origin of the rows at 0.
    const points = [[2 ** -190], [-(2 ** -190)], [a], [a], [b], [b], [away], [-away]];
    const labels = ['c', 'c', 'a', 'a', 'b', 'b', 'd', 'd'];
    const centres = [a, b, c, 0];
    for (const [metric, power] of [
      ['euclidean', 1],
      ['manhattan', 1],
      ['sqeuclidean', 2],
    ] as const) {
      const { matrix } = signatureDistances(points, labels, { metric, permutations: 0 });
      expect(matrix).toEqual(centres.map((v) => centres.map((w) => Math.abs(v - w) ** power)));
    }
  });

  it.each(['mean', 'median', 'medoid'] as const)(
    'spread and separation go with the unit, squares that vanish or not (%s)',
    (center) => {
      const points = [
        [0, 1],
        [2, 1],
        [3, 7],
        [5, 9],
        [4, 8],
      ];
      const labels = ['a', 'a', 'b', 'b', 'b'];
      const plain = signatureDistances(points, labels, { center, permutations: 20 });
      const spreads = signatures(points, labels, { center }).classes.map(({ spread }) => spread);
      for (const unit of [2 ** -700, 2 ** 480]) {
        const scaled = points.map((row) => row.map((value) => value * unit));
        const result = signatureDistances(scaled, labels, { center, permutations: 20 });
        near(result.mean, plain.mean * unit, 1e-14, unit);
        near(result.separation.within!, plain.separation.within! * unit, 1e-14, unit);
        near(result.separation.overall!, plain.separation.overall!, 1e-14);
        near(result.null!.mean, plain.null!.mean * unit, 1e-14, unit);
        expect(result.null!.p).toBe(plain.null!.p);
        signatures(scaled, labels, { center }).classes.forEach(({ spread }, c) => {
          near(spread, spreads[c]! * unit, 1e-14, unit);
        });
      }
    },
  );
});
