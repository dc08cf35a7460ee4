import { UndefinedMetricError } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';
import { rowsOutside } from '../data/row-sample.js';
import type { DistanceSource } from '../distance/source.js';
import type { Confusability, ConfusionPair, MergeCandidate } from './confusability-types.js';
import { type ConfusedPair, confusedPairs } from './confused-pairs.js';
import { sharedNeighbors } from './shared-neighbors.js';

type Coded = Pick<Dataset, 'labels' | 'classes' | 'counts'>;

/** Rows that are counted, all but those of noise; of two classes at least. */
export function usedRows(where: string, { labels, classes }: Coded, noise: number): Int32Array {
  const used = rowsOutside(labels, noise);
  const present = classes.length - (noise === -1 ? 0 : 1);
  if (present >= 2) return used;
  throw new UndefinedMetricError(
    'too-few-clusters',
    `${where}: needs two classes or more, got ${present} (n = ${used.length}); give at least two different labels`,
  );
}

/** `confusability` of rows that were read, from their distances; `noise` is the code of the noise label, -1 for none. */
export function confusabilityOf(
  where: string,
  data: Coded,
  source: DistanceSource,
  {
    alpha,
    neighbors = 1,
    noise = -1,
  }: { readonly alpha: number; readonly neighbors?: number; readonly noise?: number },
): Confusability {
  const { labels: codes, classes, counts } = data;
  const used = usedRows(where, data, noise);
  const n = used.length;
  const { counts: found, outgoing, between } = sharedNeighbors(source, used, codes, classes.length, neighbors);
  const pairs: ConfusionPair[] = [];
  found.forEach((own, a) => {
    const outside = neighbors * counts[a]! - (own.get(a) ?? 0);
    for (const [b, count] of own) {
      const expected =
        a === b ? (neighbors * counts[a]! * (counts[a]! - 1)) / (n - 1) : (outside * counts[b]!) / (n - counts[a]!);
      pairs.push({ from: classes[a]!, to: classes[b]!, count, expected, lift: count / expected });
    }
  });
  const sizes = counts.map((count, c) => (c === noise ? 0 : count));
  const confused = confusedPairs(between, outgoing, sizes, alpha);
  const named = ({ a, b, count, expected, p, q }: ConfusedPair): MergeCandidate => {
    return { labels: [classes[a]!, classes[b]!], count, expected, p, q };
  };
  return {
    classes: classes.flatMap((label, c) => {
      if (c === noise) return [];
      const all = neighbors * counts[c]!;
      let rival = -1;
      for (const [b, count] of found[c]!) {
        const most = rival === -1 ? 0 : found[c]!.get(rival)!;
        if (b !== c && count > most) rival = b;
      }
      return {
        label,
        size: counts[c]!,
        own: (found[c]!.get(c) ?? 0) / all,
        ownExpected: (counts[c]! - 1) / (n - 1),
        rival: rival === -1 ? null : classes[rival]!,
        rivalShare: rival === -1 ? 0 : found[c]!.get(rival)! / all,
      };
    }),
    pairs,
    mergeCandidates: confused.filter(({ q }) => q <= alpha).map(named),
    confusions: confused.reduce((sum, { count }) => sum + count, 0),
    mostConfused: confused[0] === undefined ? null : named(confused[0]),
    neighbors,
    metric: source.metric,
    alpha,
    n,
    k: classes.length - (noise === -1 ? 0 : 1),
  };
}
