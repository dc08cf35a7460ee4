import { execFileSync } from 'node:child_process';
import { distanceKernels } from './distance-kernels.js';
import { gradientKernels } from './gradient-kernels.js';
import { type Comparison, growthOf, growthTable, machine, type Task, table, writeResults } from './harness.js';

// The two questions: how fast are the hot distance kernels, and how fast are the gradient kernels?
const QUESTIONS: Readonly<Record<string, readonly Task[]>> = {
  'distance-kernels': distanceKernels,
  'gradient-kernels': gradientKernels,
};

/** Each comparison runs in a process of its own, so that none inherits what the engine learnt from another. */
function inProcess(name: string, index: number): Comparison {
  const command = [...process.execArgv, process.argv[1]!, '--task', name, String(index)];
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  return JSON.parse(execFileSync(process.execPath, command, { stdio: [...stdio], encoding: 'utf8' }));
}

function answer(name: string): void {
  const series: { n: number; comparison: Comparison }[] = [];
  const comparisons = QUESTIONS[name]!.map(({ n }, index) => {
    const comparison = inProcess(name, index);
    if (n !== undefined) series.push({ n, comparison });
    console.log(`${table(comparison)}\n`);
    return comparison;
  });
  const growth = growthOf(series);
  console.log(`${growthTable(growth)}\n`);
  writeResults(name, { machine: machine(), comparisons, growth });
}

const asked = process.argv.slice(2);
if (asked[0] === '--task') {
  console.log(JSON.stringify(await QUESTIONS[asked[1]!]![Number(asked[2])]!.run()));
} else {
  for (const name of asked.filter((given) => !(given in QUESTIONS))) {
    console.error(`bench: question must be one of ${Object.keys(QUESTIONS).join(', ')}, got '${name}'`);
    process.exit(2);
  }
  const host = machine();
  console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${host.date}\n`);
  for (const name of asked.length > 0 ? asked : Object.keys(QUESTIONS)) answer(name);
}
