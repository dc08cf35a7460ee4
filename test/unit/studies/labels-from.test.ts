import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { fingerprints } from '../../../src/studies/gaps/content-halves.js';
import { reproducedBy } from '../../../src/studies/gaps/labels-from.js';

/** Points of the unit square, and labels by where they lie. */
function square(n: number, k: number, labelAt: (x: number, y: number) => number) {
  const rng = new Rng(6);
  const rows = Float64Array.from({ length: 2 * n }, () => rng.uniform());
  const labels = Int32Array.from({ length: n }, (_, i) => labelAt(rows[2 * i]!, rows[2 * i + 1]!));
  return { rows, n, d: 2, k, labels, prints: fingerprints(rows, n, 2, 0) };
}

describe('whether a rule of the points gives labels again', () => {
  it('halves are given by their centres', () => {
    expect(
      reproducedBy(
        square(400, 2, (x) => (x < 0.5 ? 0 : 1)),
        true,
      )?.by,
    ).toBe('centres');
  });

  it('rings about each other by neighbours, as each is in one piece', () => {
    const rings = square(1500, 2, (x, y) => (Math.hypot(x - 0.5, y - 0.5) < 0.35 ? 0 : 1));
    expect(reproducedBy(rings, true)?.by).toBe('neighbors');
  });

  it('a chessboard by no rule: neighbours give it again, and each colour lies in many pieces', () => {
    const board = square(3000, 2, (x, y) => (Math.floor(4 * x) + Math.floor(4 * y)) % 2);
    expect(reproducedBy(board, true)).toBeNull();
    // Pieces are not looked at where that is not worth its cost.
    expect(reproducedBy(board, false)?.by).toBe('neighbors');
  });

  it('labels dealt at random by no rule', () => {
    const rng = new Rng(7);
    expect(
      reproducedBy(
        square(400, 3, () => rng.integer(3)),
        true,
      ),
    ).toBeNull();
  });
});
