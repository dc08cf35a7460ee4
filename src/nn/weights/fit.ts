import { InputError, ShapeError } from '../../core/errors.js';
import { type Shape, sameShape, showShape } from '../shape.js';
import type { Tensors } from './read-weights.js';

/** A tensor that a model needs, under any of its names. */
export interface Needed {
  readonly names: readonly string[];
  readonly shape: Shape;
}

export function listed(names: readonly string[]): string {
  return names.length <= 8 ? names.join(', ') : `${names.slice(0, 8).join(', ')} and ${names.length - 8} more`;
}

/** Checks that a file holds what a model needs, in its shapes, and nothing else. */
export function requireFit(where: string, needed: readonly Needed[], tensors: Tensors): void {
  const known = new Set(needed.flatMap(({ names }) => names));
  const missing = needed.filter(({ names }) => !names.some((name) => tensors.has(name))).map(({ names }) => names[0]!);
  const extra = [...tensors.keys()].filter((name) => !known.has(name));
  if (missing.length + extra.length > 0) {
    const parts = [
      ...(missing.length > 0 ? [`${missing.length} missing in the file (${listed(missing)})`] : []),
      ...(extra.length > 0 ? [`${extra.length} not in the model (${listed(extra)})`] : []),
    ];
    const rename = missing.length > 0 && extra.length > 0 ? '; say with { names } which is which' : '';
    throw new InputError(
      'unknown-name',
      `${where}: names must be those of the model, got ${parts.join(' and ')}${rename}`,
    );
  }
  const misfits = needed.flatMap(({ names, shape }) =>
    names.flatMap((name) => {
      const given = tensors.get(name)?.shape ?? shape;
      return sameShape(given, shape) ? [] : [`${name} ${showShape(given)} for ${showShape(shape)}`];
    }),
  );
  if (misfits.length > 0) {
    throw new ShapeError('shape-mismatch', `${where}: shapes must be those of the model, got ${listed(misfits)}`);
  }
}
