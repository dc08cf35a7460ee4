// Trains the reference run of the tests on other versions of Node and compares its weights:
//   node scripts/check-node-versions.mjs [version ...]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const asked = process.argv.slice(2);
const versions = asked.length > 0 ? asked : ['20', '22', '24'];
const scratch = mkdtempSync(join(tmpdir(), 'clusterlens-node-'));
const program = join(scratch, 'weights.mjs');

try {
  await build({
    stdin: {
      contents: `
        import { createHash } from 'node:crypto';
        import * as nn from './src/nn/index.ts';
        import { REFERENCE_HASH, referenceRun } from './test/unit/nn/reference-run.ts';
        const { bytes } = await referenceRun(nn);
        const hash = createHash('sha256').update(bytes).digest('hex');
        console.log(process.version, hash === REFERENCE_HASH ? 'the same weights' : 'other weights: ' + hash);
        process.exitCode = hash === REFERENCE_HASH ? 0 : 1;`,
      resolveDir: root,
    },
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile: program,
  });
  for (const version of versions) {
    execFileSync('npm', ['exec', '--yes', `--package=node@${version}`, '--', 'node', program], {
      cwd: scratch,
      stdio: 'inherit',
    });
  }
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  rmSync(scratch, { recursive: true });
}
