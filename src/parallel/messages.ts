import {
  ClusterlensError,
  type ErrorCode,
  GradientError,
  InputError,
  ShapeError,
  UndefinedMetricError,
} from '../core/errors.js';
import type { PlacedMessage } from '../core/place.js';
import type { Job, JobKind, Result, Task } from './jobs.js';

/** To a thread: first the job, then one task after the other. */
export type ToThread = { readonly job: Job<JobKind> } | { readonly index: number; readonly task: Task<JobKind> };

/** From a thread: what became of a task; index -1 for the job itself. */
export type FromThread =
  | { readonly index: number; readonly result: Result<JobKind> }
  | { readonly index: number; readonly error: PlainError };

/** An error as data. */
export interface PlainError {
  readonly name: string;
  readonly message: string;
  readonly placed?: PlacedMessage | undefined;
  readonly code?: ErrorCode | undefined;
}

const CLASSES = { InputError, ShapeError, UndefinedMetricError, GradientError };

/** An error in a form that crosses to another thread. */
export function plainError(error: unknown): PlainError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message } = error;
  if (!(error instanceof ClusterlensError)) return { name, message };
  return { name, message, code: error.code, placed: error.placed };
}

/** The error again, of its class. */
export function errorFromPlain({ name, message, code, placed }: PlainError): Error {
  if (code === undefined) return Object.assign(new Error(message), { name });
  const Class = CLASSES[name as keyof typeof CLASSES] ?? ClusterlensError;
  return new Class(code, placed ?? message);
}
