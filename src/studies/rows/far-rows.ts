import type { Part } from '../../data/row-sample.js';
import { median } from '../../statistics/median.js';

/** Rows of a class from which a class has a scale of its own; smaller ones take that of all rows. */
const ENOUGH = 10;

function classMedians({ points, d, labels, k }: Part): Float64Array {
  const members: number[][] = Array.from({ length: k }, () => []);
  for (let i = 0; i < labels.length; i++) members[labels[i]!]!.push(i);
  const centers = new Float64Array(k * d);
  members.forEach((rows, g) => {
    for (let c = 0; c < d; c++) centers[g * d + c] = median(rows.map((i) => points[i * d + c]!));
  });
  return centers;
}

/**
 * How far each row is from the median of its class, in units of the median of such distances in the class.
 * Medians of columns and of distances, so that far rows do not hide each other. Rows that equal the median have
 * no part in the scale; 0 where all do. Cost O(n d log n).
 */
export function relativeDistances(part: Part): Float64Array {
  const { points, n, d, labels, k } = part;
  const centers = classMedians(part);
  const distances = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let largest = 0;
    for (let c = 0; c < d; c++)
      largest = Math.max(largest, Math.abs(points[i * d + c]! - centers[labels[i]! * d + c]!));
    if (largest === 0) continue;
    let sum = 0;
    for (let c = 0; c < d; c++) sum += ((points[i * d + c]! - centers[labels[i]! * d + c]!) / largest) ** 2;
    distances[i] = largest * Math.sqrt(sum);
  }
  const away = distances.filter((distance) => distance > 0);
  if (away.length === 0) return distances;
  const overall = median(away);
  const own: number[][] = Array.from({ length: k }, () => []);
  for (let i = 0; i < n; i++) if (distances[i]! > 0) own[labels[i]!]!.push(distances[i]!);
  const scales = own.map((some) => (some.length < ENOUGH ? overall : median(some)));
  return distances.map((distance, i) => distance / scales[labels[i]!]!);
}

/** Columns divided by the median of their distances to their median, of values that are not the median itself. */
export function scaledByMedians({ points, n, d }: Pick<Part, 'points' | 'n' | 'd'>): Float64Array {
  const scaled = points.slice();
  if (n === 0) return scaled;
  for (let c = 0; c < d; c++) {
    const column = Float64Array.from({ length: n }, (_, i) => points[i * d + c]!);
    const middle = median(column);
    const away = column.map((value) => Math.abs(value - middle)).filter((gap) => gap > 0);
    const scale = away.length === 0 ? 1 : median(away);
    for (let i = 0; i < n; i++) scaled[i * d + c] = (column[i]! - middle) / scale;
  }
  return scaled;
}
