import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
const ENTRIES = ['nn', 'plot', 'report', 'parallel', 'read'];
const alias = {
  ...Object.fromEntries(ENTRIES.map((entry) => [`clusterlens/${entry}`, source(`${entry}/index.ts`)])),
  clusterlens: source('index.ts'),
};

/** Runs the examples named by its arguments one after the other, and prints as JSON what each printed or threw. */
const RUNNER = `
import { format } from 'node:util';
const print = console.log;
const printed = [];
for (const example of process.argv.slice(2)) {
  const lines = [];
  console.log = (...values) => void lines.push(...format(...values).split('\\n'));
  try {
    await import(example);
  } catch (error) {
    lines.push('threw ' + error);
  }
  printed.push(lines);
}
print(JSON.stringify(printed));
`;

/** What an example says that it prints: the comments behind its calls of console.log, and lines of `// ` below them. */
export function promisedLines(code: string): string[] {
  const lines: string[] = [];
  let printing = false;
  for (const line of code.split('\n')) {
    const beside = /console\.log\(.*\);\s*\/\/ (.*)$/.exec(line);
    const below = /^\s*\/\/ (.*)$/.exec(line);
    if (beside !== null) lines.push(beside[1]!);
    else if (below !== null && printing) lines.push(below[1]!);
    printing = beside !== null || /console\.log\(/.test(line) || (below !== null && printing);
  }
  return lines;
}

/** Runs TypeScript that imports clusterlens as a user would, and returns the lines that each example prints. */
export async function printedLines(examples: readonly string[]): Promise<string[][]> {
  const folder = mkdtempSync(join(tmpdir(), 'clusterlens-example-'));
  const path = (name: string) => join(folder, name);
  try {
    const entryPoints = examples.map((code, i) => {
      writeFileSync(path(`${i}.ts`), code);
      return path(`${i}.ts`);
    });
    await build({
      entryPoints,
      outdir: path('out'),
      outExtension: { '.js': '.mjs' },
      bundle: true,
      splitting: true,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      alias,
      external: ['vega', 'vega-lite'],
      logLevel: 'silent',
    });
    writeFileSync(path('run.mjs'), RUNNER);
    const files = examples.map((_, i) => pathToFileURL(path(`out/${i}.mjs`)).href);
    return JSON.parse(execFileSync(process.execPath, [path('run.mjs'), ...files], { encoding: 'utf8' })) as string[][];
  } finally {
    rmSync(folder, { recursive: true });
  }
}
