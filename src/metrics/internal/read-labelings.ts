import { InputError, show } from '../../core/errors.js';
import type { Labels } from '../../core/types.js';
import { isDataset } from '../../data/dataset.js';
import { isRecord } from '../../data/options.js';

/** Labels as they are, or as libraries return them: ml-kmeans gives `clusters`, others the other names. */
export type Labeling =
  | Labels
  | { readonly labels: Labels }
  | { readonly clusters: Labels }
  | { readonly assignments: Labels }
  | { readonly idxs: Labels };

/** Several labelings of the same rows: a list, or each under its name. */
export type Labelings =
  | ReadonlyArray<Labeling>
  | ReadonlyMap<string | number, Labeling>
  | Readonly<Record<string, Labeling>>;

/** A labeling that has not been checked, its name or position, and its place in messages. */
export interface NamedLabeling {
  readonly name: string | number;
  readonly place: string;
  readonly labels: unknown;
}

const FIELDS = ['labels', 'clusters', 'assignments', 'idxs'] as const;

function isLabels(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'length' in value;
}

/** The labels in what a clustering library returns; anything else as it is, for the door to refuse. */
export function labelsIn(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isLabels(value) || isDataset(value)) return value;
  const field = FIELDS.find((name) => isLabels((value as Record<string, unknown>)[name]));
  return field === undefined ? value : (value as Record<string, unknown>)[field];
}

function named(name: string | number, value: unknown): NamedLabeling {
  return { name, place: `labelings[${show(name)}]`, labels: labelsIn(value) };
}

/** The labelings in a list, a Map or an object; of one result of a library, the one that it has. */
export function listLabelings(where: string, given: unknown): NamedLabeling[] {
  if (!(Array.isArray(given) || given instanceof Map || isRecord(given)) || isDataset(given)) {
    throw new InputError(
      'wrong-type',
      `${where}: needs labelings (an array of them, or each under its name) or a function (points, k, seed) => labels, ` +
        `got ${show(given)}; wrap a single labeling: [labels]`,
    );
  }
  const names = Object.entries(given);
  const single = labelsIn(given);
  const list = Array.isArray(given)
    ? Array.from(given, (value, at) => named(at, value))
    : given instanceof Map
      ? [...given].map(([name, value]) => named(typeof name === 'number' ? name : String(name), value))
      : single !== given && !names.every(([, value]) => isLabels(labelsIn(value)))
        ? [named(0, single)]
        : names.map(([name, value]) => named(name, value));
  if (list.length > 0) return list;
  throw new InputError('empty', `${where}: labelings must not be empty, got 0; give at least one`);
}
