import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const source = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  resolve: {
    alias: [
      { find: /^clusterlens\/(nn|plot|report|parallel|read)$/, replacement: `${source('./src/')}$1/index.ts` },
      { find: /^clusterlens$/, replacement: source('./src/index.ts') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // No test takes ten seconds on an idle machine: only one that hangs takes this long on a busy one.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    teardownTimeout: 300_000,
    setupFiles: ['./test/setup.ts'],
  },
});
