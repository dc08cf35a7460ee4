import type { Described } from '../../core/training-record.js';
import { requireNumber } from '../../data/options.js';

/** A learning-rate schedule: a pure function of the time t, in whole epochs or steps from 0. */
export interface Schedule extends Described {
  /** Factor on the optimiser's learning rate at time t. */
  factor(t: number): number;
}

/** Completes a schedule with the check of its argument. */
export function schedule(name: string, settings: Schedule['settings'], at: (t: number) => number): Schedule {
  return {
    name,
    settings,
    factor: (t) => at(requireNumber(name, 't', t, { min: 0, integer: true })),
  };
}
