// Training steps and codes of the reference model beside PyTorch (Debian: python3-torch), from the same weights,
// on the same rows, in the same run:
//   npx tsx bench/training-vs-python.ts [quick]
// PyTorch with one and with two threads, this library with one. PYTHON names another interpreter.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Rng } from '../src/core/rng.js';
import { embed, type ResidualAutoencoder } from '../src/nn/index.js';
import { type Comparison, compare, growthOf, growthTable, machine, table, writeResults } from './harness.js';
import { contender, referenceBatch, referenceModel, stepOf } from './reference-step.js';

const PYTHON = process.env.PYTHON ?? '/usr/bin/python3';
const script = fileURLToPath(new URL('./python/train_step.py', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'clusterlens-bench-'));

interface Peer {
  ask(question: string): Promise<number | string>;
  end(): void;
}

interface Given {
  readonly model: ResidualAutoencoder;
  readonly points: Float64Array;
  readonly labels: Int32Array;
}

const step = (size: number): Given => ({ model: referenceModel(0), ...referenceBatch(size) });

/** A PyTorch process that holds model and rows. */
function pyTorch({ model, points, labels }: Given, threads: number): Peer {
  const files = ['names', 'values', 'points', 'labels'].map((name) => join(scratch, `${name}-${labels.length}`));
  const named = model.namedParameters();
  writeFileSync(files[0]!, JSON.stringify(named.map(([name, { shape }]) => [name, shape])));
  writeFileSync(files[1]!, Float32Array.from(named.flatMap(([, { data }]) => Array.from(data))));
  writeFileSync(files[2]!, Float32Array.from(points));
  writeFileSync(files[3]!, labels);
  const child = spawn(PYTHON, [script, ...files, String(threads)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface(child.stdout);
  let fail: (reason: Error) => void = () => {};
  child.once('exit', () => fail(new Error(`${PYTHON} ended; is PyTorch installed? (apt-get install python3-torch)`)));
  return {
    async ask(question) {
      const line = await new Promise<string>((resolve, reject) => {
        fail = reject;
        lines.once('line', resolve);
        child.stdin.write(`${question}\n`);
      });
      return JSON.parse(line).value;
    },
    end: () => child.stdin.end(),
  };
}

/** As `contender` of ours: first the loss without dropout and warm-up, then steps with dropout. */
function beside(peer: Peer, steps: number, warm: number) {
  let begun = false;
  return async () => {
    if (begun) return (await peer.ask(`steps ${steps}`)) as number;
    begun = true;
    const loss = (await peer.ask('loss')) as number;
    await peer.ask(`steps ${warm}`);
    return loss;
  };
}

/** Time of a step. Several are timed together, so that the way to the other process and back does not count. */
async function trainingSteps(size: number, steps: number, rounds: number): Promise<Comparison> {
  const peers = [1, 2].map((threads) => ({ threads, peer: pyTorch(step(size), threads) }));
  const comparison = await compare(
    'Training step, reference autoencoder, Adam, float32',
    `batch ${size}, 512,472 parameters`,
    [
      { name: 'clusterlens, plan, 1 thread', run: contender((dropout) => stepOf('plan', size, dropout), steps, 60) },
      ...peers.map(({ threads, peer }) => ({
        name: `PyTorch, ${threads} thread${threads === 1 ? '' : 's'}`,
        run: beside(peer, steps, 20),
        tolerance: 1e-4,
      })),
    ],
    rounds,
  );
  for (const { peer } of peers) peer.end();
  const rows = comparison.rows.map((row) => ({
    ...row,
    minimumMs: row.minimumMs / steps,
    medianMs: row.medianMs / steps,
  }));
  return { ...comparison, rows };
}

/** Codes of many rows, by `embed` in its default batches, by PyTorch in batches of 256. */
async function codes(n: number, inputSize: number, rounds: number): Promise<Comparison> {
  const model = referenceModel(0, inputSize);
  const rng = new Rng(n);
  const points = new Float64Array(n * inputSize).map(() => rng.normal());
  const peer = pyTorch({ model, points, labels: new Int32Array(n) }, 1);
  const ours = (engine: 'plan' | 'eager') => () => {
    const { data } = embed(model, { data: points, rows: n, columns: inputSize }, { engine });
    return data.reduce((sum, value) => sum + Math.abs(value), 0) / data.length;
  };
  const comparison = await compare(
    'Codes of the reference autoencoder, float32',
    `${n} x ${inputSize}`,
    [
      { name: 'clusterlens, plan, 1 thread', run: ours('plan') },
      {
        name: 'PyTorch, 1 thread',
        run: async () => (await peer.ask(`encode 256`)) as number,
        tolerance: 1e-5,
      },
      { name: 'clusterlens, tape in float64, 1 thread', run: ours('eager'), tolerance: 1e-5 },
    ],
    rounds,
  );
  peer.end();
  return comparison;
}

const SIZES = [
  [16, 20, 9],
  [64, 10, 7],
  [256, 4, 5],
] as const;

const host = machine();
const comparisons: Comparison[] = [];
try {
  const peer = pyTorch(step(4), 1);
  const versions = String(await peer.ask('versions'));
  peer.end();
  console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${versions}, ${host.date}`);
  console.log(`load at the start: ${loadavg()[0]!.toFixed(2)}\n`);
  const quick = process.argv.includes('quick');
  for (const [size, steps, rounds] of quick ? SIZES.slice(0, 1) : SIZES) {
    const comparison = await trainingSteps(size, steps, rounds);
    comparisons.push(comparison);
    console.log(`${table(comparison)}\n`);
  }
  const encoded = await (quick ? codes(5000, 128, 3) : codes(50_000, 128, 3));
  comparisons.push(encoded);
  console.log(`${table(encoded)}\n`);
  if (!quick) {
    const growth = growthOf(SIZES.map(([n], at) => ({ n, comparison: comparisons[at]! })));
    console.log(growthTable(growth));
    writeResults('training-vs-python', { machine: { ...host, python: versions }, comparisons, growth });
  }
} finally {
  rmSync(scratch, { recursive: true });
}
