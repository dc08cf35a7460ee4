import type { KSelectionRow, SelectionIndex } from './selection-row.js';

/** The indices as sentences call them. */
export const INDEX_NAMES: Readonly<Record<SelectionIndex, string>> = {
  silhouette: 'the silhouette',
  daviesBouldin: 'Davies-Bouldin',
  calinskiHarabasz: 'Calinski-Harabasz',
  dunn: 'Dunn',
  gap: 'the gap',
};

/** a, b and c. */
export function listed(items: readonly string[]): string {
  return items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} and ${items[items.length - 1]}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** 'k = 3', with the labeling where several have that many clusters. */
function shown(rows: readonly KSelectionRow[], { k, name }: KSelectionRow): string {
  if (rows.filter((row) => row.k === k).length === 1) return `k = ${k}`;
  return `k = ${k} (${typeof name === 'number' ? `labelings[${name}]` : name})`;
}

/** Why the rows of the table were not scored on the same points, or nothing. */
function aboutNoise(rows: readonly KSelectionRow[]): string {
  const counts = rows.map(({ noise }) => (noise?.treatment === 'exclude' ? noise.count : 0));
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  if (least === most) return '';
  return `; noise was left out, ${least} to ${most} rows, so not all were scored on the same rows`;
}

/** One sentence: which k the indices favour, and whether they agree. `best` are positions in `rows`. */
export function favoursOf(
  rows: readonly KSelectionRow[],
  best: Readonly<Record<SelectionIndex, number | null>>,
): string {
  const votes = new Map<number, string[]>();
  for (const [index, at] of Object.entries(best) as [SelectionIndex, number | null][]) {
    if (at !== null) votes.set(at, [...(votes.get(at) ?? []), INDEX_NAMES[index]]);
  }
  const silent =
    best.gap === null && rows.some(({ gap }) => gap !== null) ? '; the gap favours none of the k tried' : '';
  const end = `${silent}${aboutNoise(rows)}.`;
  if (votes.size === 0) return `No index favours a k: none has a value${end}`;
  if (rows.length === 1) return `There is one labeling, with k = ${rows[0]!.k}, and nothing to compare it with${end}`;
  const parts = [...votes].map(
    ([at, names]) => `${listed(names)} ${names.length === 1 ? 'favours' : 'favour'} ${shown(rows, rows[at]!)}`,
  );
  if (parts.length === 1) {
    const alone = [...votes.values()][0]!.length === 1;
    return `${capital(parts[0]!)}${alone ? '; no other index has a value' : ': they agree'}${end}`;
  }
  const ks = new Set([...votes.keys()].map((at) => rows[at]!.k));
  const rule =
    ks.size === 1 ? `The indices agree on k = ${[...ks][0]}, not on the labeling` : 'The indices do not agree';
  return `${rule}: ${parts.join('; ')}${end}`;
}
