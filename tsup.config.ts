import { defineConfig } from 'tsup';

export default defineConfig({
  entry: { index: 'src/index.ts', nn: 'src/nn/index.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: true,
  splitting: true,
  treeshake: true,
  clean: true,
  sourcemap: false,
});
