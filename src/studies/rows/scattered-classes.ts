import type { Label, Labels, Points, ReadLabel } from '../../core/types.js';
import type { Dataset } from '../../data/dataset.js';
import { nothingMore } from '../../data/options.js';
import { type ClassReach, classReaches, noiseClassAmong } from './noise-class.js';
import { type RowsOptions, readRows } from './read-rows.js';

export interface ScatteredClasses<L extends Label = Label> {
  /** The class that is scattered over the others, the one that they keep apart from most if several are; null for none. */
  readonly found: L | null;
  /** The classes that were judged, in label order: those of eight rows or more beside two others of three or more. */
  readonly classes: readonly ClassReach<L>[];
  readonly metric: string;
  readonly n: number;
  readonly d: number;
  readonly k: number;
}

/**
 * Is one of the classes noise, scattered over the other classes? A noise class passes all of these:
 * - its rows are near the rows of the other classes, on all sides of them (`cover`, `beyond`);
 * - the other classes stay away from its rows (`apart`), and they hold without it (`rest`);
 * - it is nowhere as dense as they mostly are (`thin`).
 * A wide class is dense in its middle, so it is no noise. A class with some wrong labels is no noise either. Only
 * distances count, and the name of the class does not. With two classes nothing tells noise from a class that lies
 * around the other. Classes of fewer than eight rows are not judged. Noise as dense as the thinnest class is
 * missed.
 *
 * Cost O(n^2 d) time, O(n k) memory.
 * @throws InputError and ShapeError for bad input.
 *
 * @example
 * import { scatteredClasses } from 'clusterlens';
 * // Two squares of 25 rows, and rows on a wide grid about both.
 * const squares = Array.from({ length: 50 }, (_, i) => [(i % 5) + (i < 25 ? 0 : 30), Math.floor((i % 25) / 5)]);
 * const about = Array.from({ length: 24 }, (_, i) => [9 * (i % 6) - 7.5, 9 * Math.floor(i / 6) - 11.5]);
 * const labels = [...squares.map(([x]) => (x! < 15 ? 'left' : 'right')), ...about.map(() => 'rest')];
 * const { found, classes } = scatteredClasses([...squares, ...about], labels);
 * console.log(found); // rest
 * console.log(classes.map(({ label, thin }) => `${label} ${thin.toFixed(1)}`)); // [ 'left 0.1', 'rest 9.0', 'right 0.1' ]
 */
export function scatteredClasses<L extends Label>(
  points: Points,
  labels: Labels<L>,
  options?: RowsOptions,
): ScatteredClasses<ReadLabel<L>>;
export function scatteredClasses<L extends Label>(dataset: Dataset<L>, options?: RowsOptions): ScatteredClasses<L>;
export function scatteredClasses(
  first: Points | Dataset,
  second?: Labels | RowsOptions,
  third?: RowsOptions,
  ...more: []
): ScatteredClasses {
  const where = 'scatteredClasses';
  nothingMore(where, more, [first, second, third]);
  const { part, metric } = readRows(where, [first, second, third]).study;
  const classes = classReaches(part, metric.source(where, part));
  const found = noiseClassAmong(classes)?.label ?? null;
  return { found, classes, metric: metric.name, n: part.n, d: part.d, k: part.k };
}
