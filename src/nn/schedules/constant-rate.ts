import { nothingMore } from '../../data/options.js';
import { type Schedule, schedule } from './schedule.js';

/**
 * The optimiser's learning rate throughout: factor 1.
 *
 * @example
 * import { constantRate } from 'clusterlens/nn';
 * console.log(constantRate().factor(100)); // 1
 */
export function constantRate(...more: []): Schedule {
  nothingMore('constantRate', more, []);
  return schedule('constantRate', {}, () => 1);
}
