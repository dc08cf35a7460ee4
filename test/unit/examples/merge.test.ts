import { Rng } from 'clusterlens/nn';
import { describe, expect, it } from 'vitest';
import { mergeClasses } from '../../../examples/equalizer/merge.js';

/** Twelve rows per word around the words' centres, in 4 columns. */
function rowsAround(centres: Record<string, number>, spread: number) {
  const rng = new Rng(5);
  const terms = Object.keys(centres).flatMap((term) => Array<string>(12).fill(term));
  const data = Float64Array.from(
    terms.flatMap((term) => [centres[term]!, 0, 0, 0].map((centre) => centre + spread * rng.normal())),
  );
  return { points: { data, rows: terms.length, columns: 4 }, terms };
}

describe('mergeClasses', () => {
  it('finds the words that mean the same', () => {
    const { points, terms } = rowsAround({ calm: 0, soft: 0, loud: 6, harsh: 6 }, 1);
    const merged = mergeClasses(points, terms, 0)!;
    expect(merged.groups.map((group) => [...group].sort())).toEqual(
      expect.arrayContaining([
        ['calm', 'soft'],
        ['harsh', 'loud'],
      ]),
    );
    expect(merged.groupOf('calm')).toBe(merged.groupOf('soft'));
    expect(merged.groupOf('calm')).not.toBe(merged.groupOf('loud'));
  });

  it('merges nothing where no grouping beats chance', () => {
    const { points, terms } = rowsAround({ calm: 0, soft: 0, loud: 0, harsh: 0 }, 1);
    expect(mergeClasses(points, terms, 0)).toBeNull();
  });

  it('leaves a word with too few rows as it is', () => {
    const { points, terms } = rowsAround({ calm: 0, soft: 0, loud: 6, harsh: 6 }, 1);
    const few = terms.map((term, i) => (term === 'harsh' && i % 12 > 2 ? 'loud' : term));
    expect(mergeClasses(points, few, 0)!.groupOf('harsh')).toBe('harsh');
  });
});
