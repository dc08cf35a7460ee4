import { columnText, inWords, type Place, type PlacedMessage } from './place.js';

/**
 * Every error that a caller can cause has a class, a stable `code` and a message of the form
 * `where: rule, got value; what to do`.
 */
export type ErrorCode =
  // InputError
  | 'wrong-type'
  | 'not-finite'
  | 'empty'
  | 'missing-label'
  | 'unknown-name'
  | 'unknown-option'
  | 'out-of-range'
  | 'not-a-distance'
  | 'malformed-file'
  | 'checkpoint-mismatch'
  // ShapeError
  | 'ragged-rows'
  | 'length-mismatch'
  | 'not-square'
  | 'shape-mismatch'
  // UndefinedMetricError
  | 'too-few-clusters'
  | 'too-many-clusters'
  | 'undefined-metric'
  // GradientError
  | 'no-gradient'
  | 'gradient-mismatch'
  | 'not-finite-gradient'
  // DivergenceError
  | 'diverged'
  // MissingDependencyError
  | 'missing-dependency';

/** Base of all errors thrown by this library on bad input; `code` is stable across versions. */
export class ClusterlensError extends Error {
  readonly code: ErrorCode;
  /** The message with rows and columns as numbers, where it names some; not enumerable. */
  declare readonly placed?: PlacedMessage;
  constructor(code: ErrorCode, message: string | PlacedMessage) {
    super(inWords(message));
    this.name = new.target.name;
    this.code = code;
    if (typeof message !== 'string') Object.defineProperty(this, 'placed', { value: message });
  }
}

/** A value that is missing, of the wrong type, not finite, unknown by name or out of range. */
export class InputError extends ClusterlensError {
  override readonly name = 'InputError';
}

/** Lengths, rows or axes that do not fit together. */
export class ShapeError extends ClusterlensError {
  override readonly name = 'ShapeError';
}

/** The input is sound, but the index has no value on it (one cluster, all singletons). */
export class UndefinedMetricError extends ClusterlensError {
  override readonly name = 'UndefinedMetricError';
}

/** A backward pass that cannot be run, or a gradient that is wrong or not finite. */
export class GradientError extends ClusterlensError {
  override readonly name = 'GradientError';
}

/** An optional package that has to be installed for what was asked. */
export class MissingDependencyError extends ClusterlensError {
  override readonly name = 'MissingDependencyError';
}

function elsewhere<T>(compute: () => T, move: (place: Place) => Place | string): T {
  try {
    return compute();
  } catch (error) {
    if (!(error instanceof ClusterlensError) || error.placed === undefined) throw error;
    const placed = error.placed.map((piece) => (typeof piece === 'string' ? piece : move(piece)));
    throw new (error.constructor as typeof ClusterlensError)(error.code, placed);
  }
}

/** Runs `compute`, whose errors name places of this table of the input. */
export function inTable<T>(table: string, compute: () => T): T {
  return elsewhere(compute, (place) => ({ ...place, table }));
}

/** Runs `compute`, whose errors call the columns by these names. */
export function inColumns<T>(names: readonly string[], compute: () => T): T {
  return elsewhere(compute, (place) =>
    'column' in place && place.table === undefined ? columnText(names[place.column]!) : place,
  );
}

/** How a value is shown in an error message: short, and never itself a cause of failure. */
export function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}...` : value);
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value === 'function') return `function ${value.name || '(anonymous)'}`;
  if (value === null || typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `array of length ${value.length}`;
  const name =
    (Object.getPrototypeOf(value) as { constructor?: { name?: string } } | null)?.constructor?.name || undefined;
  const length = (value as { length?: unknown }).length;
  return typeof length === 'number' ? `${name ?? 'object'} of length ${length}` : (name ?? 'object');
}
