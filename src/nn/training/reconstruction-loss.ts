import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { withFused } from '../losses/fused-loss.js';
import { fusedSquaredError } from '../losses/fused-squared-error.js';
import { mse } from '../losses/mse.js';
import { type Batch, type Objective, outputNamed } from '../objective.js';
import { Tensor } from '../tensor.js';

export interface ReconstructionLossOptions {
  /** 0 or more. Default 1. */
  readonly weight?: number | undefined;
}

/**
 * The term `reconstruction`: mean squared error between the output `reconstruction` of the model, or
 * its only output, and the points themselves.
 *
 * @throws InputError out-of-range or unknown-option.
 *
 * @example
 * import { adam, Linear, reconstructionLoss, train } from 'clusterlens/nn';
 * const points = [[0, 1], [1, 0], [0, 2], [2, 0]];
 * const options = { objective: [reconstructionLoss()], optimizer: adam({ learningRate: 0.1 }), epochs: 100 };
 * const record = await train(new Linear(2, 2, { seed: 0 }), { points }, options);
 * console.log(record.epochs[99]!.losses.total! < 0.01); // true
 */
export function reconstructionLoss(options?: ReconstructionLossOptions, ...more: []): Objective {
  nothingMore('reconstructionLoss', more, [options]);
  const where = 'reconstructionLoss';
  const given = checkOptions(where, options, ['weight']);
  return {
    name: 'reconstruction',
    weight: numberIn(where, 'weight', given.weight, { min: 0 }, 1),
    loss: withFused((outputs: unknown, batch: Batch) => {
      const output = outputs instanceof Tensor ? outputs : outputNamed(where, outputs, 'reconstruction');
      return mse(output, batch.points);
    }, fusedSquaredError('reconstruction')),
  };
}
