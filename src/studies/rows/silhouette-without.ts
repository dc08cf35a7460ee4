import { partOf } from '../../data/row-sample.js';
import type { RowsToStudy } from './read-rows.js';
import { type Width, widthsOf } from './suspicious-rows.js';

/**
 * The mean silhouette without some rows. Rows that fit badly raise the mean by leaving it, whatever they are, which
 * is `rest`; what `without` is above that, the other rows gain, whose classes no longer hold those.
 */
export interface SilhouetteWithout {
  /** Of all rows. */
  readonly all: number;
  /** Of the other rows, still among all. */
  readonly rest: number;
  /** Of the other rows by themselves. */
  readonly without: number;
}

/** null where no row is left out, or fewer than two classes stay. `widths` are those of all rows, by row of the input. */
export function silhouetteWithout(
  where: string,
  { part, metric, rowOf }: RowsToStudy,
  widths: ReadonlyMap<number, Width>,
  left: ReadonlySet<number>,
): SilhouetteWithout | null {
  const kept = Int32Array.from(part.labels.keys()).filter((i) => !left.has(rowOf(i)));
  const rest = partOf(part, kept, metric.kind === 'precomputed');
  if (kept.length === part.n || widths.size === 0 || rest.k < 2 || rest.k >= rest.n) return null;
  const mean = (found: ReadonlyMap<number, Width>, rows: Iterable<number>) => {
    let [sum, count] = [0, 0];
    for (const row of rows) {
      sum += found.get(row)!.width;
      count++;
    }
    return sum / count;
  };
  const others = Array.from(kept, rowOf);
  const again = widthsOf(where, { part: rest, metric, rowOf: (i) => others[i]! });
  return { all: mean(widths, widths.keys()), rest: mean(widths, others), without: mean(again, others) };
}
