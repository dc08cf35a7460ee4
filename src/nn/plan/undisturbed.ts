import type { Trainable } from '../trainable.js';

/** What a pass may change beside the weights: random numbers, and the values of the buffers. */
export interface ModelState {
  readonly rng: readonly number[] | undefined;
  readonly buffers: readonly Float64Array[];
}

/** A copy. */
export function modelState(model: Pick<Trainable, 'rngState' | 'namedBuffers'>): ModelState {
  return {
    rng: model.rngState?.(),
    buffers: (model.namedBuffers?.() ?? []).map(([, { data }]) => data.slice()),
  };
}

export function restoreState(
  model: Pick<Trainable, 'restoreRng' | 'namedBuffers'>,
  { rng, buffers }: ModelState,
): void {
  if (rng !== undefined) model.restoreRng?.(rng);
  (model.namedBuffers?.() ?? []).forEach(([, { data }], i) => {
    data.set(buffers[i]!);
  });
}

/** Runs `work` and puts the state of the model back to where it was. */
export function undisturbed<T>(model: Pick<Trainable, 'rngState' | 'restoreRng' | 'namedBuffers'>, work: () => T): T {
  const before = modelState(model);
  try {
    return work();
  } finally {
    restoreState(model, before);
  }
}
