import { type Schedule, schedule } from './schedule.js';

/** The optimiser's learning rate throughout: factor 1. */
export function constantRate(): Schedule {
  return schedule('constantRate', {}, () => 1);
}
