import type { Op, Tensor } from '../tensor.js';
import { overflow } from './operand.js';

/** Statistics that a pass in training moves towards those of its batch. */
export interface RunningStatistics {
  /** One number per column. */
  readonly mean: Tensor;
  readonly variance: Tensor;
  /** How many batches they have seen; a single number. */
  readonly batches: Tensor;
  /** Share of the new batch; null: the plain average over all batches. */
  readonly momentum: number | null;
}

export interface BatchNormAttributes {
  /** Added to the variance of a column, which may be 0. */
  readonly eps: number;
  /** Present in training, where the inputs are x, weight and bias; else mean and variance are inputs too. */
  readonly running: RunningStatistics | null;
}

/** Normalised values, and the reciprocal standard deviation of each column. */
type Saved = { readonly normalised: Float64Array; readonly scale: Float64Array };

interface Moments {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/** Mean and biased variance of each column, by two passes. */
function columnMoments(x: Float64Array, width: number): Moments {
  const rows = x.length / width;
  const mean = new Float64Array(width);
  const variance = new Float64Array(width);
  for (let p = 0; p < x.length; p++) mean[p % width]! += x[p]!;
  for (let j = 0; j < width; j++) mean[j]! /= rows;
  for (let p = 0; p < x.length; p++) variance[p % width]! += (x[p]! - mean[p % width]!) ** 2;
  for (let j = 0; j < width; j++) {
    if (!Number.isFinite(variance[j]!)) throw overflow('batchNorm', `the variance of column ${j}`);
    variance[j]! /= rows;
  }
  return { mean, variance };
}

function moveTowards({ mean, variance, batches, momentum }: RunningStatistics, batch: Moments, rows: number): void {
  batches.data[0]! += 1;
  const share = momentum ?? 1 / batches.data[0]!;
  for (let j = 0; j < batch.mean.length; j++) {
    mean.data[j]! += share * (batch.mean[j]! - mean.data[j]!);
    variance.data[j]! += share * ((batch.variance[j]! * rows) / (rows - 1) - variance.data[j]!);
  }
}

/** Columns normalised by the moments of the batch, or by given ones; Ioffe and Szegedy 2015, arXiv:1502.03167. */
export const batchNormOp: Op<BatchNormAttributes, Saved> = {
  name: 'batchNorm',
  changes: ({ running }) => (running === null ? [] : [running.mean, running.variance, running.batches]),
  forward([x, weight, bias, givenMean, givenVariance], { eps, running }) {
    const width = weight!.size;
    const rows = x!.size / width;
    const moments: Moments =
      running === null ? { mean: givenMean!.data, variance: givenVariance!.data } : columnMoments(x!.data, width);
    const scale = moments.variance.map((variance) => 1 / Math.sqrt(variance + eps));
    const normalised = new Float64Array(x!.size);
    const data = new Float64Array(x!.size);
    for (let p = 0; p < data.length; p++) {
      const j = p % width;
      normalised[p] = (x!.data[p]! - moments.mean[j]!) * scale[j]!;
      data[p] = normalised[p]! * weight!.data[j]! + bias!.data[j]!;
    }
    if (running !== null) moveTowards(running, moments, rows);
    return { data, shape: x!.shape, saved: { normalised, scale } };
  },
  // In training dx = (g - mean(g) - z mean(g z)) w / sd over a column, z normalised; else g w / sd.
  backward(gradient, { inputs, attributes, saved: { normalised, scale } }, [intoX, intoWeight, intoBias]) {
    const weight = inputs[1]!.data;
    const width = weight.length;
    const rows = gradient.length / width;
    const sum = new Float64Array(width);
    const along = new Float64Array(width);
    for (let p = 0; p < gradient.length; p++) {
      sum[p % width]! += gradient[p]!;
      along[p % width]! += gradient[p]! * normalised[p]!;
    }
    for (let j = 0; j < width; j++) {
      if (intoWeight) intoWeight[j]! += along[j]!;
      if (intoBias) intoBias[j]! += sum[j]!;
    }
    if (!intoX) return;
    for (let p = 0; p < gradient.length; p++) {
      const j = p % width;
      const centred =
        attributes.running === null
          ? gradient[p]!
          : gradient[p]! - sum[j]! / rows - (normalised[p]! * along[j]!) / rows;
      intoX[p]! += centred * weight[j]! * scale[j]!;
    }
  },
};
