import { GradientError, InputError } from '../../core/errors.js';
import type { Objective } from '../objective.js';
import type { StepResult } from './engine.js';

const named = (terms: readonly { readonly name: string }[]) => terms.map(({ name }) => `'${name}'`).join(', ');

/**
 * An epoch must learn: from each term of the objective that has a value.
 *
 * @throws InputError empty when no term has a value on any batch; GradientError no-gradient when a term
 *   depends on no weight of the model, so that it changes none.
 */
export function requireSteps(
  epoch: number,
  steps: readonly StepResult[],
  objectives: readonly Pick<Objective, 'name' | 'weight' | 'countsAnchors'>[],
): void {
  const measured = steps.flatMap(({ terms }) => terms).filter(({ value, weight }) => value !== null && weight > 0);
  const batches = `the ${steps.length} ${steps.length === 1 ? 'batch' : 'batches'} of epoch ${epoch}`;
  if (measured.length === 0) {
    const acting = objectives.filter(({ weight }) => weight > 0);
    const what = acting.length === 0 ? 'no term with a weight above 0' : `none for ${named(acting)}`;
    const remedy = objectives.some(({ countsAnchors }) => countsAnchors === true)
      ? 'choose batches with two rows of one class, such as balancedBatches'
      : 'check the loss and its weight';
    throw new InputError('empty', `train: an epoch needs a term with a value, got ${what} on ${batches}; ${remedy}`);
  }
  const idle = objectives.filter(({ name }) => {
    const own = measured.filter((term) => term.name === name);
    return own.length > 0 && own.every(({ acts }) => !acts);
  });
  if (idle.length === 0 && steps.some(({ stepped }) => stepped)) return;
  throw new GradientError(
    'no-gradient',
    `train: every term must depend on a parameter of the model, got ${named(idle.length > 0 ? idle : objectives)} ` +
      `that depends on none on ${batches}; compute it from the outputs without detach() or item(), or give it weight 0`,
  );
}
