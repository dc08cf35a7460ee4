import { InputError, inTable, ShapeError, show } from '../core/errors.js';
import { readDataset } from '../data/dataset.js';
import { requireSameSpelling } from '../data/named-label.js';
import { checkOptions } from '../data/options.js';
import type { Part } from '../data/row-sample.js';
import { readSpace, spaceEntries } from './read-spaces.js';

/** Held-out rows as given, noise included. */
export interface HeldOutRows {
  readonly whole: Part;
  readonly spaces: ReadonlyMap<string, Part>;
}

/** Checks the held-out rows against those that were trained on. */
export function readHeldOut(
  where: string,
  value: unknown,
  training: {
    readonly whole: Part;
    readonly spaces: ReadonlyArray<{ readonly name: string; readonly part: Part }>;
    readonly square: boolean;
  },
): HeldOutRows | null {
  if (value === undefined) return null;
  const given = checkOptions(`${where} (heldOut)`, value, ['points', 'labels', 'spaces']);
  if (training.square) {
    throw new InputError(
      'out-of-range',
      `${where}: heldOut needs coordinates, got metric 'precomputed'; leave one out`,
    );
  }
  const whole = inTable('heldOut', () => readDataset(`${where} (heldOut)`, given.points, given.labels));
  const sameColumns = (name: string, columns: number, wanted: number) => {
    if (columns === wanted) return;
    throw new ShapeError(
      'shape-mismatch',
      `${where}: held-out rows of ${name} must have ${wanted} columns as the training rows have, got ${columns}`,
    );
  };
  sameColumns('points', whole.d, training.whole.d);
  requireSameSpelling(`${where} (heldOut)`, whole.classes, training.whole.classes);
  const spaces = new Map(
    spaceEntries(where, 'heldOut.spaces', given.spaces).map(([name, points]) => {
      const trained = training.spaces.find((space) => space.name === name);
      if (trained === undefined) {
        throw new InputError(
          'unknown-name',
          `${where}: heldOut.spaces must name spaces of the training rows, got ${show(name)}`,
        );
      }
      const part = inTable(`heldOut.spaces.${name}`, () => readSpace(where, name, points, whole));
      sameColumns(show(name), part.d, trained.part.d);
      return [name, part] as const;
    }),
  );
  return { whole, spaces };
}
