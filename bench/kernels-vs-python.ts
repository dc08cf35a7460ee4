// Distance kernels beside scikit-learn (Debian: python3-sklearn), on the same points in the same run:
//   npx tsx bench/kernels-vs-python.ts [quick]
// scikit-learn uses all cores, this library one. PYTHON names another interpreter.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { calinskiHarabasz, daviesBouldin, pairwiseDistances, silhouette } from '../src/index.js';
import { blobs } from './blobs.js';
import { type Comparison, compare, machine, table } from './harness.js';

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

async function questions(n: number, d: number, k: number, rounds: number): Promise<Comparison[]> {
  const { rows, labels } = blobs(n, d, k);
  const data = Float64Array.from(rows.flatMap((row) => Array.from(row)));
  const points = { data, rows: n, columns: d };
  const peer = scikitLearn(data, Int32Array.from(labels), d);
  const size = `n = ${n}, d = ${d}, k = ${k}`;
  const beside = (question: string, ask: string, run: () => number) =>
    compare(
      question,
      size,
      [
        { name: 'clusterlens, 1 thread', run },
        { name: 'scikit-learn', run: async () => (await peer.ask(ask)) as number },
      ],
      rounds,
    );
  const all = [
    await beside('Silhouette, exact, Euclidean', 'silhouette', () => silhouette(points, labels).score),
    await beside('Davies-Bouldin', 'davies-bouldin', () => daviesBouldin(points, labels).score),
    await beside('Calinski-Harabasz', 'calinski-harabasz', () => calinskiHarabasz(points, labels).score),
  ];
  if (n <= 5000) {
    all.push(await beside('Matrix of Euclidean distances', 'matrix', () => pairwiseDistances(points).data[n - 1]!));
  }
  peer.end();
  return all;
}

const SIZES: ReadonlyArray<readonly [number, number, number, number]> = [
  [500, 40, 24, 9],
  [2000, 40, 24, 9],
  [5000, 40, 24, 7],
  [10_000, 2, 24, 5],
  [10_000, 40, 24, 7],
  [10_000, 128, 24, 5],
  [20_000, 40, 24, 3],
  [1595, 40, 765, 9],
  [3000, 768, 24, 5],
];
const QUICK = SIZES.filter(([n, d]) => n === 10_000 && d > 2);

const host = machine();
const comparisons: Comparison[] = [];
try {
  const versions = await (async () => {
    const peer = scikitLearn(new Float64Array(2), new Int32Array(2), 1);
    const answer = await peer.ask('versions');
    peer.end();
    return answer;
  })();
  console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${versions}, ${host.date}`);
  console.log(`load at the start: ${loadavg()[0]!.toFixed(2)}\n`);
  const quick = process.argv.includes('quick');
  for (const size of quick ? QUICK : SIZES) {
    for (const comparison of await questions(...size)) {
      comparisons.push(comparison);
      console.log(`${table(comparison)}\n`);
    }
  }
  if (!quick) {
    const results = fileURLToPath(new URL('./results/', import.meta.url));
    mkdirSync(results, { recursive: true });
    const text = JSON.stringify({ machine: { ...host, python: versions }, comparisons }, null, 2);
    writeFileSync(`${results}kernels-vs-python.json`, `${text}\n`);
  }
} finally {
  rmSync(scratch, { recursive: true });
}
