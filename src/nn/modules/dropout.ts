import { Rng } from '../../core/rng.js';
import { checkOptions, nothingMore } from '../../data/options.js';
import { layerSeed } from '../default-seed.js';
import type { Module, NamedParameters } from '../module.js';
import { dropout, dropoutRate } from '../ops/dropout.js';
import type { Tensor } from '../tensor.js';
import { restoreStates } from './rng-states.js';

export interface DropoutOptions {
  /** Seed of the masks. Default: the next of the process, see `manualSeed`. */
  readonly seed?: number | undefined;
}

/**
 * Inverted dropout: while training each element becomes 0 with probability `rate` (default 0.5) and
 * the others are divided by 1 - rate; in evaluation the identity. It begins in training.
 *
 * @example
 * import { Dropout, tensor } from 'clusterlens/nn';
 * const layer = new Dropout(0.5, { seed: 1 });
 * console.log(layer.forward(tensor([1, 1, 1, 1])).data); // Float64Array(4) [ 2, 2, 2, 0 ]
 * layer.setTraining(false);
 * console.log(layer.forward(tensor([1, 1, 1, 1])).data); // Float64Array(4) [ 1, 1, 1, 1 ]
 */
export class Dropout implements Module {
  readonly rate: number;
  private readonly rng: Rng;
  /** Whether it is in training; `setTraining` sets it. */
  training = true;

  constructor(rate?: number, options?: DropoutOptions, ...more: []) {
    nothingMore('Dropout', more, [rate, options]);
    const { seed } = checkOptions('Dropout', options, ['seed']);
    this.rate = dropoutRate('Dropout', rate, 0.5);
    this.rng = new Rng(layerSeed('Dropout', seed));
  }

  forward(x: Tensor): Tensor {
    return this.training && this.rate > 0 ? dropout(x, { rate: this.rate, rng: this.rng }) : x;
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
    restoreStates('Dropout', [{ rngState: () => this.rngState(), restoreRng: (s) => this.rng.restore(s) }], state);
  }
}
