import { InputError, ShapeError, show } from '../../core/errors.js';
import type { NoiseReport, Scope } from './scope.js';

/** The option weights: how many points each row of the input stands for. */
export function readWeights(where: string, value: unknown, n: number): Float64Array {
  if (typeof value !== 'object' || value === null || !Number.isInteger((value as ArrayLike<number>).length)) {
    throw new InputError(
      'wrong-type',
      `${where}: weights must be an array with one number per row, got ${show(value)}`,
    );
  }
  const source = value as ArrayLike<unknown>;
  if (source.length !== n) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: needs one weight per row, got ${n} rows and ${source.length} weights`,
    );
  }
  return Float64Array.from({ length: n }, (_, i) => {
    const w = source[i];
    if (typeof w === 'number' && w > 0 && w <= Number.MAX_SAFE_INTEGER) return w;
    throw new InputError(
      'out-of-range',
      `${where}: weights must be finite numbers > 0, got ${show(w)} at row ${i}; drop rows that should not count`,
    );
  });
}

/** The report of noise with its share in points, where each row stands for `weights` of them. */
export function weighedNoise(scope: Scope, weights: Float64Array): NoiseReport | undefined {
  if (scope.noise === undefined) return undefined;
  const left = weights.slice();
  for (const row of scope.rows) left[row] = 0;
  const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0);
  return { ...scope.noise, share: scope.noise.count === 0 ? 0 : sum(left) / sum(weights) };
}
