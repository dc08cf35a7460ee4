import type { ColumnUse } from '../data/column-use.js';
import type { Part } from '../data/row-sample.js';
import type { Metric } from '../distance/metric.js';
import { hasColumnParameter } from '../distance/metric-in-columns.js';
import { columnRoles, takesWholeRows, usedColumns } from '../studies/columns/column-roles.js';
import { inColumns } from '../studies/columns/column-scores.js';

/** What of the tables the roles of columns bear on. */
interface NamedTables {
  readonly whole: Part;
  readonly columns: readonly string[] | null;
  readonly heldOut: { readonly whole: Part } | null;
}

/** The tables without the columns that are no features, where the columns have names; see `DiagnoseInput.columns`. */
export function featuresOf<T extends NamedTables>(
  given: T,
  metric: Metric,
  keep: boolean,
): T & { readonly uses: readonly ColumnUse[] | null } {
  const { whole, columns, heldOut } = given;
  if (columns === null) return { ...given, uses: null };
  const uses: readonly ColumnUse[] = columnRoles(whole, columns, {
    keep: keep || typeof metric === 'function' || hasColumnParameter(metric),
    constants: takesWholeRows(metric),
  });
  const used = usedColumns(uses);
  if (used.length === whole.d) return { ...given, uses };
  const features = (part: Part) => inColumns(part, used);
  return {
    ...given,
    uses,
    whole: features(whole),
    columns: used.map((column) => columns[column]!),
    heldOut: heldOut === null ? null : { ...heldOut, whole: features(heldOut.whole) },
  };
}
