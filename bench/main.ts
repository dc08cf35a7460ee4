import { distanceKernels } from './distance-kernels.js';
import { gradientKernels } from './gradient-kernels.js';
import { growthTable, machine, type Results, table, writeResults } from './harness.js';

// The two questions: how fast are the hot distance kernels, and how fast are the gradient kernels?
const QUESTIONS: Readonly<Record<string, () => Promise<Results>>> = {
  'distance-kernels': distanceKernels,
  'gradient-kernels': gradientKernels,
};

const asked = process.argv.slice(2);
for (const name of asked.filter((given) => !(given in QUESTIONS))) {
  console.error(`bench: question must be one of ${Object.keys(QUESTIONS).join(', ')}, got '${name}'`);
  process.exit(2);
}

const host = machine();
console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${host.date}\n`);
for (const [name, answer] of Object.entries(QUESTIONS)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  const results = await answer();
  for (const comparison of results.comparisons) console.log(`${table(comparison)}\n`);
  console.log(`${growthTable(results.growth)}\n`);
  writeResults(name, { machine: host, ...results });
}
