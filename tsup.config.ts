import { defineConfig } from 'tsup';

const entries = {
  index: 'src/index.ts',
  'nn/index': 'src/nn/index.ts',
  'plot/index': 'src/plot/index.ts',
  'report/index': 'src/report/index.ts',
  'parallel/index': 'src/parallel/index.ts',
};

export default defineConfig([
  // ES modules stay one file per source file, so that a bundler drops every file that is not used.
  {
    entry: ['src/**/*.ts', '!src/kernels/wasm/assembly/**', '!src/cli/**'],
    format: ['esm'],
    target: 'es2022',
    bundle: false,
  },
  { entry: entries, format: ['cjs'], target: 'es2022', splitting: true, treeshake: true },
  {
    entry: { 'cli/main': 'src/cli/main.ts', 'cli/thread': 'src/cli/threads/thread.ts' },
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
  },
  { entry: entries, format: ['esm', 'cjs'], dts: { only: true } },
]);
