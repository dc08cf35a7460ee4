import { Rng } from '../../core/rng.js';
import { checkOptions, nothingMore, requireNumber } from '../../data/options.js';
import { layerSeed } from '../default-seed.js';
import type { Module, NamedParameters } from '../module.js';
import { gaussianNoise } from '../ops/gaussian-noise.js';
import type { Tensor } from '../tensor.js';
import { restoreStates } from './rng-states.js';

export interface GaussianNoiseOptions {
  /** Seed of the noise. Default: the next of the process, see `manualSeed`. */
  readonly seed?: number | undefined;
}

/**
 * Adds normal noise of mean 0 and standard deviation `deviation` to each element while training; in
 * evaluation the identity. Each pass draws its own noise, also under a plan. It begins in training.
 *
 * @throws InputError out-of-range for a deviation below 0.
 *
 * @example
 * import { GaussianNoise, tensor } from 'clusterlens/nn';
 * const layer = new GaussianNoise(0.1, { seed: 1 });
 * console.log(layer.forward(tensor([1, 1])).data.map((value) => Math.round(value * 100) / 100));
 * // Float64Array(2) [ 1.02, 0.96 ]
 * layer.setTraining(false);
 * console.log(layer.forward(tensor([1, 1])).data); // Float64Array(2) [ 1, 1 ]
 */
export class GaussianNoise implements Module {
  readonly deviation: number;
  private readonly rng: Rng;
  /** Whether it is in training; `setTraining` sets it. */
  training = true;

  constructor(deviation: number, options?: GaussianNoiseOptions, ...more: []) {
    nothingMore('GaussianNoise', more, [deviation, options]);
    const { seed } = checkOptions('GaussianNoise', options, ['seed']);
    this.deviation = requireNumber('GaussianNoise', 'deviation', deviation, { min: 0 });
    this.rng = new Rng(layerSeed('GaussianNoise', seed));
  }

  forward(x: Tensor): Tensor {
    return this.training && this.deviation > 0 ? gaussianNoise(x, { deviation: this.deviation, rng: this.rng }) : x;
  }

  namedParameters(): NamedParameters {
    return [];
  }

  setTraining(training: boolean): void {
    this.training = training;
  }

  /** Four unsigned 32-bit integers. */
  rngState(): number[] {
    return this.rng.state();
  }

  restoreRng(state: readonly number[]): void {
    restoreStates(
      'GaussianNoise',
      [{ rngState: () => this.rngState(), restoreRng: (s) => this.rng.restore(s) }],
      state,
    );
  }
}
