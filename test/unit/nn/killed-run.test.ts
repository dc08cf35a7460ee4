import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';
import { referenceRun } from './reference-run.js';

const folder = mkdtempSync(join(tmpdir(), 'clusterlens-killed-'));
const program = join(folder, 'run.mjs');

beforeAll(async () => {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { closeSync, openSync, renameSync, writeSync } from 'node:fs';
        import * as nn from './src/nn/index.ts';
        import { referenceRun } from './test/unit/nn/reference-run.ts';
        const [engine, file] = process.argv.slice(2);
        await referenceRun(nn, { engine, epochs: 4, onCheckpoint(bytes, epoch) {
          const part = openSync(file + '.part', 'w');
          writeSync(part, bytes.subarray(0, bytes.length / 2));
          if (epoch === 3) {
            writeSync(1, 'half written');
            Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
          }
          writeSync(part, bytes.subarray(bytes.length / 2));
          closeSync(part);
          renameSync(file + '.part', file);
        } });`,
      resolveDir: fileURLToPath(new URL('../../..', import.meta.url)),
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    write: false,
  });
  writeFileSync(program, outputFiles[0]!.text);
});

afterAll(() => rmSync(folder, { recursive: true }));

describe.each(['plan', 'eager'] as const)('a process that is killed while it writes a checkpoint, %s', (engine) => {
  it('leaves the one before, from which the run goes on bit for bit', async () => {
    const file = join(folder, `${engine}.safetensors`);
    const child = spawn(process.execPath, [program, engine, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);

    const whole = await referenceRun(nn, { engine, epochs: 4 });
    const resumed = await referenceRun(nn, { engine, epochs: 4, resume: readFileSync(file) });
    expect(resumed.epochs).toEqual(whole.epochs.slice(2));
    expect(resumed.bytes).toEqual(whole.bytes);
    await expect(referenceRun(nn, { engine, epochs: 4, resume: readFileSync(`${file}.part`) })).rejects.toMatchObject({
      code: 'malformed-file',
    });
  });
});
