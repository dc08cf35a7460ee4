/** Two numbers mixed to 32 bits, whole, so that sums of them are exact in any order. */
function mix(value: number, into: number): number {
  const first = Math.imul(value ^ Math.imul(into, 0x9e3779b9), 0x85ebca6b) ^ into;
  const second = Math.imul(first ^ (first >>> 15), 0xc2b2ae35);
  return (second ^ (second >>> 13)) >>> 0;
}

/** For each row the sum of its distances mixed with what stands for the class of the other row, and its own. */
function sumsWith(points: Float64Array, labels: Int32Array, standsFor: (code: number) => number): Float64Array {
  const n = labels.length;
  const value = new Float64Array(1);
  const words = new Uint32Array(value.buffer);
  const key = Int32Array.from(labels, standsFor);
  const sums = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      value[0] = points[i * n + j]! + 0; // -0 is 0
      sums[i]! += mix(mix(words[0]!, words[1]!), labels[i] === labels[j] ? ~key[j]! : key[j]!);
    }
  }
  return sums;
}

/**
 * For each row of distances a number that rests on which distances to which classes it holds, in any order
 * and whatever the classes are called. A class goes by its size first, then by the numbers of its rows, as
 * vertices of a graph are told apart by those of their neighbours (Weisfeiler and Leman 1968). Cost O(n^2).
 */
export function profiles(points: Float64Array, labels: Int32Array): Float64Array {
  const sizes: number[] = [];
  for (const code of labels) sizes[code] = (sizes[code] ?? 0) + 1;
  const bySize = sumsWith(points, labels, (code) => sizes[code]!);
  const ofClass: number[] = [];
  bySize.forEach((sum, i) => {
    const code = labels[i]!;
    ofClass[code] = (ofClass[code] ?? 0) + mix(sum % 2 ** 32, Math.floor(sum / 2 ** 32));
  });
  return sumsWith(points, labels, (code) => mix(ofClass[code]! % 2 ** 32, Math.floor(ofClass[code]! / 2 ** 32)));
}
