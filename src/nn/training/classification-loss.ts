import { InputError, show } from '../../core/errors.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { classWeights, crossEntropyOf, requireClasses } from '../losses/cross-entropy.js';
import { fusedCrossEntropy } from '../losses/fused-cross-entropy.js';
import { withFused } from '../losses/fused-loss.js';
import { type Batch, type Objective, outputNamed } from '../objective.js';
import { requireMatrix } from '../ops/operand.js';
import { Tensor } from '../tensor.js';

export interface ClassificationLossOptions {
  /** 0 or more. Default 1. */
  readonly weight?: number | undefined;
  /** Name of the output with the logits, one column per class; a model with one output needs none. Default `logits`. */
  readonly on?: string | undefined;
  /** What each class counts, in label order. Default: 1 each. */
  readonly classWeights?: ArrayLike<number> | undefined;
  /** 0 to 1. Default 0. */
  readonly labelSmoothing?: number | undefined;
}

/**
 * The term `classification`: `crossEntropy` between the logits of the model and the labels of the batch,
 * the training classes in label order being 0, 1 and so on.
 *
 * @throws InputError out-of-range, wrong-type or unknown-option; while training, out-of-range for a row
 *   whose class has no logit (a held-out class that training never saw), and for a wrong number of
 *   weights.
 *
 * @example
 * import { adam, classificationLoss, Linear, train } from 'clusterlens/nn';
 * const points = [[0, 1], [1, 0], [0, 2], [2, 0]];
 * const labels = ['up', 'right', 'up', 'right'];
 * const options = { objective: [classificationLoss()], optimizer: adam({ learningRate: 0.1 }), epochs: 50 };
 * const record = await train(new Linear(2, 2, { seed: 0 }), { points, labels }, options);
 * console.log(record.epochs[49]!.losses.byName.classification! < 0.05); // true
 */
export function classificationLoss(options?: ClassificationLossOptions, ...more: []): Objective {
  nothingMore('classificationLoss', more, [options]);
  const where = 'classificationLoss';
  const given = checkOptions(where, options, ['weight', 'on', 'classWeights', 'labelSmoothing']);
  const on = given.on ?? 'logits';
  if (typeof on !== 'string') {
    throw new InputError('wrong-type', `${where}: on must be the name of an output of the model, got ${show(on)}`);
  }
  const weight = classWeights(where, 'classWeights', given.classWeights);
  const smoothing = numberIn(where, 'labelSmoothing', given.labelSmoothing, { min: 0, max: 1 }, 0);
  return {
    name: 'classification',
    weight: numberIn(where, 'weight', given.weight, { min: 0 }, 1),
    settings: { on, classWeights: weight === null ? null : weight.join(' '), labelSmoothing: smoothing },
    needsLabels: true,
    loss: withFused(
      (outputs: unknown, batch: Batch) => {
        const output = outputs instanceof Tensor ? outputs : outputNamed(where, outputs, on);
        const logits = requireMatrix(where, 'the logits', output);
        const k = logits.shape[1]!;
        classWeights(where, 'classWeights', given.classWeights, k);
        const codes = batch.labels!;
        requireClasses(where, batch, k);
        return crossEntropyOf(logits, { codes, weight, smoothing });
      },
      fusedCrossEntropy(where, on, { weight, smoothing }),
    ),
  };
}
