import { InputError } from '../../core/errors.js';
import { booleanOf, checkOptions, nothingMore, numberIn, requireNumber } from '../../data/options.js';
import { fromKernel } from './from-kernel.js';
import type { Optimizer, StepTime } from './optimizer.js';

export interface SgdOptions {
  /** Above 0. */
  readonly learningRate: number;
  /** Share of the last direction that is kept, 0 or more. Default 0. */
  readonly momentum?: number | undefined;
  /** L2 penalty: this times the parameter is added to its gradient. Default 0. */
  readonly weightDecay?: number | undefined;
  /** Looks one momentum step ahead; needs momentum > 0 and dampening 0. Default false. */
  readonly nesterov?: boolean | undefined;
  /** Share of the gradient that does not enter the momentum, 0 to 1. Default 0. */
  readonly dampening?: number | undefined;
}

/**
 * Stochastic gradient descent with the formulas of PyTorch's `SGD`:
 * g = gradient + weightDecay p; v = momentum v + (1 - dampening) g (v = g in the first step);
 * p -= rate (g + momentum v with nesterov, v with momentum, else g).
 *
 * @throws InputError out-of-range, wrong-type, not-finite or unknown-option.
 *
 * @example
 * import { sgd } from 'clusterlens/nn';
 * const optimizer = sgd({ learningRate: 0.1 });
 * const start = { parameters: Float64Array.of(1), gradient: Float64Array.of(4) };
 * console.log(optimizer.update(optimizer.init(1), start).parameters[0]!.toFixed(3)); // 0.600
 */
export function sgd(options: SgdOptions, ...more: []): Optimizer {
  nothingMore('sgd', more, [options]);
  const where = 'sgd';
  const names = ['learningRate', 'momentum', 'weightDecay', 'nesterov', 'dampening'];
  const given = checkOptions(where, options, names);
  const learningRate = requireNumber(where, 'learningRate', given.learningRate, { min: Number.MIN_VALUE });
  const momentum = numberIn(where, 'momentum', given.momentum, { min: 0 }, 0);
  const weightDecay = numberIn(where, 'weightDecay', given.weightDecay, { min: 0 }, 0);
  const dampening = numberIn(where, 'dampening', given.dampening, { min: 0, max: 1 }, 0);
  const nesterov = booleanOf(where, 'nesterov', given.nesterov, false);
  if (nesterov && (momentum === 0 || dampening !== 0)) {
    throw new InputError(
      'out-of-range',
      `sgd: nesterov needs momentum > 0 and dampening = 0, got momentum ${momentum} and dampening ${dampening}`,
    );
  }
  const settings = { learningRate, momentum, weightDecay, nesterov, dampening };
  const at = ({ step, decays }: StepTime) => ({
    decay: decays ? weightDecay : 0,
    kept: step === 1 ? 0 : momentum,
    fresh: step === 1 ? 1 : 1 - dampening,
  });
  return fromKernel(where, settings, momentum === 0 ? [] : ['velocity'], {
    tape(parameters, gradient, { velocity }, time) {
      const { decay, kept, fresh } = at(time);
      for (let p = 0; p < parameters.length; p++) {
        const g = gradient[p]! + decay * parameters[p]!;
        let direction = g;
        if (velocity !== undefined) {
          const v = kept * velocity[p]! + fresh * g;
          velocity[p] = v;
          direction = nesterov ? g + momentum * v : v;
        }
        parameters[p]! -= time.rate * direction;
      }
    },
    plan: {
      settings(time) {
        const { decay, kept, fresh } = at(time);
        return [time.rate, decay, kept, fresh, nesterov ? momentum : 0];
      },
      run: (kernels, [p, g, velocity = 0], { count, settings: place, tidy }) =>
        kernels.sgd(p!, g!, velocity, count, place, tidy),
    },
  });
}
