import { InputError } from '../../core/errors.js';
import type { NamedBuffers, NamedParameters } from '../module.js';
import type { SafetensorsFile } from '../safetensors/from-safetensors.js';
import { showShape } from '../shape.js';

/** What a model is made of, by name. */
export interface ModelParts {
  readonly parameters: NamedParameters;
  readonly buffers: NamedBuffers;
}

/** What a run was made with; a checkpoint fits a run when these are equal, entry by entry. */
export type RunDescription = Readonly<Record<string, unknown>>;

export function mismatch(what: string): InputError {
  return new InputError(
    'checkpoint-mismatch',
    `train: resume must be a checkpoint of the same model, data and options, got ${what}`,
  );
}

/** Of two long lists, the first entry in which they differ. */
function firstDifference(key: string, ours: readonly unknown[], theirs: readonly unknown[]): string {
  const text = (entry: unknown) =>
    entry === undefined ? 'none' : typeof entry === 'string' ? entry : JSON.stringify(entry);
  const at = ours.findIndex((entry, i) => text(entry) !== text(theirs[i]));
  const place = at < 0 ? ours.length : at;
  return `${key === 'model' ? 'operation' : 'entry'} ${place} of the ${key} ${text(theirs[place])} where this run has ${text(ours[place])}`;
}

/** @throws InputError checkpoint-mismatch with every entry in which a checkpoint differs from this run. */
export function compareRuns(ours: RunDescription, theirs: RunDescription): void {
  // A model that does not run on the rows (null) has its own error in the first step.
  const unknown = ours.model === null || theirs.model === null;
  const differing = [...new Set([...Object.keys(ours), ...Object.keys(theirs)])].filter(
    (key) => !(unknown && key === 'model') && JSON.stringify(ours[key]) !== JSON.stringify(theirs[key]),
  );
  if (differing.length === 0) return;
  const text = (value: unknown) => (value === undefined ? 'none' : JSON.stringify(value));
  const parts = differing.map((key) =>
    Array.isArray(ours[key]) && Array.isArray(theirs[key])
      ? firstDifference(key, ours[key], theirs[key])
      : `${key} ${text(theirs[key])} where this run has ${text(ours[key])}`,
  );
  throw mismatch(parts.join(' and '));
}

/** @throws InputError checkpoint-mismatch with every parameter and buffer whose shape differs. */
export function compareParts({ parameters, buffers }: ModelParts, { tensors }: SafetensorsFile): void {
  const stored = new Map(
    [...tensors]
      .filter(([name]) => name.startsWith('model.') || name.startsWith('buffer.'))
      .map(([name, { shape }]) => [name.replace(/^model\./, ''), showShape(shape)]),
  );
  const ours = new Map([
    ...parameters.map(([name, { shape }]) => [name, showShape(shape)] as const),
    ...buffers.map(([name, { shape }]) => [`buffer.${name}`, showShape(shape)] as const),
  ]);
  const parts = [...new Set([...ours.keys(), ...stored.keys()])]
    .filter((name) => ours.get(name) !== stored.get(name))
    .map((name) => `${name} ${stored.get(name) ?? 'missing'} where this model has ${ours.get(name) ?? 'none'}`);
  if (parts.length === 0) return;
  const more = parts.length > 6 ? ` and ${parts.length - 6} more` : '';
  throw mismatch(parts.slice(0, 6).join(', ') + more);
}
