import { InputError, show } from '../core/errors.js';
import type { Settings } from '../core/training-record.js';
import { requireNumber } from '../data/options.js';
import type { Loss } from './losses/loss.js';
import type { Tensor } from './tensor.js';

/** Rows that go through the model together. */
export interface Batch {
  /** B x d. */
  readonly points: Tensor;
  /** Class codes 0 .. k - 1, in label order; null when the data have no labels. */
  readonly labels: Int32Array | null;
  /** Row numbers in the data. */
  readonly rows: Int32Array;
  /** B x m, the targets of the rows; null when the data have none. */
  readonly targets: Tensor | null;
  /** Whose rows they are. */
  readonly split: 'training' | 'heldOut';
}

/** What a term gives for a batch: the losses of this library fit; of your own only `loss` is needed. */
export type TermLoss = Pick<Loss, 'loss'> & Partial<Omit<Loss, 'loss'>>;

/** One term of the objective, which is the weighted sum of its terms. */
export interface Objective<Outputs = unknown> {
  /** Under which the term is reported; each term its own. */
  readonly name: string;
  /** 0 or more; at 0 the term is measured and does not act. */
  readonly weight: number;
  /** Written into the record and compared on resume. */
  readonly settings?: Settings | undefined;
  /** Whether the term looks at `batch.labels`. */
  readonly needsLabels?: boolean | undefined;
  /** Whether its valid and skipped anchors are to be counted, and its probe needs a positive pair. */
  readonly countsAnchors?: boolean | undefined;
  /**
   * A result with `validAnchors: 0` has no value on this batch and does not act. Outputs and batch are all that
   * it should look at: an operation on a weight of the model sends the run to the tape, and the numbers of a
   * weight (`data`) are, under a plan, those with which the epoch began.
   */
  loss(outputs: Outputs, batch: Batch): TermLoss;
}

/** Checks the terms that a user hands in. */
export function readObjectives<Outputs>(where: string, value: unknown): readonly Objective<Outputs>[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new InputError('wrong-type', `${where}: objective must be an array of terms, got ${show(value)}`);
  }
  const names = new Set<string>();
  for (const term of value as Partial<Objective>[]) {
    if (typeof term !== 'object' || term === null || typeof term.loss !== 'function') {
      throw new InputError(
        'wrong-type',
        `${where}: every term of objective must be { name, weight, loss(outputs, batch) }, got ${show(term)}`,
      );
    }
    if (typeof term.name !== 'string' || term.name === '' || names.has(term.name)) {
      throw new InputError('unknown-name', `${where}: every term needs its own name, got ${show(term.name)}`);
    }
    names.add(term.name);
    requireNumber(where, `weight of ${show(term.name)}`, term.weight, { min: 0 });
  }
  return value as Objective<Outputs>[];
}

function isPlainObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !('data' in value);
}

/** A tensor among the outputs of a model, by name. */
export function outputNamed(
  where: string,
  outputs: unknown,
  name: string,
  remedy = 'choose another output or write a loss of your own',
): Tensor {
  const found =
    typeof outputs === 'object' && outputs !== null ? (outputs as Record<string, unknown>)[name] : undefined;
  if (typeof found === 'object' && found !== null && 'data' in found && 'shape' in found) return found as Tensor;
  const names = isPlainObject(outputs) ? Object.keys(outputs) : [];
  const known = names.length === 0 || names.length > 20 ? show(outputs) : names.join(', ');
  throw new InputError(
    'unknown-name',
    `${where}: the model must give an output named ${show(name)}, got ${known}; ${remedy}`,
  );
}
