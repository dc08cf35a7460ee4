import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { type DiagnosedSize, diagnoseOnce, LONG_TAIL } from './diagnose-once.js';
import { machine } from './harness.js';

// Processor time and peak memory of `diagnose`, by size and step, each size in a process of its own:
// node --import tsx bench/diagnose.ts [size ...]
const SIZES: Readonly<Record<string, DiagnosedSize & { readonly bounds: string }>> = {
  rows: { n: 1600, d: 40, k: 24, spread: 1, seed: 1, bounds: '6 s' },
  classes: { n: 1680, d: 40, k: 765, sizes: LONG_TAIL, spread: 1, seed: 1, bounds: '6 s' },
  many: { n: 100_000, d: 50, k: 20, spread: 1, seed: 1, bounds: '15 s, 400 MB' },
  wide: { n: 2000, d: 2000, k: 10, spread: 1, seed: 1, bounds: '15 s' },
};

type Found = ReturnType<typeof diagnoseOnce>;

const asked = process.argv.slice(2);
if (asked[0] === '--run') {
  console.log(JSON.stringify(diagnoseOnce(SIZES[asked[1]!]!)));
} else {
  const names = asked.length > 0 ? asked : Object.keys(SIZES);
  for (const name of names.filter((given) => !(given in SIZES))) {
    console.error(`bench: size must be one of ${Object.keys(SIZES).join(', ')}, got '${name}'`);
    process.exit(2);
  }
  const host = machine();
  console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${host.date}\n`);
  const results = names.map((name) => {
    const { n, d, k, bounds } = SIZES[name]!;
    const command = [...process.execArgv, process.argv[1]!, '--run', name];
    const found: Found = JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' }));
    const costly = found.steps.filter(({ seconds }) => seconds >= 0.1).sort((a, b) => b.seconds - a.seconds);
    console.log(
      `**${n} x ${d}, ${k} classes**: ${found.seconds.toFixed(1)} s of processor time, peak ${found.megabytes.toFixed(0)} MB (asked: ${bounds})\n`,
    );
    console.log(`${costly.map(({ step, seconds }) => `${step} ${seconds.toFixed(2)}`).join(', ')}\n`);
    return { n, d, k, bounds, ...found };
  });
  if (asked.length === 0) {
    mkdirSync(new URL('./results/', import.meta.url), { recursive: true });
    writeFileSync(
      new URL('./results/diagnose.json', import.meta.url),
      `${JSON.stringify({ machine: host, results }, null, 2)}\n`,
    );
  }
}
