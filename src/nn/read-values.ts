import { allocate } from '../core/allocate.js';
import { InputError, ShapeError, show } from '../core/errors.js';
import type { FlatMatrix } from '../core/types.js';
import { type Shape, showIndex, showShape, sizeOf } from './shape.js';

/** A number, or arrays of arrays of numbers, all of one length on each level. */
export type NestedNumbers = number | ArrayLike<number> | ReadonlyArray<NestedNumbers>;

/** What `tensor` accepts. */
export type TensorValues = NestedNumbers | FlatMatrix;

export function isArrayLike(value: unknown): value is ArrayLike<unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const length = (value as { length?: unknown }).length;
  return typeof length === 'number' && Number.isSafeInteger(length) && length >= 0;
}

function isFlatMatrix(values: unknown): values is FlatMatrix {
  if (typeof values !== 'object' || values === null) return false;
  const { data, rows, columns } = values as Partial<FlatMatrix>;
  return data !== undefined && rows !== undefined && columns !== undefined;
}

function checkShape(where: string, shape: unknown): Shape {
  if (!isArrayLike(shape)) {
    throw new InputError('wrong-type', `${where}: shape must be an array of extents, got ${show(shape)}`);
  }
  if (shape.length > 32) {
    throw new InputError('out-of-range', `${where}: a shape has at most 32 axes, got ${shape.length}`);
  }
  return Array.from(shape, (extent, axis) => {
    if (typeof extent === 'number' && Number.isSafeInteger(extent) && extent >= 1) return extent;
    throw new InputError(
      'out-of-range',
      `${where}: every extent of a shape must be an integer >= 1, got ${show(extent)} at axis ${axis}`,
    );
  });
}

function shapeOf(where: string, values: unknown): Shape {
  const shape: number[] = [];
  for (let level: unknown = values; isArrayLike(level); level = level[0]) {
    if (level.length === 0) {
      throw new InputError('empty', `${where}: values must not be empty, got an empty array at depth ${shape.length}`);
    }
    shape.push(level.length);
  }
  return shape;
}

/** Flattens checked numbers, and copies them. */
export function readValues(where: string, values: unknown, wanted: unknown): { data: Float64Array; shape: Shape } {
  let source: unknown = values;
  let shape: Shape;
  if (isFlatMatrix(values)) {
    source = values.data;
    shape = checkShape(where, [values.rows, values.columns]);
  } else {
    shape = shapeOf(where, values);
  }
  const target = wanted === undefined ? shape : checkShape(where, wanted);
  const given = isFlatMatrix(values) ? (isArrayLike(source) ? source.length : 0) : sizeOf(shape);
  if (given !== sizeOf(target)) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: shape ${showShape(target)} needs ${sizeOf(target)} values, got ${given}`,
    );
  }
  const data = allocate(where, `${given} values`, () => new Float64Array(given));
  let filled = 0;
  const fill = (value: unknown, depth: number): void => {
    if (isArrayLike(value) && depth < shape.length) {
      if (!isFlatMatrix(values) && value.length !== shape[depth]) {
        throw new ShapeError(
          'ragged-rows',
          `${where}: arrays at depth ${depth} must all have ${shape[depth]} entries, got ${value.length}`,
        );
      }
      for (let i = 0; i < value.length; i++) fill(value[i], isFlatMatrix(values) ? shape.length : depth + 1);
      return;
    }
    const place = `at index ${showIndex(filled, target)}`;
    if (depth !== shape.length) {
      throw new ShapeError(
        'ragged-rows',
        `${where}: values must be nested ${shape.length} deep everywhere, got ${show(value)} at depth ${depth}`,
      );
    }
    if (typeof value !== 'number') {
      throw new InputError('wrong-type', `${where}: every value must be a number, got ${show(value)} ${place}`);
    }
    if (!Number.isFinite(value)) {
      throw new InputError('not-finite', `${where}: every value must be a finite number, got ${value} ${place}`);
    }
    data[filled++] = value;
  };
  fill(source, 0);
  return { data, shape: target };
}
