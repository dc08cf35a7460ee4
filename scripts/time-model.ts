/**
 * Fits the time that `clusterlens diagnose` tells before it starts: runs diagnoses of many sizes, each in a process of
 * its own, and fits what one step of each kind takes (non-negative, by least relative squares). Writes
 * src/diagnose/time-constants.ts and docs/time.md; run on an idle machine with:
 * npx tsx scripts/time-model.ts
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { diagnoseOnce } from '../bench/diagnose-once.js';
import { FEATURES, type TimedInput, timeFeatures } from '../src/diagnose/time-features.js';

const RUNS: readonly (TimedInput & { readonly spread: number })[] = [
  { n: 300, d: 4, k: 3, spread: 1 },
  { n: 1000, d: 10, k: 5, spread: 1 },
  { n: 2000, d: 20, k: 10, spread: 1 },
  { n: 1600, d: 40, k: 24, spread: 1 },
  { n: 2000, d: 10, k: 200, spread: 1 },
  { n: 700, d: 700, k: 5, spread: 1 },
  { n: 2000, d: 1000, k: 10, spread: 1 },
  { n: 300, d: 3000, k: 4, spread: 1 },
  { n: 20_000, d: 20, k: 10, spread: 1 },
  { n: 100_000, d: 50, k: 20, spread: 1 },
  { n: 1000, d: 20, k: 10, spread: 1, permutations: 1000 },
  { n: 3000, d: 10, k: 10, spread: 1, sampleSize: 3000 },
];

if (process.argv[2] === '--run') {
  console.log(JSON.stringify(diagnoseOnce(JSON.parse(process.argv[3]!))));
} else {
  const measured = RUNS.map((run, at) => {
    const command = [...process.execArgv, process.argv[1]!, '--run', JSON.stringify({ ...run, seed: 700 + at })];
    const { seconds } = JSON.parse(execFileSync(process.execPath, command, { encoding: 'utf8' }));
    console.log(JSON.stringify(run), seconds.toFixed(2));
    return { run, seconds: seconds as number, features: timeFeatures(run) };
  });

  // Least squares of predicted / measured - 1, one constant after the other, none below 0.
  const rows = measured.map(({ seconds, features }) => features.map((count) => count / seconds));
  const constants = new Array<number>(FEATURES.length).fill(0);
  for (let round = 0; round < 100_000; round++) {
    for (let f = 0; f < constants.length; f++) {
      let [dot, square] = [0, 0];
      for (const row of rows) {
        const rest = row.reduce((sum, value, g) => (g === f ? sum : sum + value * constants[g]!), 0);
        dot += row[f]! * (1 - rest);
        square += row[f]! ** 2;
      }
      constants[f] = Math.max(0, square === 0 ? 0 : dot / square);
    }
  }
  const predicted = measured.map(({ features }) => features.reduce((sum, count, f) => sum + count * constants[f]!, 0));
  const off = measured.map(({ seconds }, at) => Math.max(predicted[at]! / seconds, seconds / predicted[at]!));
  const rounded = constants.map((value) => Number(value.toPrecision(3)));
  const host = cpus()[0]!.model.trim();
  writeFileSync(
    new URL('../src/diagnose/time-constants.ts', import.meta.url),
    `// Made by scripts/time-model.ts: do not edit.\n/** Seconds that one of each of \`FEATURES\` takes, in their order. */\nexport const SECONDS: readonly number[] = [${rounded.join(', ')}];\n`,
  );
  const line = (
    { run: { n, d, k, sampleSize = 2000, permutations = 200 }, seconds }: (typeof measured)[number],
    at: number,
  ) =>
    `| ${[n, d, k, sampleSize, permutations].map((value) => value.toLocaleString('en')).join(' | ')} | ${seconds.toFixed(1)} | ${predicted[at]!.toFixed(1)} |`;
  writeFileSync(
    new URL('../docs/time.md', import.meta.url),
    `# Time of a diagnosis

Written by \`scripts/time-model.ts\`: seconds of processor time of \`diagnose\` on Gaussian groups, each run in a
process of its own, and what the model says of the size before the work starts. \`clusterlens diagnose\` tells it on
standard error where it is 5 s or more. Measured on ${host}, Node ${process.versions.node}.
The model is off by a factor of ${off
      .slice()
      .sort((a, b) => a - b)
      [off.length >> 1]!.toFixed(
        2,
      )} in the median and of ${Math.max(...off).toFixed(2)} at most. Another machine is faster or slower as a whole, and a
diagnosis that tries a remedy takes up to a few seconds more.

| rows | columns | classes | sample | permutations | measured, s | told, s |
|---:|---:|---:|---:|---:|---:|---:|
${measured.map(line).join('\n')}

What one step takes:

| step | seconds for 10^9 |
|---|---:|
${FEATURES.map((name, f) => `| ${name}${f === 0 ? ' (seconds once)' : ''} | ${rounded[f]} |`).join('\n')}
`,
  );
}
