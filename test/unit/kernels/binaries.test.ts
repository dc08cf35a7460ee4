import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
// @ts-expect-error a script without types
import { compileKernels, embedded, embeddedPath, MODULES } from '../../../scripts/build-kernels.mjs';

it.each(MODULES as string[])('the embedded binary of %s is what its source compiles to', async (name) => {
  expect(readFileSync(embeddedPath(name), 'utf8')).toBe(embedded(name, await compileKernels(name)));
});
