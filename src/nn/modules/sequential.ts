import { InputError, ShapeError, show } from '../../core/errors.js';
import { type Module, type NamedBuffers, type NamedParameters, prefixed, prefixedBuffers } from '../module.js';
import type { Tensor } from '../tensor.js';
import { restoreStates, rngStates } from './rng-states.js';

/** A step of a Sequential: a module, or an operation on one tensor such as `relu`. */
export type Step = Module | ((x: Tensor) => Tensor);

/**
 * Modules and operations one after the other; parameters are named by position: `0.weight`, `2.bias`.
 *
 * @example
 * import { Linear, relu, Sequential, tensor } from 'clusterlens/nn';
 * const model = new Sequential(new Linear(3, 8, { seed: 0 }), relu, new Linear(8, 2, { seed: 1 }));
 * console.log(model.forward(tensor([[1, 2, 3]])).shape); // [ 1, 2 ]
 * console.log(model.namedParameters().map(([name]) => name)); // [ '0.weight', '0.bias', '2.weight', '2.bias' ]
 */
export class Sequential implements Module {
  private readonly steps: readonly Step[];

  constructor(...steps: readonly Step[]) {
    steps.forEach((step, i) => {
      if (typeof step === 'function') return;
      const lacks = (['forward', 'namedParameters', 'setTraining'] as const).find(
        (method) => typeof (step as Module | null)?.[method] !== 'function',
      );
      if (lacks === undefined) return;
      const list = Array.isArray(step) ? '; write new Sequential(a, b), without an array' : '';
      const without = typeof (step as Module | null)?.forward === 'function' ? ` without ${lacks}()` : '';
      throw new InputError(
        'wrong-type',
        `Sequential: step ${i} must be a module or a function, got ${show(step)}${without}${list}`,
      );
    });
    this.steps = steps;
  }

  forward(x: Tensor): Tensor {
    return this.steps.reduce((value, step, i) => {
      try {
        return typeof step === 'function' ? step(value) : step.forward(value);
      } catch (error) {
        if (!(error instanceof ShapeError)) throw error;
        throw new ShapeError(error.code, `${error.message} (step ${i} of a Sequential)`);
      }
    }, x);
  }

  namedParameters(): NamedParameters {
    return this.steps.flatMap((step, i) => (typeof step === 'function' ? [] : prefixed(String(i), step)));
  }

  namedBuffers(): NamedBuffers {
    return this.steps.flatMap((step, i) => (typeof step === 'function' ? [] : prefixedBuffers(String(i), step)));
  }

  cannotPlan(): string | null {
    return this.modules().reduce<string | null>((reason, module) => reason ?? module.cannotPlan?.() ?? null, null);
  }

  /** Whether any module is in training; undefined when none tells. */
  get training(): boolean | undefined {
    const told = this.modules().flatMap(({ training }) => training ?? []);
    return told.length === 0 ? undefined : told.includes(true);
  }

  setTraining(training: boolean): void {
    for (const module of this.modules()) module.setTraining(training);
  }

  rngState(): number[] {
    return rngStates(this.modules());
  }

  restoreRng(state: readonly number[]): void {
    restoreStates('Sequential', this.modules(), state);
  }

  private modules(): Module[] {
    return this.steps.filter((step) => typeof step !== 'function');
  }
}
