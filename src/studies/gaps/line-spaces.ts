import { shrunkenFactor, whiten } from '../../statistics/whitened.js';
import { contentHalves, contentOrder } from './content-halves.js';
import { sketched } from './sketched.js';

/** Rows and centres in one system of coordinates; the centres are those of the rows of the other half. */
export interface LineSpace {
  readonly rows: Float64Array;
  readonly centres: Float64Array;
}

/** For each half of the rows, the coordinates that the other half chose. */
export interface LineSpaces {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly labels: Int32Array;
  readonly half: Int8Array;
  /** `training[h]` are the rows of groups outside half h. */
  readonly training: readonly [Int32Array, Int32Array];
  /** `plain[h]` judges the rows of half h; null where a group has no rows in the other half. */
  readonly plain: readonly [LineSpace, LineSpace];
  /** The rows in coordinates in which distances are about as in `plain`, in fewer columns where it has many. */
  readonly near: () => { readonly rows: Float64Array; readonly d: number };
  /** The same after whitening by the covariance within groups; null where that is taken as round. */
  readonly white: readonly [LineSpace, LineSpace] | null;
}

function centresOf(rows: Float64Array, d: number, labels: Int32Array, k: number, chosen: Int32Array): Float64Array {
  const centres = new Float64Array(k * d);
  const counts = new Float64Array(k);
  for (const i of chosen) {
    const at = labels[i]! * d;
    counts[labels[i]!]!++;
    for (let c = 0; c < d; c++) centres[at + c]! += rows[i * d + c]!;
  }
  // A group without rows there has no centre: NaN, which no comparison takes.
  for (let g = 0; g < k; g++) for (let c = 0; c < d; c++) centres[g * d + c]! /= counts[g]!;
  return centres;
}

function whiteSpace(
  { rows, centres }: LineSpace,
  d: number,
  labels: Int32Array,
  training: Int32Array,
): LineSpace | null {
  const within = rows.slice();
  for (const i of training) for (let c = 0; c < d; c++) within[i * d + c]! -= centres[labels[i]! * d + c]!;
  const factor = shrunkenFactor(within, d, training);
  if (factor === null) return null;
  const turned = { rows: rows.slice(), centres: centres.slice() };
  whiten(turned.rows, rows.length / d, d, factor);
  whiten(turned.centres, centres.length / d, d, factor);
  return turned;
}

/**
 * Splits every group in two halves and lets each half choose coordinates and centres for the other.
 */
export function lineSpaces(
  rows: Float64Array,
  d: number,
  labels: Int32Array,
  k: number,
  prints: Uint32Array,
): LineSpaces {
  const n = labels.length;
  const half = contentHalves(prints, labels, k);
  const order = contentOrder(prints);
  const other = (h: number) => order.filter((i) => half[i] === 1 - h && labels[i]! >= 0);
  const training = [other(0), other(1)] as const;
  const space = (h: 0 | 1): LineSpace => ({ rows, centres: centresOf(rows, d, labels, k, training[h]) });
  const plain = [space(0), space(1)] as const;
  const first = whiteSpace(plain[0], d, labels, training[0]);
  const second = first === null ? null : whiteSpace(plain[1], d, labels, training[1]);
  let sketch: ReturnType<typeof sketched> | undefined;
  const near = () => {
    sketch ??= sketched(rows, n, d);
    return sketch;
  };
  return {
    n,
    d,
    k,
    near,
    labels,
    half,
    training,
    plain,
    white: first === null || second === null ? null : [first, second],
  };
}
