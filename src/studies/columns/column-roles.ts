import type { ColumnUse } from '../../data/column-use.js';
import type { Part } from '../../data/row-sample.js';
import { type Metric, resolveMetric } from '../../distance/metric.js';
import { columnRole } from './column-role.js';
import { identifierCandidates } from './identifier-candidates.js';

export interface RoleOptions {
  readonly keep?: boolean;
  /** For metrics that take a row as a whole: one whose values sum to 1 does not without the column that is always 0.2. */
  readonly constants?: boolean;
  /** The points have other columns too, so that none has to stay for want of them. */
  readonly beside?: boolean;
}

/**
 * What each column of the points is, and whether it is used as a feature: all but constants, row numbers, indices,
 * identifiers, copies of the label, dates and weights of rows. Where none would be left all are used. With `keep` all
 * are used, and the reason is there all the same; with `constants` constants are. `names`: one for each column, '' where it has none. Cost O(n d).
 */
export function columnRoles(
  part: Part,
  names: readonly string[],
  { keep = false, constants = false, beside = false }: RoleOptions = {},
): ColumnUse[] {
  const { n, d, points } = part;
  const kinds = new Map(identifierCandidates(part).map((found) => [found.column, found]));
  const values = new Float64Array(n);
  const roles = names.map((name, column) => {
    for (let i = 0; i < n; i++) values[i] = points[i * d + column]!;
    const found = kinds.get(column);
    const isCopy = found?.kind === 'label-copy' && found.certain;
    return columnRole(values, name, found?.kind ?? null, isCopy);
  });
  const none = !beside && roles.every((found) => found !== null && !(constants && found.role === 'constant'));
  return names.map((name, column): ColumnUse => {
    const found = roles[column];
    if (found == null) return { name, role: 'feature', used: true };
    if (keep || (constants && found.role === 'constant')) return { name, ...found, used: true };
    return none
      ? { name, ...found, used: true, reason: `${found.reason}; used, since no other column is left` }
      : { name, ...found, used: false };
  });
}

/** Whether a metric takes a row as a whole: its values sum to 1, or are a place on the globe. */
export function takesWholeRows(metric: Metric | undefined): boolean {
  const { domain = 'real' } = resolveMetric('metric', metric, true);
  return domain === 'probability' || domain === 'histogram' || domain === 'geographic';
}

/** The columns that are used, counted from 0. */
export function usedColumns(uses: readonly ColumnUse[]): number[] {
  return uses.flatMap(({ used }, column) => (used ? [column] : []));
}
