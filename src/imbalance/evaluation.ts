import { attempt } from '../core/attempt.js';
import { InputError, ShapeError, show } from '../core/errors.js';
import type { Dataset } from '../data/dataset.js';

/** What an index says of one dataset. */
export interface Evaluation {
  readonly score: number;
  /** One score per row, of which `score` is the mean. Without them a gain cannot be split. */
  readonly samples?: ArrayLike<number> | undefined;
  /** What the score would be by chance, with the same points and class sizes. */
  readonly chance?: number | undefined;
}

/** Sums and differences of values of this size are still finite. */
const LARGEST = 1e150;

function requireFinite(where: string, name: string, value: unknown): void {
  if (typeof value === 'number' && Math.abs(value) <= LARGEST) return;
  throw new InputError(
    'not-finite',
    `${where}: evaluate must return { score, samples?, chance? } with finite numbers within ${LARGEST}, got ${name} = ${show(value)}`,
  );
}

/** Runs a caller's index on a dataset and checks what it returns. */
export function evaluated(
  where: string,
  evaluate: (data: Dataset) => Evaluation,
  data: Dataset,
): { readonly found: Evaluation } | { readonly reason: string } {
  return attempt(() => {
    const found = evaluate(data);
    const { score, samples, chance } = (found ?? {}) as Partial<Evaluation>;
    requireFinite(where, 'score', score);
    if (chance !== undefined) requireFinite(where, 'chance', chance);
    if (samples !== undefined) {
      if (samples.length !== data.n) {
        throw new ShapeError(
          'length-mismatch',
          `${where}: evaluate must return one sample per row, got ${samples.length} for ${data.n} rows`,
        );
      }
      for (let i = 0; i < data.n; i++) requireFinite(where, `samples[${i}]`, samples[i]);
    }
    return { found };
  });
}
