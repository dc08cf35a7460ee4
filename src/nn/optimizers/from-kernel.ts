import { allocate } from '../../core/allocate.js';
import { InputError, ShapeError } from '../../core/errors.js';
import { count, doubles, fields, named, requireShape } from '../../core/shape-check.js';
import type { Settings } from '../../core/training-record.js';
import { numberIn, requireNumber } from '../../data/options.js';
import { firstNotFinite } from '../first-not-finite.js';
import { markBuiltIn } from './built-in.js';
import type { Kernel, Optimizer, OptimizerState, OptimizerStep } from './optimizer.js';

const STATE = /* @__PURE__ */ fields({ step: count, moments: named(doubles) });
const STEP = /* @__PURE__ */ fields({ parameters: doubles, gradient: doubles });

function checkKinds(where: string, state: OptimizerState, step: OptimizerStep): void {
  requireShape(where, 'a state as init gives it', STATE, state);
  requireShape(where, 'a step { parameters, gradient }', STEP, step);
}

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

/** @throws InputError not-finite, with the place of the first number that is infinite or NaN. */
function checkFinite(where: string, when: string, buffers: Readonly<Record<string, Float64Array>>): void {
  for (const [name, values] of Object.entries(buffers)) {
    const bad = firstNotFinite(values);
    if (bad < 0) continue;
    throw new InputError(
      'not-finite',
      `${where}: every number ${when} the step must be finite, got ${values[bad]} at element ${bad} of ${name}; ` +
        'lower the learning rate or clip the gradient',
    );
  }
}

/** The buffers cut where weight decay begins or ends. */
function parted({ parameters, undecayed = [] }: OptimizerStep) {
  const parts: { from: number; to: number; decays: boolean }[] = [];
  let at = 0;
  for (const [from, to] of undecayed) {
    parts.push({ from: at, to: from, decays: true }, { from, to, decays: false });
    at = to;
  }
  return [...parts, { from: at, to: parameters.length, decays: true }].filter(({ from, to }) => from < to);
}

/** Wraps a kernel into an optimiser. */
export function fromKernel(
  name: string,
  settings: Settings & { readonly learningRate: number },
  momentNames: readonly string[],
  kernel: Kernel,
): Optimizer {
  const updateInto = (state: OptimizerState, step: OptimizerStep): OptimizerState => {
    checkKinds(name, state, step);
    checkSizes(name, state, step);
    const factor = numberIn(name, 'factor', step.factor, {}, 1);
    const time = { step: state.step + 1, rate: settings.learningRate * factor };
    for (const { from, to, decays } of parted(step)) {
      const part = (values: Float64Array) => values.subarray(from, to);
      const moments = Object.fromEntries(Object.entries(state.moments).map(([key, values]) => [key, part(values)]));
      kernel.tape(part(step.parameters), part(step.gradient), moments, { ...time, decays });
    }
    return { step: time.step, moments: state.moments };
  };
  const optimizer: Optimizer = {
    name,
    settings,
    learningRate: settings.learningRate,
    init(size) {
      requireNumber(name, 'size', size, { min: 0, integer: true });
      const zeros = () => allocate(name, `${size} parameters`, () => new Float64Array(size));
      return { step: 0, moments: Object.fromEntries(momentNames.map((moment) => [moment, zeros()])) };
    },
    update(state, step) {
      checkKinds(name, state, step);
      const moments = Object.fromEntries(Object.entries(state.moments).map(([key, values]) => [key, values.slice()]));
      const parameters = step.parameters.slice();
      checkFinite(name, 'before', { parameters, gradient: step.gradient, ...moments });
      const next = updateInto({ step: state.step, moments }, { ...step, parameters });
      checkFinite(name, 'after', { parameters, ...moments });
      return { parameters, state: next };
    },
    updateInto,
  };
  return markBuiltIn(optimizer, kernel.plan);
}
