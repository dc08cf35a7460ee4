import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { damage, damaged, readDamaged, SEED_FILES, seedBytes } from '../support/mutated-files.js';

describe('a damaged file is read or refused by an error of the library', () => {
  it.each(SEED_FILES)('%s', async (name) => {
    const sound = seedBytes(name);
    expect(await readDamaged(sound, name)).toBe(name === 'labels.npy' ? 'malformed-file' : 'read');
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        expect(await readDamaged(damaged(sound, name, change), name)).toMatch(/^[a-z-]+$/);
      }),
      { numRuns: 100 },
    );
  });

  it.each(SEED_FILES.filter((name) => name.endsWith('.parquet')))('%s, damaged in its pages', async (name) => {
    const sound = seedBytes(name);
    await fc.assert(
      fc.asyncProperty(damage, async (change) => {
        expect(await readDamaged(damaged(sound, name, change, true), name)).toMatch(/^[a-z-]+$/);
      }),
      { numRuns: 100 },
    );
  });
});
