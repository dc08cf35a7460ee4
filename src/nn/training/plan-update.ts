import { clipFactor } from '../optimizers/clip-gradient.js';
import type { ParameterStore } from '../plan/parameter-store.js';
import type { PlannedOptimizer } from '../plan/planned-optimizer.js';
import { DivergenceError, type DivergenceSite } from './divergence-error.js';
import type { FlatParameters } from './flat-parameters.js';

/** Weights in a store, the optimiser that moves them, and their names. */
export interface Updated {
  readonly store: ParameterStore;
  readonly flat: FlatParameters;
  readonly optimizer: PlannedOptimizer;
  readonly clipNorm: number | null;
}

/**
 * One step of the optimiser along the gradient in the store. Returns the joint norm of the gradient before clipping.
 *
 * @throws DivergenceError where gradient or weights are not finite; the weights are then as before.
 */
export function update(updated: Updated, site: DivergenceSite, factor: number): number {
  const { store, optimizer, clipNorm } = updated;
  const { gradient, padded, parameters } = store;
  const { kernels } = store.memory;
  if (kernels.allFinite(gradient, padded) === 0) throw lost(updated, site, 'gradient', gradient);
  const norm = Math.sqrt(kernels.sumOfSquares(gradient, padded));
  if (clipNorm !== null) {
    const scale = clipFactor(norm, clipNorm);
    if (scale < 1) kernels.affine(gradient, gradient, padded, scale, 0);
  }
  if (optimizer.update(factor)) return norm;
  const error = lost(updated, site, 'weights', parameters);
  optimizer.undo();
  throw error;
}

function lost({ store, flat }: Updated, site: DivergenceSite, what: 'gradient' | 'weights', place: number) {
  const values = store.floats().subarray(place >> 2, (place >> 2) + store.size);
  const bad = flat.firstNotFinite(new Float64Array(values));
  return new DivergenceError(
    { ...site, inUpdate: what === 'weights' },
    `the ${what} must stay finite, got ${bad?.value} at element ${bad?.element} of ${bad?.name}`,
  );
}
