import { ShapeError } from '../../core/errors.js';
import type { Settings } from '../../core/training-record.js';
import { requireNumber } from '../../data/options.js';
import { markBuiltIn } from './built-in.js';
import type { Kernel, Optimizer, OptimizerState, OptimizerStep } from './optimizer.js';

function checkSizes(where: string, state: OptimizerState, { parameters, gradient }: OptimizerStep): void {
  const sizes: [string, number][] = [['gradient', gradient.length]];
  for (const [name, moment] of Object.entries(state.moments)) sizes.push([name, moment.length]);
  for (const [name, length] of sizes) {
    if (length === parameters.length) continue;
    throw new ShapeError(
      'length-mismatch',
      `${where}: ${name} must be as long as parameters (${parameters.length}), got ${length}`,
    );
  }
}

/** Wraps a kernel, one pass over the flat buffers, into an optimiser. */
export function fromKernel(
  name: string,
  settings: Settings & { readonly learningRate: number },
  momentNames: readonly string[],
  kernel: Kernel,
): Optimizer {
  const updateInto = (state: OptimizerState, step: OptimizerStep): OptimizerState => {
    checkSizes(name, state, step);
    const time = { step: state.step + 1, rate: settings.learningRate * (step.factor ?? 1) };
    kernel(step.parameters, step.gradient, state.moments, time);
    return { step: time.step, moments: state.moments };
  };
  return markBuiltIn({
    name,
    settings,
    learningRate: settings.learningRate,
    init(size) {
      requireNumber(name, 'size', size, { min: 0, integer: true });
      return { step: 0, moments: Object.fromEntries(momentNames.map((moment) => [moment, new Float64Array(size)])) };
    },
    update(state, step) {
      const moments = Object.fromEntries(Object.entries(state.moments).map(([key, values]) => [key, values.slice()]));
      const parameters = step.parameters.slice();
      return { parameters, state: updateInto({ step: state.step, moments }, { ...step, parameters }) };
    },
    updateInto,
  });
}
