import { Rng } from '../../core/rng.js';
import { ownState } from '../plan/own-state.js';
import { traceOnce } from '../plan/trace.js';
import { undisturbed } from '../plan/undisturbed.js';
import { showShape } from '../shape.js';
import { Tensor } from '../tensor.js';
import type { Trainable } from '../trainable.js';
import { batchOf, type TrainingRows } from './training-data.js';

/** Rows on which a model is looked at; fewer where there are fewer. */
const ROWS = 16;
/** Longer lists among the attributes (row numbers) are told by their length. */
const LONGEST = 8;

function attributesText(attributes: unknown): string {
  const text = JSON.stringify(attributes ?? {}, (_key, value: unknown) => {
    if (value instanceof Rng || value instanceof Tensor) return undefined;
    const list = Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
    return list && (value as ArrayLike<unknown>).length > LONGEST
      ? `${(value as ArrayLike<unknown>).length} values`
      : value;
  });
  return text === '{}' ? '' : ` ${text}`;
}

/**
 * What a model does in training, operation by operation with attributes and shapes, so that another
 * dropout rate shows; numbers that it multiplies by and weights are left out. null when it does not run
 * on these rows. Weights, random numbers, buffers and fields stay; the model is left in evaluation.
 */
export function describeModel<Outputs>(model: Trainable<Outputs>, rows: TrainingRows): string[] | null {
  const { points } = batchOf(
    rows,
    Int32Array.from({ length: Math.min(ROWS, rows.n) }, (_, i) => i),
    'training',
  );
  const own = ownState(model);
  try {
    model.setTraining(true);
    const trace = undisturbed(model, () => traceOnce(model, points));
    return (
      trace?.nodes.map(
        ({ op, inputs, attributes }) =>
          `${op.name}(${inputs.map(({ shape }) => showShape(shape)).join(', ')})${attributesText(attributes)}`,
      ) ?? null
    );
  } catch {
    return null;
  } finally {
    own.restore();
    model.setTraining(false);
  }
}
