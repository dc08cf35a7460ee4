import { addMatmul } from '../../kernels/matmul.js';
import { lengthOf } from '../ops/norm.js';
import { overflow } from '../ops/operand.js';
import type { Op } from '../tensor.js';
import { similarities } from './contrast-op.js';
import { type MinedTriplets, type Mining, mineTriplets } from './mine-triplets.js';

export interface TripletAttributes {
  readonly codes: Int32Array;
  readonly margin: number;
  readonly mining: Mining;
  /** Of rows as they are, or of unit rows. */
  readonly distance: 'euclidean' | 'cosine';
  /** Receives what was mined. */
  readonly report: (found: MinedTriplets) => void;
}

interface SavedTriplets {
  readonly distances: Float64Array;
  /** Derivative of the loss by the distances. */
  readonly slope: Float64Array;
}

/** Distances of all pairs of n rows; squares that overflow or vanish are scaled. */
function euclidean(x: Float64Array, n: number, d: number): Float64Array {
  const all = new Float64Array(n * n);
  const gap = new Float64Array(d);
  for (let i = 0; i < n; i++) {
    for (let j = i + 1; j < n; j++) {
      let even = 0;
      let odd = 0;
      for (let c = 1; c < d; c += 2) {
        const first = x[i * d + c - 1]! - x[j * d + c - 1]!;
        const second = x[i * d + c]! - x[j * d + c]!;
        even += first * first;
        odd += second * second;
      }
      if ((d & 1) === 1) even += (x[i * d + d - 1]! - x[j * d + d - 1]!) ** 2;
      const squares = even + odd;
      if (squares > 1e-280 && squares < Number.POSITIVE_INFINITY) all[i * n + j] = Math.sqrt(squares);
      else {
        for (let c = 0; c < d; c++) gap[c] = x[i * d + c]! - x[j * d + c]!;
        all[i * n + j] = lengthOf(gap, 0, d);
        if (!Number.isFinite(all[i * n + j]!)) {
          throw overflow('tripletMargin', `the distance between rows ${i} and ${j}`);
        }
      }
      all[j * n + i] = all[i * n + j]!;
    }
  }
  return all;
}

/** 1 - cosine of all pairs of n unit rows; 1 for a row without a direction. */
function cosine(unit: Float64Array, n: number, d: number): Float64Array {
  return similarities(unit, n, d).map((similarity) => Math.max(0, 1 - similarity));
}

/** Pairs nearer than this share of the largest distance have their differences taken one by one. */
const NEAR = 1e-4;

/**
 * Adds the gradient of distances with these slopes (n x n, both ways summed) by the rows: the sum over j
 * of w_ij (x_i - x_j), with w the slope over the distance. Taken apart into two products it would lose
 * the direction between rows that are much nearer to each other than to the first row.
 */
function addEuclidean(x: Float64Array, distances: Float64Array, both: Float64Array, n: number, into: Float64Array) {
  const d = x.length / n;
  let largest = 0;
  for (let p = 0; p < distances.length; p++) if (distances[p]! > largest) largest = distances[p]!;
  const far = largest > 1e-280 && largest < 1e280 ? NEAR * largest : Number.POSITIVE_INFINITY;
  const pulls = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      const slope = both[i * n + j]!;
      const distance = distances[i * n + j]!;
      both[i * n + j] = 0;
      if (slope === 0 || distance === 0) continue;
      if (distance >= far) {
        both[i * n + j] = -slope / distance;
        pulls[i]! += slope / distance;
        continue;
      }
      for (let c = 0; c < d; c++) into[i * d + c]! += slope * ((x[i * d + c]! - x[j * d + c]!) / distance);
    }
  }
  const moved = x.map((value, p) => value - x[p % d]!);
  for (let p = 0; p < moved.length; p++) into[p]! += pulls[Math.floor(p / d)]! * moved[p]!;
  addMatmul(both, moved, into, n, n, d);
}

/** Mean of max(0, d_ap - d_an + margin) over the triplets that are mined. Memory n^2. */
export const tripletOp: Op<TripletAttributes, SavedTriplets> = {
  name: 'triplet',
  forward([rows], attributes) {
    const n = attributes.codes.length;
    const d = rows!.shape[1]!;
    const distances = (attributes.distance === 'cosine' ? cosine : euclidean)(rows!.data, n, d);
    const slope = new Float64Array(n * n);
    const found = mineTriplets(distances, attributes, slope);
    const count = Math.max(1, found.triplets);
    for (let p = 0; p < slope.length; p++) slope[p]! /= count;
    attributes.report(found);
    return { data: Float64Array.of(found.sum / count), shape: [], saved: { distances, slope } };
  },
  backward(gradient, { inputs: [rows], attributes: { codes, distance }, saved: { distances, slope } }, [into]) {
    const n = codes.length;
    const sign = distance === 'cosine' ? -gradient[0]! : gradient[0]!;
    const both = new Float64Array(n * n);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) both[i * n + j] = sign * (slope[i * n + j]! + slope[j * n + i]!);
    }
    if (distance === 'cosine') addMatmul(both, rows!.data, into!, n, n, rows!.shape[1]!);
    else addEuclidean(rows!.data, distances, both, n, into!);
  },
};
