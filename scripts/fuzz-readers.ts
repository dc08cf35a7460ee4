// Damages files of every format and reads them; writes docs/damaged-files.md.
//   nice -n 5 npx tsx scripts/fuzz-readers.ts [runs] [seed]
import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { damage, damaged, readDamaged, SEED_FILES, seedBytes } from '../test/support/mutated-files.js';

const runs = Number(process.argv[2] ?? 100_000);
const seed = Number(process.argv[3] ?? 20_261_128);
/** Of Parquet the metadata are damaged, and then the pages. */
const kinds = SEED_FILES.flatMap((name) =>
  name.endsWith('.parquet')
    ? [
        { name, pages: false },
        { name, pages: true },
      ]
    : [{ name, pages: false }],
);
const each = Math.ceil(runs / kinds.length);

interface Outcome {
  readonly name: string;
  read: number;
  refused: number;
  /** Seconds of processor time of the slowest file. */
  slowest: number;
}

const failures: string[] = [];
const outcomes: Outcome[] = [];
let done = 0;
for (const [s, { name, pages }] of kinds.entries()) {
  const outcome: Outcome = { name: pages ? `${name}, pages` : name, read: 0, refused: 0, slowest: 0 };
  const sound = seedBytes(name);
  for (const change of fc.sample(damage, { numRuns: each, seed: seed + s })) {
    const bytes = damaged(sound, name, change, pages);
    const before = process.cpuUsage();
    try {
      if ((await readDamaged(bytes, name)) === 'read') outcome.read++;
      else outcome.refused++;
    } catch (error) {
      failures.push(`${name}: ${(error as Error).stack?.split('\n').slice(0, 3).join(' ')}`);
    }
    const { user, system } = process.cpuUsage(before);
    outcome.slowest = Math.max(outcome.slowest, (user + system) / 1e6);
    done++;
  }
  outcomes.push(outcome);
  console.log(
    `${outcome.name}: ${outcome.read} read, ${outcome.refused} refused, slowest ${outcome.slowest.toFixed(2)} s`,
  );
}
for (const failure of new Set(failures)) console.log(failure);

const peak = process.resourceUsage().maxRSS / 1024;
const lines = outcomes.map(
  ({ name, read, refused, slowest }) => `| ${name} | ${read} | ${refused} | ${slowest.toFixed(2)} |`,
);
writeFileSync(
  'docs/damaged-files.md',
  `# Damaged files

\`npx tsx scripts/fuzz-readers.ts ${runs} ${seed}\`: ${done} files, each with one to four changes at drawn places (bytes,
bits, pieces cut out, doubled or cut off, numbers that claim much, characters that mean something), read by
\`readTable\`. Whatever is no error of the library counts as a failure: ${failures.length}. Most memory of the process at
any time: ${peak.toFixed(0)} MiB. Node ${process.version}.

Of Parquet the metadata behind the pages are damaged, or the pages alone.

| file | read | refused | slowest, s of processor time |
|---|---|---|---|
${lines.join('\n')}
`,
);
process.exitCode = failures.length === 0 ? 0 : 1;
