import { InputError, show } from '../../core/errors.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { fusedContrast } from '../losses/fused-contrast.js';
import { withFused } from '../losses/fused-loss.js';
import { supCon } from '../losses/sup-con.js';
import { type Batch, type Objective, outputNamed } from '../objective.js';

export interface ContrastiveLossOptions {
  /** 0 or more: lambda. Default 1. */
  readonly weight?: number | undefined;
  /**
   * Name of the output that is pulled together: `latent` or `projection` of the autoencoder, or any
   * output of a model of your own. Metrics should be measured on the same one. Default `latent`.
   */
  readonly on?: string | undefined;
  /** Above 0. Default 0.1. */
  readonly temperature?: number | undefined;
}

/**
 * The term `contrastive`: `supCon` between the rows of a batch by their labels. A batch without two
 * rows of one class has no value; its anchors are counted as skipped.
 *
 * @throws InputError out-of-range, wrong-type or unknown-option.
 *
 * @example
 * import { contrastiveLoss, residualAutoencoder, train } from 'clusterlens/nn';
 * const points = [[0, 1], [1, 0], [0, 2], [2, 0]];
 * const labels = ['up', 'right', 'up', 'right'];
 * const model = residualAutoencoder({ inputSize: 2, latentSize: 2, projectionSize: 2, hiddenSizes: [8] });
 * const objective = [contrastiveLoss({ on: 'latent', temperature: 0.5 })];
 * const { epochs } = await train(model, { points, labels }, { objective, epochs: 20 });
 * console.log(epochs[19]!.losses.total! < epochs[0]!.losses.total!); // true
 */
export function contrastiveLoss(options?: ContrastiveLossOptions, ...more: []): Objective {
  nothingMore('contrastiveLoss', more, [options]);
  const where = 'contrastiveLoss';
  const given = checkOptions(where, options, ['weight', 'on', 'temperature']);
  const on = given.on ?? 'latent';
  if (typeof on !== 'string') {
    throw new InputError('wrong-type', `${where}: on must be the name of an output of the model, got ${show(on)}`);
  }
  const temperature = numberIn(where, 'temperature', given.temperature, { min: 0, open: true }, 0.1);
  return {
    name: 'contrastive',
    weight: numberIn(where, 'weight', given.weight, { min: 0 }, 1),
    settings: { on, temperature },
    needsLabels: true,
    countsAnchors: true,
    loss: withFused(
      (outputs: unknown, batch: Batch) => supCon(outputNamed(where, outputs, on), batch.labels!, { temperature }),
      fusedContrast(on, temperature),
    ),
  };
}
