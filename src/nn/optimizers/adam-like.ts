import { checkOptions, numberIn } from '../../data/options.js';
import { integerPower } from '../integer-power.js';
import { fromKernel } from './from-kernel.js';
import type { Optimizer, StepTime } from './optimizer.js';

export interface AdamOptions {
  /** Above 0. Default 0.001. */
  readonly learningRate?: number | undefined;
  /** Memory of the mean gradient, 0 <= beta1 < 1. Default 0.9. */
  readonly beta1?: number | undefined;
  /** Memory of the mean squared gradient, 0 <= beta2 < 1. Default 0.999. */
  readonly beta2?: number | undefined;
  /** Added to the denominator, 0 or more. Default 1e-8. */
  readonly eps?: number | undefined;
  /** Pull towards zero, 0 or more. Default 0 (adam), 0.01 (adamW). */
  readonly weightDecay?: number | undefined;
}

// The largest number below 1: the ranges of the betas exclude 1, where the correction divides by 0.
const BELOW_ONE = 1 - 2 ** -53;

/** Adam and AdamW are one pass, and differ in where the weight decay enters. */
export function adamLike(
  where: 'adam' | 'adamW',
  options: unknown,
  how: { readonly decoupled: boolean; readonly weightDecay: number },
): Optimizer {
  const given = checkOptions(where, options, ['learningRate', 'beta1', 'beta2', 'eps', 'weightDecay']);
  const learningRate = numberIn(where, 'learningRate', given.learningRate, { min: Number.MIN_VALUE }, 0.001);
  const beta1 = numberIn(where, 'beta1', given.beta1, { min: 0, max: BELOW_ONE }, 0.9);
  const beta2 = numberIn(where, 'beta2', given.beta2, { min: 0, max: BELOW_ONE }, 0.999);
  const eps = numberIn(where, 'eps', given.eps, { min: 0 }, 1e-8);
  const weightDecay = numberIn(where, 'weightDecay', given.weightDecay, { min: 0 }, how.weightDecay);
  const settings = { learningRate, beta1, beta2, eps, weightDecay };
  const at = ({ step, rate, decays }: StepTime) => {
    const decay = decays ? weightDecay : 0;
    return {
      size: rate / (1 - integerPower(beta1, step)),
      root: Math.sqrt(1 - integerPower(beta2, step)),
      keep: how.decoupled ? 1 - rate * decay : 1,
      penalty: how.decoupled ? 0 : decay,
    };
  };
  return fromKernel(where, settings, ['mean', 'square'], {
    tape(parameters, gradient, { mean, square }, time) {
      const { size, root, keep, penalty } = at(time);
      for (let p = 0; p < parameters.length; p++) {
        const value = parameters[p]! * keep;
        const g = gradient[p]! + penalty * value;
        const m = beta1 * mean![p]! + (1 - beta1) * g;
        const s = beta2 * square![p]! + (1 - beta2) * g * g;
        mean![p] = m;
        square![p] = s;
        // With eps = 0 a parameter that never had a gradient is 0 / 0: it stays where it is.
        const denominator = Math.sqrt(s) / root + eps;
        parameters[p] = denominator === 0 ? value : value - (size * m) / denominator;
      }
    },
    plan: {
      settings(time) {
        const { size, root, keep, penalty } = at(time);
        return [1 - beta1, 1 - beta2, size, 1 / root, eps, keep, penalty];
      },
      run: (kernels, [p, g, mean, square], { count, settings: place, tidy }) =>
        kernels.adam(p!, g!, mean!, square!, count, place, tidy),
    },
  });
}
