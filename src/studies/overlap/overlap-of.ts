import type { Label } from '../../core/types.js';
import type { Confusability } from '../../signatures/confusability-types.js';
import { beyondChance } from '../../statistics/beyond-chance.js';
import { normalQuantile } from '../../statistics/normal-quantile.js';
import { independentNeighbors, shareInterval } from '../../statistics/share-interval.js';

/** Halfway between chance and agreement of all neighbours. */
const HALF = 0.5;

/** Two classes of which rows are neighbours. */
export interface PairOverlap {
  readonly labels: readonly [Label, Label];
  /** Rows of one whose nearest row is of the other. */
  readonly rows: number;
  /** Of rows of the two whose nearest row is of one of the two, the share with their own label, and what their sizes give by chance. */
  readonly agreement: number;
  readonly chance: number;
  /** Interval of the agreement between chance (0) and perfect (1), corrected for all pairs that are confused. */
  readonly low: number;
  readonly high: number;
  /** The two are not told apart to half of what is possible: `high` is below 0.5. */
  readonly overlaps: boolean;
}

export interface ClassHold {
  readonly label: Label;
  /** Its own agreement is beyond chance (95%, one-sided), and more than half. */
  readonly holds: boolean;
  /** Less than half of what is possible, beyond the error: the class is lost among the others. */
  readonly lost: boolean;
}

export interface ClassOverlaps {
  readonly classes: readonly ClassHold[];
  /** Most rows first. */
  readonly pairs: readonly PairOverlap[];
}

function boundsOf(share: number, rows: number, chance: number, z: number): [number, number] {
  const [low, high] = shareInterval(Math.max(0, Math.min(1, share)), independentNeighbors(rows, rows), z);
  return [beyondChance(low, chance), beyondChance(high, chance)];
}

/** Which classes hold and which pairs overlap, from the nearest neighbours; `alpha` one-sided, over all confused pairs (Bonferroni). */
export function overlapOf({ classes, pairs, neighbors }: Confusability, alpha: number): ClassOverlaps {
  const size = new Map(classes.map((one) => [one.label, one.size]));
  const own = new Map(classes.map((one) => [one.label, one.own * one.size * neighbors]));
  const place = new Map(classes.map(({ label }, c) => [label, c]));
  const across = new Map<string, { labels: readonly [Label, Label]; rows: number }>();
  for (const { from, to, count } of pairs) {
    if (from === to) continue;
    const labels = place.get(from)! < place.get(to)! ? ([from, to] as const) : ([to, from] as const);
    const key = `${place.get(labels[0])},${place.get(labels[1])}`;
    across.set(key, { labels, rows: (across.get(key)?.rows ?? 0) + count });
  }
  const z = normalQuantile(alpha / Math.max(1, across.size));
  const found = [...across.values()].map(({ labels, rows }): PairOverlap => {
    const [a, b] = labels;
    const [na, nb] = [size.get(a)!, size.get(b)!];
    const within = own.get(a)! + own.get(b)!;
    const chance = (na * (na - 1) + nb * (nb - 1)) / ((na + nb) * (na + nb - 1));
    const agreement = within / (within + rows);
    const [low, high] = boundsOf(agreement, within + rows, chance, z);
    return { labels, rows, agreement, chance, low, high, overlaps: high < HALF };
  });
  found.sort((x, y) => y.rows - x.rows || x.agreement - y.agreement);
  const one = normalQuantile(alpha);
  return {
    pairs: found,
    classes: classes.map((c): ClassHold => {
      const [low, high] = boundsOf(c.own, c.size * neighbors, c.ownExpected, one);
      return { label: c.label, holds: low > 0 && c.own > HALF, lost: c.size >= 2 && high < HALF };
    }),
  };
}
