import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const home = mkdtempSync(join(tmpdir(), 'clusterlens-parallel-'));
afterAll(() => rmSync(home, { recursive: true }));
beforeAll(async () => {
  for (const format of ['esm', 'cjs'] as const) {
    await build({
      entryPoints: [fileURLToPath(new URL('../../../src/parallel/index.ts', import.meta.url))],
      outfile: join(home, format === 'esm' ? 'parallel.mjs' : 'parallel.cjs'),
      bundle: true,
      minify: true,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      format,
    });
  }
});

const DATA = `
const points = Array.from({ length: 3000 }, (_, i) => Array.from({ length: 40 }, (_, c) => (i * (c + 7)) % 101));
const labels = points.map((_, i) => i % 5);
`;

/** Runs a program that must end by itself, and gives what it printed; the signal is that of the test. */
async function run(format: 'mjs' | 'cjs', signal: AbortSignal, program: string): Promise<string> {
  const head =
    format === 'mjs'
      ? `import { significance, silhouette } from './parallel.mjs';`
      : `const { significance, silhouette } = require('./parallel.cjs');`;
  const file = join(home, `main.${format}`);
  writeFileSync(file, `${head}\n${DATA}\n${program}`);
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { signal });
  expect(stderr).toBe('');
  return stdout.trim();
}

describe.each(['mjs', 'cjs'] as const)('a bundled program (%s) ends by itself', (format) => {
  it('after the work, which it waits for though nothing else keeps it alive', async ({ signal }) => {
    const printed = await run(
      format,
      signal,
      `silhouette(points, labels, { threads: 2 }).then(({ score }) => console.log(score.toFixed(3)));`,
    );
    expect(printed).toMatch(/^-0\.\d{3}$/);
  });

  it('after an abort, in the middle of a task', async ({ signal }) => {
    const printed = await run(
      format,
      signal,
      `const controller = new AbortController();
       const onProgress = () => controller.abort(); // when one thread is done with a task, and the other is not
       const options = { threads: 2, permutations: 20000, signal: controller.signal, onProgress };
       significance(points.slice(0, 500), labels.slice(0, 500), options).catch(({ name }) => console.log(name));`,
    );
    expect(printed).toBe('AbortError');
  });
});
