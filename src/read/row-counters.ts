import type { FlatMatrix } from '../core/types.js';

/** In fewer rows a feature may rise by one each time by accident. */
const FEWEST = 10;

/** Columns that only count the rows would be taken for a feature, and the largest one at that. */
export function rowCounters({ data, rows, columns }: FlatMatrix, names: readonly string[]): string[] {
  return names.flatMap((name, j) => {
    if (rows < FEWEST) return [];
    for (let i = 1; i < rows; i++) if (data[i * columns + j]! - data[(i - 1) * columns + j]! !== 1) return [];
    return [`column '${name}' counts the rows; if it is no feature, leave it out with --features '!${name}'`];
  });
}
