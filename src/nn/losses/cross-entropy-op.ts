import type { Op } from '../tensor.js';

/** Which class each of n rows of k logits is to have, and what its loss counts. */
export interface CrossEntropyTargets {
  /** Class codes; -1: the row is left out. */
  readonly codes: Int32Array;
  /** One per class; null: all 1. */
  readonly weight: Float64Array | null;
  /** Share of the target that is spread over all classes. */
  readonly smoothing: number;
}

export interface CrossEntropyAttributes extends CrossEntropyTargets {
  /** What the sum over the rows is divided by; null: there is no sum, each row is a result. */
  readonly divisor: number | null;
}

/** What class c counts in the loss of a row of class `code`. */
function shareOf({ weight, smoothing }: CrossEntropyTargets, k: number, code: number, c: number): number {
  return (weight === null ? 1 : weight[c]!) * (smoothing / k + (c === code ? 1 - smoothing : 0));
}

/** Sum over the classes of -a log(a / sum of a): the least that the shares a allow. */
function leastOf(shares: Float64Array): number {
  let total = 0;
  for (const share of shares) total += share;
  let least = 0;
  for (const share of shares) if (share > 0) least -= share * Math.log(share / total);
  return least;
}

/**
 * Rows that count and the sum of the weights of their classes; a sum over the rows that no logits pass
 * below, and the one that the best constant logits reach.
 */
export function countTargets(targets: CrossEntropyTargets, k: number) {
  const { codes, weight } = targets;
  const shares = new Float64Array(k);
  const all = new Float64Array(k);
  const counts = new Int32Array(k);
  let valid = 0;
  let weights = 0;
  for (const code of codes) {
    if (code < 0) continue;
    valid++;
    counts[code]!++;
    weights += weight === null ? 1 : weight[code]!;
  }
  let floor = 0;
  counts.forEach((count, code) => {
    if (count === 0) return;
    for (let c = 0; c < k; c++) {
      shares[c] = shareOf(targets, k, code, c);
      all[c]! += count * shares[c]!;
    }
    floor += count * leastOf(shares);
  });
  return { valid, weights, floor, ceiling: leastOf(all) };
}

/**
 * Writes the loss of each row, the sum over the classes of -a_c log(softmax_c) for its shares a, and the
 * derivative by its logits. The largest logit is taken out first, so that no exponential overflows.
 */
export function crossEntropyRows(
  logits: Float64Array,
  k: number,
  targets: CrossEntropyTargets,
  derivative: Float64Array,
  losses: Float64Array,
): void {
  const { codes } = targets;
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    const row = i * k;
    losses[i] = 0;
    if (code < 0) {
      derivative.fill(0, row, row + k);
      continue;
    }
    let most = Number.NEGATIVE_INFINITY;
    for (let c = 0; c < k; c++) most = Math.max(most, logits[row + c]!);
    let total = 0;
    for (let c = 0; c < k; c++) total += derivative[row + c] = Math.exp(logits[row + c]! - most);
    const logTotal = Math.log(total);
    let shares = 0;
    for (let c = 0; c < k; c++) {
      const share = shareOf(targets, k, code, c);
      shares += share;
      if (share > 0) losses[i]! += share * (logTotal - (logits[row + c]! - most));
    }
    for (let c = 0; c < k; c++) {
      derivative[row + c] = (derivative[row + c]! / total) * shares - shareOf(targets, k, code, c);
    }
  }
}

/** The losses of the rows of logits (n x k), or their sum over the divisor. Saved: the derivative of each. */
export const crossEntropyOp: Op<CrossEntropyAttributes, Float64Array> = {
  name: 'crossEntropy',
  forward([logits], { divisor, ...targets }) {
    const n = targets.codes.length;
    const derivative = new Float64Array(logits!.size);
    const losses = new Float64Array(n);
    crossEntropyRows(logits!.data, logits!.size / n, targets, derivative, losses);
    if (divisor === null) return { data: losses, shape: [n], saved: derivative };
    return { data: Float64Array.of(sumOf(losses) / divisor), shape: [], saved: derivative };
  },
  backward(gradient, { attributes: { codes, divisor }, saved: derivative }, [into]) {
    const k = derivative.length / codes.length;
    for (let p = 0; p < derivative.length; p++) {
      const scale = divisor === null ? gradient[Math.floor(p / k)]! : gradient[0]! / divisor;
      into![p]! += scale * derivative[p]!;
    }
  },
};

export function sumOf(values: Float64Array): number {
  let sum = 0;
  for (let p = 0; p < values.length; p++) sum += values[p]!;
  return sum;
}
