import { InputError, show } from '../core/errors.js';
import { Rng } from '../core/rng.js';
import { nothingMore, requireNumber, seedOf } from '../data/options.js';

const generator = /* @__PURE__ */ new Rng(0);

/** A seed for a layer: the one that was given, or the next one of the process. */
export function layerSeed(where: string, given: unknown): number {
  return given === undefined ? generator.uint32() : seedOf(where, given);
}

/**
 * Seeds the layers that are made without a seed of their own, as PyTorch's `torch.manual_seed` does.
 * Such a layer takes the next number of one generator per process, so that two layers never begin
 * with the same weights or draw the same masks; the generator begins at seed 0, so that a program
 * gives the same numbers in every run. A layer with a seed of its own takes nothing from it.
 *
 * With `build`, only what `build` makes is seeded: it does not depend on which layers were made
 * before, and the generator stands afterwards where it stood.
 *
 *     const model = manualSeed(7, () => new Sequential(new Linear(8, 8), relu, new Linear(8, 2)));
 *
 * @throws InputError out-of-range or wrong-type; wrong-type when `build` returns a promise.
 *
 * @example
 * import { Linear, manualSeed } from 'clusterlens/nn';
 * const make = () => new Linear(2, 1);
 * const first = manualSeed(7, make).weight.data;
 * console.log(first.every((value, i) => value === manualSeed(7, make).weight.data[i])); // true
 */
export function manualSeed(seed: number): void;
export function manualSeed<T>(seed: number, build: () => T): T;
export function manualSeed<T>(seed: number, build?: () => T, ...more: []): T | undefined {
  const where = 'manualSeed';
  nothingMore(where, more, [seed, build]);
  const start = new Rng(requireNumber(where, 'seed', seed, { min: 0, max: Number.MAX_SAFE_INTEGER, integer: true }));
  if (build !== undefined && typeof build !== 'function') {
    throw new InputError('wrong-type', `${where}: build must be a function, got ${show(build)}`);
  }
  const before = generator.state();
  generator.restore(start.state());
  if (build === undefined) return undefined;
  try {
    const built = build();
    if (typeof (built as { then?: unknown } | null | undefined)?.then === 'function') {
      throw new InputError('wrong-type', `${where}: build must be synchronous, got a function that returns a promise`);
    }
    return built;
  } finally {
    generator.restore(before);
  }
}
