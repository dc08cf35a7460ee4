// Distance kernels beside scikit-learn (Debian: python3-sklearn), on the same points in the same run:
//   npx tsx bench/kernels-vs-python.ts [quick]
// scikit-learn uses all cores, this library one thread or two, as its row says. PYTHON names another interpreter.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Rng } from '../src/core/rng.js';
import { calinskiHarabasz, daviesBouldin, pairwiseDistances, silhouette } from '../src/index.js';
import { silhouette as inThreads } from '../src/parallel/index.js';
import { blobs } from './blobs.js';
import {
  type Comparison,
  type Contender,
  compare,
  growthOf,
  growthTable,
  machine,
  table,
  writeResults,
} from './harness.js';

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';
const script = fileURLToPath(new URL('./python/silhouette.py', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'clusterlens-bench-'));

interface Peer {
  ask(question: string): Promise<number | string>;
  end(): void;
}

/** A Python process that holds the points and answers questions about them. */
function scikitLearn(data: Float64Array, labels: Int32Array, d: number): Peer {
  const files = [join(scratch, 'points'), join(scratch, 'labels')] as const;
  writeFileSync(files[0], data);
  writeFileSync(files[1], labels);
  const child = spawn(PYTHON, [script, ...files, String(d)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  const ended = new Promise<never>((_, reject) => {
    const missing = `${PYTHON} ended; is scikit-learn installed? (apt-get install python3-sklearn)`;
    child.once('error', reject);
    child.once('exit', () => reject(new Error(missing)));
  });
  ended.catch(() => {}); // it also ends when it is told to
  return {
    async ask(question) {
      const answer = Promise.race([once(lines, 'line'), ended]);
      child.stdin.write(`${question}\n`);
      return JSON.parse((await answer)[0] as string).value;
    },
    end: () => child.stdin.end(),
  };
}

interface Size {
  readonly n: number;
  readonly d: number;
  readonly k: number;
  readonly rounds: number;
}

const OFTEN = 21;
/** Below this many rows work stays on one thread. */
const THREADED = 5000;
/** Rows of the largest distance matrix that is asked for. */
const MATRIX = 5000;

async function questions({ n, d, k, rounds }: Size): Promise<Comparison[]> {
  const { rows, labels } = blobs(n, d, k);
  const data = Float64Array.from(rows.flatMap((row) => Array.from(row)));
  const points = { data, rows: n, columns: d };
  const peer = scikitLearn(data, Int32Array.from(labels), d);
  const size = `n = ${n}, d = ${d}, k = ${k}`;
  const beside = (question: string, ask: string, run: () => number, more: Contender[] = [], times = rounds) =>
    compare(
      question,
      size,
      [
        { name: 'clusterlens, 1 thread', run },
        ...more,
        { name: 'scikit-learn', run: async () => (await peer.ask(ask)) as number },
      ],
      times,
    );
  /** Questions that take milliseconds are asked more often. */
  const often = Math.max(rounds, OFTEN);
  const twoThreads = async () => (await inThreads(points, labels, { threads: 2 })).score;
  const threaded = n >= THREADED ? [{ name: 'clusterlens, 2 threads', run: twoThreads }] : [];
  const all = [
    await beside(SILHOUETTE, 'silhouette', () => silhouette(points, labels).score, threaded),
    await beside('Davies-Bouldin', 'davies-bouldin', () => daviesBouldin(points, labels).score, [], often),
    await beside('Calinski-Harabasz', 'calinski-harabasz', () => calinskiHarabasz(points, labels).score, [], often),
  ];
  if (n <= MATRIX) {
    all.push(await beside('Matrix of Euclidean distances', 'matrix', () => pairwiseDistances(points).data[n - 1]!));
  }
  if (n <= MATRIX) {
    const squared = () => silhouette(points, labels, { metric: 'sqeuclidean' }).score;
    all.push(await beside('Silhouette, squared Euclidean', 'silhouette sqeuclidean', squared));
  }
  peer.end();
  return all;
}

/** Squared Euclidean and cosine silhouettes of a million rows, which nobody can do by pairs. */
async function million(): Promise<Comparison[]> {
  const [n, d, k] = [1_000_000, 64, 100];
  const rng = new Rng(1);
  const data = new Float64Array(n * d).map(() => rng.normal());
  const labels = Int32Array.from({ length: n }, (_, i) => i % k);
  const points = { data, rows: n, columns: d };
  const size = `n = ${n}, d = ${d}, k = ${k}`;
  const alone = (question: string, metric: 'sqeuclidean' | 'cosine') => {
    const run = () => silhouette(points, labels, { metric }).score;
    return compare(question, size, [{ name: 'clusterlens, 1 thread', run }], 1);
  };
  return [await alone('Silhouette, squared Euclidean', 'sqeuclidean'), await alone('Silhouette, cosine', 'cosine')];
}

const SILHOUETTE = 'Silhouette, exact, Euclidean';
const SIZES: readonly Size[] = [
  { n: 500, d: 40, k: 24, rounds: 15 },
  { n: 2000, d: 40, k: 24, rounds: 9 },
  { n: 5000, d: 40, k: 24, rounds: 7 },
  { n: 10_000, d: 40, k: 24, rounds: 7 },
  { n: 20_000, d: 40, k: 24, rounds: 3 },
  { n: 10_000, d: 2, k: 24, rounds: 5 },
  { n: 10_000, d: 128, k: 24, rounds: 5 },
  { n: 3000, d: 768, k: 24, rounds: 5 },
  { n: 10_000, d: 40, k: 2, rounds: 3 },
  { n: 1595, d: 40, k: 765, rounds: 9 },
];
const QUICK = SIZES.filter(({ n, d, k }) => n === 10_000 && d > 2 && k === 24);

const host = machine();
const comparisons: Comparison[] = [];
try {
  const versions = await (async () => {
    const peer = scikitLearn(new Float64Array(2), new Int32Array(2), 1);
    const answer = await peer.ask('versions');
    peer.end();
    return String(answer);
  })();
  console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${versions}, ${host.date}`);
  console.log(`load at the start: ${loadavg()[0]!.toFixed(2)}\n`);
  const quick = process.argv.includes('quick');
  const series: { n: number; comparison: Comparison }[] = [];
  for (const size of quick ? QUICK : SIZES) {
    for (const comparison of await questions(size)) {
      comparisons.push(comparison);
      if (comparison.question === SILHOUETTE && size.d === 40 && size.k === 24) series.push({ n: size.n, comparison });
      console.log(`${table(comparison)}\n`);
    }
  }
  if (!quick) {
    for (const comparison of await million()) {
      comparisons.push(comparison);
      console.log(`${table(comparison)}\n`);
    }
    const growth = growthOf(series);
    console.log(growthTable(growth));
    writeResults('kernels-vs-python', { machine: { ...host, python: versions }, comparisons, growth });
  }
} finally {
  rmSync(scratch, { recursive: true });
}
