import { GradientError, InputError, show } from '../../core/errors.js';
import { nothingMore, requireNumber } from '../../data/options.js';
import { firstNotFinite } from '../first-not-finite.js';
import type { NamedParameters } from '../module.js';
import { requireTensor } from '../ops/operand.js';
import type { Tensor } from '../tensor.js';

type Parameters = NamedParameters | readonly Tensor[];

/** Gradients of the parameters that have one, each once and checked to be finite. */
function gradientsOf(where: string, parameters: Parameters): Float64Array[] {
  if (!Array.isArray(parameters)) {
    const got = show(parameters);
    throw new InputError(
      'wrong-type',
      `${where}: needs tensors or [name, tensor] pairs, got ${got}; call namedParameters()`,
    );
  }
  const found = new Set<Float64Array>();
  Array.from(parameters as readonly unknown[]).forEach((entry, position) => {
    const place = `parameters[${position}]`;
    const [name, given] = Array.isArray(entry) ? entry : [place, entry];
    const gradient = requireTensor(where, typeof name === 'string' ? name : place, given).grad;
    if (gradient === null) return;
    const bad = firstNotFinite(gradient);
    if (bad >= 0) {
      throw new GradientError(
        'not-finite-gradient',
        `${where}: every gradient must be finite, got ${gradient[bad]} at element ${bad} of ${name}; lower the learning rate`,
      );
    }
    found.add(gradient);
  });
  return [...found];
}

/**
 * Scales all gradients in place so that their joint Euclidean norm is at most `maxNorm`, and returns
 * the norm before. As PyTorch's `clip_grad_norm_`: the factor is min(1, maxNorm / (norm + 1e-6)).
 * Parameters without a gradient count as zero, one that is given twice counts once.
 *
 * @param parameters tensors, or `[name, tensor]` pairs as `namedParameters()` gives them.
 * @throws GradientError not-finite-gradient, with the parameter; InputError out-of-range.
 *
 * @example
 * import { clipGradientNorm, mul, sum, tensor } from 'clusterlens/nn';
 * const x = tensor([3, 4], { requiresGrad: true });
 * sum(mul(x, tensor([3, 4]))).backward();
 * console.log(clipGradientNorm([x], 1), x.grad!.map((g) => Math.round(g * 100) / 100));
 * // 5 Float64Array(2) [ 0.6, 0.8 ]
 */
export function clipGradientNorm(parameters: Parameters, maxNorm: number, ...more: []): number {
  nothingMore('clipGradientNorm', more, [parameters, maxNorm]);
  const where = 'clipGradientNorm';
  requireNumber(where, 'maxNorm', maxNorm, { min: 0 });
  const gradients = gradientsOf(where, parameters);
  const norm = gradientNorm(gradients);
  const factor = clipFactor(norm, maxNorm);
  if (factor < 1) for (const gradient of gradients) for (let p = 0; p < gradient.length; p++) gradient[p]! *= factor;
  return norm;
}

/**
 * Limits every element of every gradient to -maxValue .. maxValue, in place. As PyTorch's
 * `clip_grad_value_`.
 *
 * @throws GradientError not-finite-gradient, with the parameter; InputError out-of-range.
 *
 * @example
 * import { clipGradientValue, mul, sum, tensor } from 'clusterlens/nn';
 * const x = tensor([1, 1], { requiresGrad: true });
 * sum(mul(x, tensor([5, -0.5]))).backward();
 * clipGradientValue([x], 1);
 * console.log(x.grad); // Float64Array(2) [ 1, -0.5 ]
 */
export function clipGradientValue(parameters: Parameters, maxValue: number, ...more: []): void {
  nothingMore('clipGradientValue', more, [parameters, maxValue]);
  const where = 'clipGradientValue';
  requireNumber(where, 'maxValue', maxValue, { min: 0 });
  for (const gradient of gradientsOf(where, parameters)) {
    for (let p = 0; p < gradient.length; p++) gradient[p] = Math.min(maxValue, Math.max(-maxValue, gradient[p]!));
  }
}

/** A power of two by which values of this size have squares and products that neither overflow nor vanish. */
export function moderation(size: number): number {
  return size > 2 ** 400 ? 2 ** -600 : size < 2 ** -400 ? 2 ** 600 : 1;
}

/** Joint Euclidean norm. */
export function gradientNorm(gradients: readonly Float64Array[]): number {
  let largest = 0;
  for (const gradient of gradients) {
    for (let p = 0; p < gradient.length; p++) {
      const size = Math.abs(gradient[p]!);
      if (!(size <= largest)) largest = size; // NaN too
    }
  }
  const scale = moderation(largest);
  let sum = 0;
  for (const gradient of gradients) {
    for (let p = 0; p < gradient.length; p++) {
      const value = gradient[p]! * scale;
      sum += value * value;
    }
  }
  return Math.sqrt(sum) / scale;
}

/** PyTorch's clipping factor, 1 where nothing is clipped. */
export function clipFactor(norm: number, maxNorm: number): number {
  return Math.min(1, maxNorm / (norm + 1e-6));
}
