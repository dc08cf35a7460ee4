import { ShapeError } from '../../core/errors.js';
import type { Labels } from '../../core/types.js';
import { readLabels } from '../../data/labels.js';
import { checkOptions, nothingMore, numberIn } from '../../data/options.js';
import { requireMatrix } from '../ops/operand.js';
import type { Tensor } from '../tensor.js';
import { type ContrastiveLoss, contrast } from './contrast.js';

export interface ContrastiveOptions {
  /** Divides the cosine similarities; smaller looks harder at the nearest. Default 0.1, above 0. */
  readonly temperature?: number | undefined;
}

/** Embeddings as a matrix with one checked label per row. */
export function labelled(where: string, embeddings: Tensor, labels: Labels): { rows: Tensor; codes: Int32Array } {
  const rows = requireMatrix(where, 'embeddings', embeddings);
  const { codes } = readLabels(where, labels);
  if (codes.length === rows.shape[0]) return { rows, codes };
  throw new ShapeError(
    'length-mismatch',
    `${where}: needs one label per row of embeddings, got ${rows.shape[0]} rows and ${codes.length} labels`,
  );
}

export function temperatureOf(where: string, options: ContrastiveOptions | undefined): number {
  const { temperature } = checkOptions(where, options, ['temperature']);
  return numberIn(where, 'temperature', temperature, { min: 0, open: true }, 0.1);
}

/**
 * Supervised contrastive loss, L_out: for each of the B rows that share their label with another
 * one, the mean negative log-probability of its positives among the B - 1 others, on cosine
 * similarity over temperature; averaged over those rows.
 * Khosla et al. 2020, arXiv:2004.11362, equation 2, without the factor that some programs put before.
 *
 * Lower is better. `floor` is the mean over the valid rows of log(number of their positives), so
 * log(K - 1) for P classes of K: a lower bound at every temperature, approached as positives
 * coincide, the others turn away and the temperature goes to 0. `ceiling` is log(B - 1), the value when
 * all embeddings are equal. Rows without a positive are skipped and counted. A batch in which no row
 * has a positive gives the constant 0 with `validAnchors: 0`, `backward` of which throws: leave such
 * batches out of means. It does not change when embeddings are scaled or rows permuted.
 * A zero vector has similarity 0 to all, gradient 0, and is counted in `zeroVectors`.
 *
 * Cost 2 B^2 d.
 *
 * @param embeddings B x d; they are normalised here.
 * @param labels B labels.
 * @throws InputError on bad labels or temperature; ShapeError length-mismatch, shape-mismatch.
 *
 * @example
 * import { supCon, tensor } from 'clusterlens/nn';
 * const embeddings = tensor([[1, 0], [1, 0.1], [0, 1], [0.1, 1]]);
 * const { value, floor, ceiling, validAnchors } = supCon(embeddings, ['a', 'a', 'b', 'b']);
 * console.log(value.toFixed(4), floor, ceiling.toFixed(3), validAnchors); // 0.0003 0 1.099 4
 */
export function supCon(embeddings: Tensor, labels: Labels, options?: ContrastiveOptions, ...more: []): ContrastiveLoss {
  nothingMore('supCon', more, [embeddings, labels, options]);
  const temperature = temperatureOf('supCon', options);
  const { rows, codes } = labelled('supCon', embeddings, labels);
  return contrast(rows, codes, temperature);
}
