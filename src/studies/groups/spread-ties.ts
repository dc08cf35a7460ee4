import { TIE } from '../../statistics/tie.js';

/**
 * Values on a grid as the histogram that they are: equal ones are spread evenly over the width of the
 * grid. The steps of whole numbers would count as modes. Values without ties stay as they are.
 */
export function spreadTies(values: Float64Array): Float64Array {
  const sorted = values.slice().sort();
  const n = sorted.length;
  const equal = 1e3 * TIE * (sorted[n - 1]! - sorted[0]!);
  const starts: number[] = [];
  let least = Infinity;
  for (let i = 0; i < n; i++) {
    const step = i === 0 ? Infinity : sorted[i]! - sorted[i - 1]!;
    if (step <= equal) continue;
    starts.push(i);
    least = Math.min(least, step);
  }
  if (starts.length === n || starts.length < 2) return sorted;
  const out = new Float64Array(n);
  starts.forEach((from, s) => {
    const to = starts[s + 1] ?? n;
    for (let i = from; i < to; i++) out[i] = sorted[from]! + least * ((i - from + 0.5) / (to - from) - 0.5);
  });
  return out;
}
