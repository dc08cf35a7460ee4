import { InputError, ShapeError, show } from '../../core/errors.js';
import type { Label } from '../../core/types.js';
import { readDataset } from '../../data/dataset.js';
import { codeOfLabel, requireSameSpelling } from '../../data/named-label.js';
import { checkOptions } from '../../data/options.js';
import { type Part, partOf, rowsOutside } from '../../data/row-sample.js';
import { inZScores } from '../../statistics/z-scores.js';

/** Spaces that have passed the door, without noise rows. */
export interface SpaceParts {
  readonly names: readonly string[];
  readonly training: readonly Part[];
  /** null without held-out rows; null in it for a space without. */
  readonly heldOut: ReadonlyArray<Part | null> | null;
}

function readSpaces(
  where: string,
  spaces: unknown,
  labels: unknown,
  noiseLabel: Label | undefined,
  name: string,
): [string, Part][] {
  if (typeof spaces !== 'object' || spaces === null || Array.isArray(spaces)) {
    throw new InputError('wrong-type', `${where}: ${name} must be an object of points by name, got ${show(spaces)}`);
  }
  const entries = Object.entries(spaces).filter(([, points]) => points !== undefined);
  if (entries.length === 0) throw new InputError('empty', `${where}: ${name} must name at least one space, got none`);
  return entries.map(([space, points]) => {
    const data = readDataset(`${where} (${space})`, points, labels);
    const noise = codeOfLabel(where, 'noiseLabel', noiseLabel, data.classes);
    if (noise === -1) return [space, data];
    return [space, partOf(data, rowsOutside(data.labels, noise))];
  });
}

/** Columns in units of their standard deviation over the training rows. */
export function scaledTogether(training: Part, heldOut: Part | undefined): [Part, Part | undefined] {
  const scaled = inZScores(training);
  if (heldOut === undefined) return [scaled, undefined];
  const { d } = training;
  const points = new Float64Array(heldOut.n * d);
  for (let c = 0; c < d; c++) {
    // Measured from the first value, so that rounding cannot make a constant column vary.
    const origin = training.points[c]!;
    let mean = 0;
    let square = 0;
    for (let i = 0; i < training.n; i++) mean += (training.points[i * d + c]! - origin) / training.n;
    for (let i = 0; i < training.n; i++) square += (training.points[i * d + c]! - origin - mean) ** 2 / training.n;
    const sd = Math.sqrt(square);
    for (let i = 0; i < heldOut.n; i++)
      points[i * d + c] = sd === 0 ? 0 : (heldOut.points[i * d + c]! - origin - mean) / sd;
  }
  return [scaled, { ...heldOut, points }];
}

/** Reads spaces by name, and the held-out rows of the same spaces. */
export function readSpaceParts(
  where: string,
  spaces: unknown,
  labels: unknown,
  heldOut: unknown,
  settings: { readonly noiseLabel: Label | undefined; readonly standardize: boolean },
): SpaceParts {
  const { noiseLabel, standardize } = settings;
  const training = readSpaces(where, spaces, labels, noiseLabel, 'spaces');
  const names = training.map(([name]) => name);
  let held: [string, Part][] | null = null;
  if (heldOut !== undefined) {
    const given = checkOptions(where, heldOut, ['spaces', 'labels']);
    held = readSpaces(where, given.spaces, given.labels, noiseLabel, 'heldOut.spaces');
    requireSameSpelling(`${where} (heldOut)`, held[0]![1].classes, training[0]![1].classes);
    const missing = names.find((name) => !held!.some(([other]) => other === name));
    if (missing !== undefined) {
      throw new InputError(
        'unknown-name',
        `${where}: heldOut.spaces must have every space, got none named ${show(missing)}`,
      );
    }
    held = names.map((name) => held!.find(([other]) => other === name)!);
    for (const [p, [name, part]] of held.entries()) {
      if (part.d !== training[p]![1].d) {
        throw new ShapeError(
          'shape-mismatch',
          `${where}: held-out rows of ${show(name)} must have ${training[p]![1].d} columns as the training rows have, got ${part.d}`,
        );
      }
    }
  }
  const scaled = training.map(([, part], p): [Part, Part | undefined] => {
    const other = held?.[p]?.[1];
    return standardize ? scaledTogether(part, other) : [part, other];
  });
  return {
    names,
    training: scaled.map(([part]) => part),
    heldOut: held === null ? null : scaled.map(([, part]) => part!),
  };
}
