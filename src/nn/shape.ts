import { InputError, ShapeError, show } from '../core/errors.js';

/** Extents of the axes, outermost first; `[]` is a single number. */
export type Shape = readonly number[];

/** Number of elements. */
export function sizeOf(shape: Shape): number {
  let size = 1;
  for (const extent of shape) size *= extent;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((extent, axis) => extent === b[axis]);
}

/** As it stands in messages: `[16, 128]`. */
export function showShape(shape: Shape): string {
  return `[${shape.join(', ')}]`;
}

/** The place of a flat index, as it stands in messages: `[3, 7]`. */
export function showIndex(index: number, shape: Shape): string {
  const place: number[] = [];
  let rest = index;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const extent = shape[axis]!;
    place.unshift(rest % extent);
    rest = Math.floor(rest / extent);
  }
  return showShape(place);
}

/**
 * NumPy's rule: shapes are aligned at their last axis, and two extents fit when they are equal or
 * one of them is 1.
 */
export function broadcastShape(where: string, a: Shape, b: Shape): Shape {
  if (sameShape(a, b)) return a;
  const rank = Math.max(a.length, b.length);
  const shape: number[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const extentA = a[axis - rank + a.length] ?? 1;
    const extentB = b[axis - rank + b.length] ?? 1;
    if (extentA !== extentB && extentA !== 1 && extentB !== 1) {
      throw new ShapeError(
        'shape-mismatch',
        `${where}: shapes must be equal or 1 on each axis counted from the last, got ${showShape(a)} and ${showShape(b)}`,
      );
    }
    shape.push(extentA === 1 ? extentB : extentA);
  }
  return shape;
}

/**
 * For each element of `target` the element of `shape` that broadcasting puts there, or null when
 * the two shapes are equal. Reading through it broadcasts; adding through it sums a gradient back.
 */
export function broadcastIndex(shape: Shape, target: Shape): Int32Array | null {
  if (sameShape(shape, target)) return null;
  const index = new Int32Array(sizeOf(target));
  let repeat = index.length; // elements of target below the current axis, outermost first
  let stride = sizeOf(shape);
  for (let axis = 0; axis < target.length; axis++) {
    const extent = target[axis]!;
    const own = shape[axis - target.length + shape.length] ?? 1;
    repeat /= extent;
    stride /= own;
    if (own === 1) continue;
    for (let p = 0; p < index.length; p++) index[p]! += (Math.floor(p / repeat) % extent) * stride;
  }
  return index;
}

/** An axis, counted from the end when negative, as an index from 0. */
export function axisOf(where: string, axis: unknown, shape: Shape): number {
  if (typeof axis !== 'number') {
    throw new InputError('wrong-type', `${where}: axis must be an integer, got ${show(axis)}`);
  }
  const resolved = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(resolved) && resolved >= 0 && resolved < shape.length) return resolved;
  throw new ShapeError(
    'shape-mismatch',
    `${where}: axis must be an integer from ${-shape.length} to ${shape.length - 1} for shape ${showShape(shape)}, got ${axis}`,
  );
}

/** A shape seen from one axis: `outer` blocks of `length` rows of `inner` neighbouring elements. */
export interface AxisView {
  readonly outer: number;
  readonly length: number;
  readonly inner: number;
}

/** Views a shape from an axis; without an axis the whole tensor is one row. */
export function axisView(shape: Shape, axis: number | undefined): AxisView {
  if (axis === undefined) return { outer: 1, length: sizeOf(shape), inner: 1 };
  return { outer: sizeOf(shape.slice(0, axis)), length: shape[axis]!, inner: sizeOf(shape.slice(axis + 1)) };
}
