import { plannedKernelOf } from '../optimizers/built-in.js';
import type { Optimizer, OptimizerState, PlannedKernel, Stretch } from '../optimizers/optimizer.js';
import { aligned, LINE } from './arena.js';
import { type ParameterStore, SETTINGS_PLACE } from './parameter-store.js';

/** An optimiser over the flat buffers of a store. */
export interface PlannedOptimizer {
  /** One step with this factor on the learning rate; false when a parameter became infinite or NaN. */
  update(factor: number): boolean;
  /** Takes the parameters back to before the last update; the gradient must not have changed since. */
  undo(): void;
  /** A copy. */
  state(): OptimizerState;
  setState(state: OptimizerState): void;
  /** What does not lie in the store; the function returned puts it back. */
  remember(): () => void;
  readonly step: number;
}

/** Steps between two searches for tiny moments. */
const TIDY = 16;

function momentNames(optimizer: Optimizer): string[] {
  return Object.keys(optimizer.init(0).moments);
}

/** How many moments the store needs room for: none for an optimiser without a kernel, which keeps its own. */
export function plannedMoments(optimizer: Optimizer): number {
  return plannedKernelOf(optimizer) === undefined ? 0 : momentNames(optimizer).length;
}

function withKernel(
  optimizer: Optimizer,
  kernel: PlannedKernel,
  store: ParameterStore,
  undecayed: readonly Stretch[],
): PlannedOptimizer {
  const { memory, floats, parameters, gradient, moments, size, padded } = store;
  const { kernels } = memory;
  const names = momentNames(optimizer);
  let step = 0;
  /** Buffers of all parameters, and of copies of those without decay, in the same order. */
  const all = [parameters, gradient, ...moments];
  const copies = all.map((_, i) => store.aside + i * (aligned(4 * store.asideSize) + LINE));

  function run(places: readonly number[], count: number, decays: boolean): boolean {
    const rate = optimizer.learningRate * factor;
    const tidy = step % TIDY === 0 ? 1 : 0;
    floats().set(kernel.settings({ step, rate, decays }), SETTINGS_PLACE >> 2);
    return kernel.run(kernels, places, { count, settings: SETTINGS_PLACE, tidy }) === 1;
  }

  /** Copies the parameters without decay, their gradients and moments aside, or back. */
  function move(back: boolean): void {
    const view = floats();
    all.forEach((place, i) => {
      let at = copies[i]! >> 2;
      for (const [from, to] of undecayed) {
        const start = (place >> 2) + from;
        if (back) view.copyWithin(start, at, at + to - from);
        else view.copyWithin(at, start, start + to - from);
        at += to - from;
      }
    });
  }

  let factor = 1;
  return {
    get step() {
      return step;
    },
    update(given) {
      step++;
      factor = given;
      if (undecayed.length === 0) return run(all, padded, true);
      move(false);
      run(all, padded, true);
      run(copies, store.asideSize, false);
      move(true);
      return kernels.allFinite(parameters, padded) === 1;
    },
    // The kernels leave the old parameters in the place of the gradient.
    undo: () => kernels.copyRuns(gradient, parameters, 1, padded, 0, 0, 0),
    state() {
      const at = (i: number) => floats().subarray(moments[i]! >> 2, (moments[i]! >> 2) + size);
      return { step, moments: Object.fromEntries(names.map((name, i) => [name, new Float64Array(at(i))])) };
    },
    setState(state) {
      step = state.step;
      names.forEach((name, i) => {
        floats().set(state.moments[name]!, moments[i]! >> 2);
      });
    },
    remember() {
      const before = step;
      return () => {
        step = before;
      };
    },
  };
}

/** By its own update, in float64 on copies. */
function withoutKernel(optimizer: Optimizer, store: ParameterStore): PlannedOptimizer {
  const { floats, size } = store;
  const at = (place: number) => floats().subarray(place >> 2, (place >> 2) + size);
  let state = optimizer.init(size);
  return {
    get step() {
      return state.step;
    },
    update(factor) {
      const values = new Float64Array(at(store.parameters));
      state = optimizer.updateInto(state, {
        parameters: values,
        gradient: new Float64Array(at(store.gradient)),
        factor,
      });
      at(store.gradient).set(at(store.parameters));
      at(store.parameters).set(values);
      return at(store.parameters).every(Number.isFinite);
    },
    undo: () => at(store.parameters).set(at(store.gradient)),
    state: () => state,
    setState(next) {
      state = next;
    },
    remember() {
      const copies = Object.entries(state.moments).map(([name, values]) => [name, values.slice()] as const);
      const before = { step: state.step, moments: Object.fromEntries(copies) };
      return () => {
        state = before;
      };
    },
  };
}

/** @param undecayed parameters without weight decay; the store has room for copies of them. */
export function plannedOptimizer(
  optimizer: Optimizer,
  store: ParameterStore,
  undecayed: readonly Stretch[] = [],
): PlannedOptimizer {
  const kernel = plannedKernelOf(optimizer);
  return kernel === undefined ? withoutKernel(optimizer, store) : withKernel(optimizer, kernel, store, undecayed);
}
