import { GradientError, InputError, show } from '../core/errors.js';
import { checkOptions, nothingMore, numberIn } from '../data/options.js';
import { gradients } from './gradients.js';
import { requireTensor } from './ops/operand.js';
import { noGrad } from './record.js';
import { showIndex } from './shape.js';
import { Tensor } from './tensor.js';

export interface GradcheckOptions {
  /** Step of the central difference. Default 1e-6. */
  readonly eps?: number | undefined;
  /** Absolute tolerance. Default 1e-5. */
  readonly atol?: number | undefined;
  /** Relative tolerance. Default 1e-3. */
  readonly rtol?: number | undefined;
}

export interface GradcheckResult {
  /** Derivatives compared: elements of the result times elements of the inputs that require a gradient. */
  readonly checked: number;
  /** Largest and mean difference between analytic and numeric derivative. */
  readonly maxError: number;
  readonly meanError: number;
}

/**
 * Compares the gradient that the tape gives for `fn` with central differences,
 * (f(x + eps) - f(x - eps)) / 2 eps, for every element of the result and every element of each input
 * that requires a gradient: |analytic - numeric| <= atol + rtol |numeric|. The defaults are those of
 * `torch.autograd.gradcheck`. Choose inputs away from kinks (relu and abs at 0, ties of max), where
 * no derivative exists. The inputs are not changed.
 *
 * Cost 2 evaluations per input element, 1 backward pass per element of the result.
 *
 * @param fn a function of the inputs that gives the same result each time (reset the seed of a dropout in
 *   it).
 * @throws GradientError gradient-mismatch with input, index, analytic and numeric value; no-gradient when
 *   no input requires one or the result depends on none.
 *
 * @example
 * import { gradcheck, square, sum, tensor } from 'clusterlens/nn';
 * const x = tensor([0.5, -1, 2], { requiresGrad: true });
 * const { checked, maxError } = gradcheck((values) => sum(square(values)), [x]);
 * console.log(checked, maxError < 1e-8); // 3 true
 */
export function gradcheck(
  fn: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
  options?: GradcheckOptions,
  ...more: []
): GradcheckResult {
  nothingMore('gradcheck', more, [fn, inputs, options]);
  const loose = checkOptions('gradcheck', options, ['eps', 'atol', 'rtol']);
  const eps = numberIn('gradcheck', 'eps', loose.eps, { min: 0, open: true }, 1e-6);
  const atol = numberIn('gradcheck', 'atol', loose.atol, { min: 0 }, 1e-5);
  const rtol = numberIn('gradcheck', 'rtol', loose.rtol, { min: 0 }, 1e-3);
  if (typeof fn !== 'function') throw new InputError('wrong-type', `gradcheck: fn must be a function, got ${show(fn)}`);
  if (!Array.isArray(inputs) || inputs.length === 0) {
    const got = show(inputs);
    throw new InputError('wrong-type', `gradcheck: inputs must be an array of at least one tensor, got ${got}`);
  }
  Array.from(inputs).forEach((input, i) => {
    requireTensor('gradcheck', `inputs[${i}]`, input);
  });
  const wanted = inputs.filter((input) => input.requiresGrad);
  const output = requireTensor('gradcheck', 'the result of fn', fn(...inputs));
  if (wanted.length === 0 || !output.requiresGrad) {
    throw new GradientError(
      'no-gradient',
      `gradcheck: the result must depend on an input with requiresGrad, got ${wanted.length} such inputs and ` +
        `${output.requiresGrad ? 'a result that depends on another tensor' : 'a constant result'}`,
    );
  }

  // analytic[o][w][p]: derivative of element o of the result by element p of wanted input w.
  const analytic = Array.from(output.data, (_, o) => {
    const seed = new Float64Array(output.size);
    seed[o] = 1;
    return gradients(output, wanted, { seed });
  });
  const evaluate = (changed: Tensor, p: number, value: number): Float64Array => {
    const data = changed.data.slice();
    data[p] = value;
    return noGrad(() => fn(...inputs.map((input) => (input === changed ? new Tensor(data, input.shape) : input)))).data;
  };

  let checked = 0;
  let maxError = 0;
  let total = 0;
  wanted.forEach((input, w) => {
    for (let p = 0; p < input.size; p++) {
      const x = input.data[p]!;
      const above = evaluate(input, p, x + eps);
      const below = evaluate(input, p, x - eps);
      for (let o = 0; o < output.size; o++) {
        const numeric = (above[o]! - below[o]!) / (2 * eps);
        const given = analytic[o]![w]![p]!;
        const error = Math.abs(given - numeric);
        checked++;
        total += error;
        maxError = Math.max(maxError, error);
        if (error <= atol + rtol * Math.abs(numeric)) continue;
        throw new GradientError(
          'gradient-mismatch',
          `gradcheck: gradients must agree within ${atol} + ${rtol} |numeric|, got analytic ${given} and numeric ` +
            `${numeric} for input ${inputs.indexOf(input)} at index ${showIndex(p, input.shape)} (value ${x}), ` +
            `result at index ${showIndex(o, output.shape)}`,
        );
      }
    }
  });
  return { checked, maxError, meanError: total / checked };
}
