import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { distanceKernels } from './distance-kernels.js';
import { gradientKernels } from './gradient-kernels.js';
import { type Comparison, machine, table } from './harness.js';

// The two questions: how fast are the hot distance kernels, and how fast are the gradient kernels?
const QUESTIONS: Readonly<Record<string, () => Promise<Comparison[]>>> = {
  'distance-kernels': distanceKernels,
  'gradient-kernels': gradientKernels,
};

const results = fileURLToPath(new URL('./results/', import.meta.url));
mkdirSync(results, { recursive: true });
const asked = process.argv.slice(2);
for (const name of asked.filter((given) => !(given in QUESTIONS))) {
  console.error(`bench: question must be one of ${Object.keys(QUESTIONS).join(', ')}, got '${name}'`);
  process.exit(2);
}

const host = machine();
console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${host.date}\n`);
for (const [name, answer] of Object.entries(QUESTIONS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const comparisons = await answer();
  for (const comparison of comparisons) console.log(`${table(comparison)}\n`);
  const path = `${results}${name}.json`;
  writeFileSync(`${path}.part`, `${JSON.stringify({ machine: host, comparisons }, null, 2)}\n`);
  renameSync(`${path}.part`, path);
}
