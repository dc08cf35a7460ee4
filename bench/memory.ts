import { Rng } from '../src/core/rng.js';
import { type MetricName, silhouette } from '../src/index.js';

// Peak resident memory of a silhouette beyond its input, without an n x n matrix anywhere.
// node --import tsx bench/memory.ts [rows] [columns] [metric]
const [n = 20_000, d = 40] = process.argv.slice(2, 4).map(Number);
const metric = (process.argv[4] ?? 'euclidean') as MetricName;
const rng = new Rng(0);
const data = Float64Array.from({ length: n * d }, () => rng.normal());
const labels = Int32Array.from({ length: n }, (_, i) => i % 24);

/** Highest resident size so far in MiB. */
const peak = () => process.resourceUsage().maxRSS / 1024;
silhouette({ data: data.subarray(0, 200 * d), rows: 200, columns: d }, labels.subarray(0, 200), { metric });
const before = peak();
const start = performance.now();
const { score } = silhouette({ data, rows: n, columns: d }, labels, { metric });
const seconds = (performance.now() - start) / 1000;
console.log(
  `${metric} silhouette of ${n} x ${d} in 24 clusters: ${score.toFixed(6)}, ${seconds.toFixed(1)} s, ` +
    `peak ${(peak() - before).toFixed(1)} MiB beyond an input of ${((8 * n * d) / 2 ** 20).toFixed(1)} MiB (Node ${process.versions.node})`,
);
