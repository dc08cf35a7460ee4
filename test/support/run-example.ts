import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const source = (path: string) => fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
const ENTRIES = ['nn', 'plot', 'report', 'parallel'];
const alias = {
  ...Object.fromEntries(ENTRIES.map((entry) => [`clusterlens/${entry}`, source(`${entry}/index.ts`)])),
  clusterlens: source('index.ts'),
};

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

/** Runs TypeScript that imports clusterlens as a user would, and returns the lines that it prints. */
export async function printedLines(code: string): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'clusterlens-example-'));
  const file = join(folder, 'example.mjs');
  try {
    const { outputFiles } = await build({
      stdin: { contents: code, loader: 'ts', resolveDir: fileURLToPath(new URL('../..', import.meta.url)) },
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'es2022',
      write: false,
      alias,
      external: ['vega', 'vega-lite'],
      logLevel: 'silent',
    });
    writeFileSync(file, outputFiles[0]!.text);
    return execFileSync(process.execPath, [file], { encoding: 'utf8' }).trimEnd().split('\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
}
