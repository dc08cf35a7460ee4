/** One run of Lloyd's algorithm from given centers, by loops over rows of numbers; ties to the first center. */
export function naiveLloyd(points: number[][], start: number[][]): { labels: number[]; inertia: number } {
  let centers = start;
  let labels: number[] = [];
  const square = (x: number[], y: number[]) => x.reduce((sum, v, j) => sum + (v - y[j]!) ** 2, 0);
  for (let round = 0; round < 300; round++) {
    const next = points.map((x) => {
      const far = centers.map((center) => square(x, center));
      return far.indexOf(Math.min(...far));
    });
    if (next.every((label, i) => label === labels[i])) break;
    labels = next;
    centers = centers.map((center, c) => {
      const own = points.filter((_, i) => labels[i] === c);
      if (own.length === 0) return center;
      return center.map((_, j) => own.reduce((sum, x) => sum + x[j]!, 0) / own.length);
    });
  }
  return { labels, inertia: points.reduce((sum, x, i) => sum + square(x, centers[labels[i]!]!), 0) };
}

/** The least inertia of all divisions of the rows into at most k groups: k^n of them. */
export function leastInertia(points: number[][], k: number): number {
  const n = points.length;
  let least = Infinity;
  for (let code = 0; code < k ** (n - 1); code++) {
    const labels = Array.from({ length: n }, (_, i) => (i === 0 ? 0 : Math.floor(code / k ** (i - 1)) % k));
    let sum = 0;
    for (let c = 0; c < k; c++) {
      const own = points.filter((_, i) => labels[i] === c);
      const mean = points[0]!.map((_, j) => own.reduce((total, x) => total + x[j]!, 0) / own.length);
      for (const x of own) sum += x.reduce((total, v, j) => total + (v - mean[j]!) ** 2, 0);
    }
    least = Math.min(least, sum);
  }
  return least;
}
