import { InputError, ShapeError, show } from '../../core/errors.js';
import { showShape } from '../shape.js';
import { Tensor } from '../tensor.js';

/** What elementwise operations take: a tensor, or a number as a constant. */
export type Operand = Tensor | number;

/** A tensor, checked. */
export function requireTensor(where: string, name: string, value: unknown): Tensor {
  if (value instanceof Tensor) return value;
  throw new InputError('wrong-type', `${where}: ${name} must be a Tensor, got ${show(value)}; make one with tensor()`);
}

/** A tensor, or a finite number turned into one. */
export function requireOperand(where: string, name: string, value: unknown): Tensor {
  if (typeof value !== 'number') return requireTensor(where, name, value);
  if (Number.isFinite(value)) return new Tensor(Float64Array.of(value), []);
  throw new InputError('not-finite', `${where}: ${name} must be a Tensor or a finite number, got ${value}`);
}

/** A tensor with two axes, as [rows, columns]. */
export function requireMatrix(where: string, name: string, value: unknown): Tensor {
  const matrix = requireTensor(where, name, value);
  if (matrix.shape.length === 2) return matrix;
  throw new ShapeError(
    'shape-mismatch',
    `${where}: ${name} must have two axes (rows, columns), got shape ${showShape(matrix.shape)}`,
  );
}

/** An error about an element outside the domain of an operation. */
export function outsideDomain(where: string, rule: string, value: number, place: string, remedy: string): InputError {
  return new InputError('out-of-range', `${where}: needs ${rule}, got ${value} at index ${place}; ${remedy}`);
}

/** An error about an intermediate result that overflows and would else vanish from the final one. */
export function overflow(where: string, what: string): InputError {
  return new InputError('not-finite', `${where}: ${what} must be finite, got Infinity; scale the input down`);
}
