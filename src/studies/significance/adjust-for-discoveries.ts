import { nothingMore, numbersIn } from '../../data/options.js';
import { benjaminiHochberg } from '../../statistics/false-discovery.js';

/**
 * Benjamini and Hochberg (1995) adjusted p-values: the least false-discovery rate at which each is
 * rejected. In the order of `p`, each in [p, 1]. Cost O(m log m).
 * @throws InputError for a p that is not in [0, 1].
 */
export function adjustForDiscoveries(p: readonly number[], ...more: []): number[] {
  nothingMore('adjustForDiscoveries', more, [p]);
  return benjaminiHochberg(numbersIn('adjustForDiscoveries', 'p', p, { min: 0, max: 1 }));
}
