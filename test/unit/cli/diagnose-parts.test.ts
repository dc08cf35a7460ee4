import { expect, test } from 'vitest';
import { type CallKind, perform } from '../../../src/cli/threads/calls.js';
import { diagnoseInThreads } from '../../../src/cli/threads/diagnose-in-threads.js';
import type { ThreadPool } from '../../../src/cli/threads/thread-pool.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import { blobs } from '../diagnose/worlds.js';

test.each([
  [true, ['comparison', 'filtered', 'hierarchy']],
  [false, ['significance', 'filtered', 'hierarchy']],
])('no part of a diagnosis is computed twice; spaces: %s', async (spaces, wanted) => {
  const { points, labels } = blobs([40, 30, 20], 2, 3, 4);
  const latent = blobs([40, 30, 20], 3, 2, 5).points;
  const input = { points, labels, ...(spaces ? { spaces: { latent } } : {}) };
  const kinds: CallKind[] = [];
  const pool: ThreadPool = {
    run: async (kind, of) => {
      kinds.push(kind);
      return perform({ kind, input: of });
    },
    end: () => {},
  };
  const found = await diagnoseInThreads(input, { permutations: 39 }, () => {}, pool);
  expect(kinds).toEqual(wanted);
  expect(found).toEqual(diagnose(input, { permutations: 39 }));
});
