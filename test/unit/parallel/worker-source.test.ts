import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { bundleWorker, workerPath } from '../../../scripts/build-worker.mjs';

it('the embedded worker is what its source bundles to (else: node scripts/build-worker.mjs)', async () => {
  expect(readFileSync(workerPath, 'utf8') === (await bundleWorker())).toBe(true);
});
