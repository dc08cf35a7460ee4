import { eachRow } from '../../distance/each-row.js';
import type { DistanceSource } from '../../distance/source.js';
import { nearestFew, shareOfLast } from '../../kernels/nearest-few.js';

/** What the nearest other rows of each row are labelled. */
export interface Neighborhoods {
  /** Neighbours counted for each row. */
  readonly size: number;
  /** The class that most neighbours have; of classes that tie the one whose neighbours are nearer in all, then the first. */
  readonly mode: Int32Array;
  /** Neighbours of that class, and of the row's own. Rows that tie for the last places share them, so not always whole. */
  readonly modeVotes: Float64Array;
  readonly ownVotes: Float64Array;
}

/**
 * Counts the labels of the `size` nearest other rows of each row; the row's own label has no vote.
 * Nothing depends on the order of rows but sums of tied distances by rounding. Cost O(n^2 d) time, O(n) memory.
 */
export function neighborhoods(source: DistanceSource, labels: Int32Array, k: number, size: number): Neighborhoods {
  const { n } = source;
  const mode = new Int32Array(n);
  const modeVotes = new Float64Array(n);
  const ownVotes = new Float64Array(n);
  const few = nearestFew(size);
  const { gaps, rows } = few;
  const votes = new Float64Array(k);
  const paths = new Float64Array(k);
  eachRow(source, (i, distances) => {
    distances[i] = Infinity;
    few.read(distances);
    const last = gaps[size - 1]!;
    votes.fill(0);
    paths.fill(0);
    let nearer = 0;
    for (; nearer < size && gaps[nearer]! < last; nearer++) {
      const c = labels[rows[nearer]!]!;
      votes[c]!++;
      paths[c]! += gaps[nearer]!;
    }
    const place = shareOfLast(few, distances);
    for (let j = 0; j < n; j++) {
      if (distances[j] !== last) continue;
      votes[labels[j]!]! += place;
      paths[labels[j]!]! += place * last;
    }
    let best = 0;
    for (let c = 1; c < k; c++) {
      if (votes[c]! > votes[best]! || (votes[c] === votes[best] && paths[c]! < paths[best]!)) best = c;
    }
    mode[i] = best;
    modeVotes[i] = votes[best]!;
    ownVotes[i] = votes[labels[i]!]!;
  });
  return { size, mode, modeVotes, ownVotes };
}
