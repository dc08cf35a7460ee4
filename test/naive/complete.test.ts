import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { internalMetrics } from '../../src/index.js';
import { expectComplete } from '../support/forgotten.js';

const FOLDER = new URL('./', import.meta.url);

it('every index of the registry is compared with textbook loops in a test of this folder', () => {
  const imported = readdirSync(FOLDER)
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) => readFileSync(new URL(file, FOLDER), 'utf8').match(/^import .*|^ {2}\w+,$/gm) ?? []);
  const names = internalMetrics.map(({ name }) => name);
  const compared = names.filter((name) => imported.some((line) => new RegExp(`\\b${name}\\b`).test(line)));
  expect(names.length).toBeGreaterThan(5);
  expectComplete('test/naive', compared, names);
});
