import { nothingMore, numbersIn } from '../../data/options.js';
import { benjaminiHochberg } from '../../statistics/false-discovery.js';

/**
 * Adjusted p-values of Benjamini and Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x: the least false-discovery rate at which each is
 * rejected. In the order of `p`, each in [p, 1]. Cost O(m log m).
 *
 * @throws InputError for a p that is not in [0, 1].
 *
 * @example
 * import { adjustForDiscoveries } from 'clusterlens';
 * console.log(adjustForDiscoveries([0.01, 0.04, 0.03, 0.5]).map((q) => q.toFixed(3)));
 * // [ '0.040', '0.053', '0.053', '0.500' ]
 */
export function adjustForDiscoveries(p: readonly number[], ...more: []): number[] {
  nothingMore('adjustForDiscoveries', more, [p]);
  return benjaminiHochberg(numbersIn('adjustForDiscoveries', 'p', p, { min: 0, max: 1 }));
}
