import { ClusterlensError, InputError, show } from '../../core/errors.js';
import { distinctParameters } from '../module.js';
import { hasProduct, makePlan } from '../plan/make-plan.js';
import { parameterStore } from '../plan/parameter-store.js';
import type { Plan } from '../plan/plan.js';
import { difference, NO_TENSORS, outputsOf, type Trace, traceOnce } from '../plan/trace.js';
import { undisturbed } from '../plan/undisturbed.js';
import { noGrad } from '../record.js';
import { Tensor } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { type Collected, collectRows } from './collect-rows.js';

/** Checked rows, and how many go through the model together. */
export interface PassRows {
  readonly data: Float64Array;
  readonly n: number;
  readonly d: number;
  readonly batchSize: number;
}

/** The outputs of a model by name; a single one is named ''. */
export type Outputs = ReadonlyMap<string, Collected>;

const LARGEST_FLOAT32 = 2 ** 128 - 2 ** 104;

function* batchesOf({ data, n, d, batchSize }: PassRows) {
  for (let start = 0; start < n; start += batchSize) {
    const count = Math.min(batchSize, n - start);
    yield { start, count, points: new Tensor(data.subarray(start * d, (start + count) * d), [count, d]) };
  }
}

/** A pass on the tape, in float64. */
export function passOnTape(where: string, model: Trainable, rows: PassRows): Outputs {
  const collected = collectRows(where, rows.n);
  for (const { start, count, points } of batchesOf(rows)) {
    try {
      const given = noGrad(() => model.forward(points));
      const outputs = outputsOf(given);
      if (outputs === null) {
        throw new InputError(
          'wrong-type',
          `${where}: the model must give a tensor or an object of tensors, got ${show(given)}`,
        );
      }
      collected.add(start, count, outputs);
    } catch (error) {
      if (!(error instanceof ClusterlensError) || error.code !== 'not-finite') throw error;
      throw new InputError(
        'not-finite',
        `${where}: the outputs of rows ${start} to ${start + count - 1} must be finite, got ${error.message}`,
      );
    }
  }
  return collected.found;
}

/** Why a plan and its trace do not hold for these rows, or null. The tape runs once. */
function changeOf(model: Trainable, trace: Trace, points: Tensor): string | null {
  const now = undisturbed(model, () => traceOnce(model, points));
  return now === null ? NO_TENSORS : difference(trace, now);
}

interface Held {
  readonly plan: Plan;
  readonly trace: Trace;
  /** Rows of its batches. */
  readonly count: number;
}

/**
 * A pass by a plan, in float32, or why there is none. A plan is made for the first batch and for a
 * smaller last one; the last batch that is as large as the first is compared with the tape.
 */
export function passOnPlan(
  where: string,
  model: Trainable,
  rows: PassRows,
): { readonly outputs: Outputs } | { readonly reason: string } {
  if (!rows.data.every((value) => Math.abs(value) <= LARGEST_FLOAT32)) {
    return { reason: 'a value of the points is too large for float32' };
  }
  const store = parameterStore(distinctParameters(model.namedParameters()), 0);
  store.load();
  if (store.memory.kernels.allFinite(store.parameters, store.padded) === 0) {
    return { reason: 'a weight is too large for float32' };
  }
  const collected = collectRows(where, rows.n);
  const whole = Math.floor(rows.n / rows.batchSize);
  let held: Held | null = null;
  for (const { start, count, points } of batchesOf(rows)) {
    if (held === null || held.count !== count) {
      const made = makePlan(model, points, { store, training: false });
      if ('reason' in made) return made;
      if (!hasProduct(made.plan)) return { reason: 'it has no matrix product for which there is a kernel' };
      held = { ...made, count };
    } else if (start === (whole - 1) * rows.batchSize) {
      const changed = changeOf(model, held.trace, points);
      if (changed !== null) return { reason: `${changed} from batch to batch` };
    }
    held.plan.forward(points);
    collected.add(start, count, held.plan.outputs());
  }
  return { outputs: collected.found };
}
