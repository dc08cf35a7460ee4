import { InputError, show } from '../../core/errors.js';
import type { NamedParameters } from '../module.js';
import { plannedKernelOf } from '../optimizers/built-in.js';
import type { Optimizer } from '../optimizers/optimizer.js';
import type { Tensor } from '../tensor.js';

/** Parameters by name: parts of names, patterns, or a function that says yes. */
export type ParameterChoice = readonly (string | RegExp)[] | ((name: string, parameter: Tensor) => boolean);

/**
 * Which of the parameters a choice means.
 *
 * @throws InputError unknown-name for a part that no name has.
 */
function chosen(where: string, choice: unknown, named: NamedParameters): (entry: NamedParameters[number]) => boolean {
  if (typeof choice === 'function') return ([name, parameter]) => choice(name, parameter) === true;
  const sound = Array.isArray(choice) && choice.every((part) => typeof part === 'string' || part instanceof RegExp);
  if (!sound) {
    const rule = 'noDecay must be an array of strings and regular expressions, or a function';
    throw new InputError('wrong-type', `${where}: ${rule}, got ${show(choice)}`);
  }
  const fits = (part: string | RegExp, name: string) =>
    typeof part === 'string' ? name.includes(part) : name.search(part) >= 0;
  for (const part of choice as (string | RegExp)[]) {
    if (named.some(([name]) => fits(part, name))) continue;
    const names = named.slice(0, 6).map(([name]) => name);
    const more = named.length > 6 ? ` and ${named.length - 6} more` : '';
    throw new InputError(
      'unknown-name',
      `${where}: noDecay must name parameters of the model, got ${String(part)} for ${names.join(', ')}${more}`,
    );
  }
  return ([name]) => (choice as (string | RegExp)[]).some((part) => fits(part, name));
}

/** The parameters to which the weight decay of the optimiser does not apply. */
export function withoutDecay(
  where: string,
  choice: unknown,
  named: NamedParameters,
  optimizer: Optimizer,
): NamedParameters {
  if (choice === undefined) return [];
  if (plannedKernelOf(optimizer) === undefined || optimizer.settings.weightDecay === 0) {
    throw new InputError(
      'wrong-type',
      `${where}: noDecay needs adam, adamW or sgd with weightDecay > 0, got ${optimizer.name} with ` +
        `weightDecay ${show(optimizer.settings.weightDecay)}`,
    );
  }
  return named.filter(chosen(where, choice, named));
}
