import { readFileSync } from 'node:fs';

/** A file of test/golden/fixtures. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../golden/fixtures/${name}.json`, import.meta.url), 'utf8')) as T;
}

interface Iris {
  readonly points: number[][];
  readonly labels: string[];
  /** The silhouette of the rows under permuted labels, by scikit-learn, for some class sizes. */
  readonly silhouetteOfDealtLabels: ReadonlyArray<{ sizes: number[]; mean: number; sd: number }>;
}

/** The 150 rows of iris with their species. */
export const iris: Iris = fixture<Iris>('iris');
