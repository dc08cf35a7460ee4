import { InputError, show } from './errors.js';
import { nothingMore } from './options.js';

function requireInteger(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const message = `Rng: ${name} must be an integer with ${least} <= ${name} <= ${most}, got ${show(value)}`;
  throw new InputError('out-of-range', message);
}

/** A uniform integer in 0 .. bound - 1; the bound is known to be an integer from 1 to 2^32. */
function below(rng: Rng, bound: number): number {
  let value = rng.uint32();
  // Few values are so large that they can be in the part that would be drawn more often.
  if (value >= 4294967296 - bound) {
    const limit = 4294967296 - (4294967296 % bound);
    while (value >= limit) value = rng.uint32();
  }
  return value % bound;
}

/**
 * Seeded random numbers: xoshiro128** (Blackman and Vigna 2018, doi:10.1145/3460772), seeded by
 * SplitMix32. Integer arithmetic only, so that a seed gives the same stream on every engine.
 *
 * @example
 * import { Rng } from 'clusterlens/nn';
 * const rng = new Rng(7);
 * console.log(rng.uniform().toFixed(4), rng.integer(6), rng.normal().toFixed(4)); // 0.2338 5 -1.2927
 * console.log(new Rng(7).uniform().toFixed(4)); // 0.2338
 */
export class Rng {
  private readonly s = new Uint32Array(4);

  /**
   * @param seed an integer from 0 to 2^53.
   * @throws InputError for anything else.
   */
  constructor(seed: number, ...more: []) {
    nothingMore('Rng', more, [seed]);
    requireInteger('seed', seed, 0, 2 ** 53);
    // A seed above 2^32 uses its high half too.
    let state = (seed ^ Math.imul(Math.floor(seed / 4294967296), 0x9e3779b9)) >>> 0;
    for (let i = 0; i < 4; i++) {
      state = (state + 0x9e3779b9) >>> 0;
      let z = state;
      z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
      z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
      this.s[i] = z ^ (z >>> 16);
    }
  }

  /** Next 32 bits as an unsigned integer. */
  uint32(): number {
    const s = this.s;
    const s1 = s[1]!;
    const scrambled = Math.imul(s1, 5);
    const result = Math.imul((scrambled << 7) | (scrambled >>> 25), 9) >>> 0;
    const t = s1 << 9;
    s[2]! ^= s[0]!;
    s[3]! ^= s1;
    s[1]! ^= s[2]!;
    s[0]! ^= s[3]!;
    s[2]! ^= t;
    const s3 = s[3]!;
    s[3] = (s3 << 11) | (s3 >>> 21);
    return result;
  }

  /** Uniform in [0, 1), 53 bits. */
  uniform(): number {
    const high = this.uint32() >>> 5;
    const low = this.uint32() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /**
   * Uniform integer in 0 .. bound - 1, without modulo bias.
   *
   * @throws InputError out-of-range unless 1 <= bound <= 2^32.
   */
  integer(bound: number): number {
    requireInteger('bound', bound, 1, 2 ** 32);
    return below(this, bound);
  }

  /**
   * Standard normal, by Marsaglia's polar method: it needs only log and sqrt, whose results do not
   * differ between engines as those of sin and cos do.
   */
  normal(): number {
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const square = u * u + v * v;
      if (square > 0 && square < 1) return u * Math.sqrt((-2 * Math.log(square)) / square);
    }
  }

  /** Fisher-Yates shuffle in place; returns its argument. */
  shuffle<T extends { [index: number]: number; length: number }>(items: T): T {
    const length: unknown = (items as { length?: unknown } | null | undefined)?.length;
    if (
      typeof items !== 'object' ||
      items instanceof String ||
      !Number.isSafeInteger(length) ||
      (length as number) < 0
    ) {
      throw new InputError('wrong-type', `Rng: shuffle needs an array, got ${show(items)}`);
    }
    if ((length as number) > 2 ** 32) {
      throw new InputError('out-of-range', `Rng: shuffle takes at most 2^32 items, got ${length}`);
    }
    for (let i = items.length - 1; i > 0; i--) {
      const j = below(this, i + 1);
      const held = items[i]!;
      items[i] = items[j]!;
      items[j] = held;
    }
    return items;
  }

  /** The state, to be written into a checkpoint; four unsigned 32-bit integers. */
  state(): [number, number, number, number] {
    const [a, b, c, d] = this.s;
    return [a!, b!, c!, d!];
  }

  /**
   * Continue from a state written by `state()`.
   *
   * @throws InputError for what is none; zeros alone would stay zeros.
   */
  restore(state: readonly number[]): this {
    const isWord = (word: number) => Number.isInteger(word) && word >= 0 && word < 2 ** 32;
    if (state?.length !== 4 || !state.every(isWord) || state.every((word) => word === 0)) {
      throw new InputError(
        'out-of-range',
        `Rng: a state is four integers from 0 to 2^32 - 1, not all 0, got ${show(state)}`,
      );
    }
    this.s.set(state);
    return this;
  }
}
