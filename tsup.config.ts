import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';
import { defineConfig } from 'tsup';
import { recordingPackages } from './scripts/bundled-packages.js';

const entries = {
  index: 'src/index.ts',
  'nn/index': 'src/nn/index.ts',
  'plot/index': 'src/plot/index.ts',
  'report/index': 'src/report/index.ts',
  'parallel/index': 'src/parallel/index.ts',
  'read/index': 'src/read/index.ts',
};

// Packages of a CommonJS kind ask for Node's modules by `require`, which a module has to make itself.
const withRequire = "import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);";

// Nobody reads a bundle: the source is beside it, as ES modules. Names stay, and lines of a width that
// traces of errors can point into.
const withoutSpace = (options: { minifyWhitespace?: boolean; lineLimit?: number }) => {
  options.minifyWhitespace = true;
  options.lineLimit = 120;
};

/** The command runs the modules of the library that stand beside it: they are in the package once. */
const libraryOutside: Plugin = {
  name: 'library-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\/.*\.js$/ }, ({ path, importer }) => {
      const file = relative('src', resolve(dirname(importer), path)).replaceAll('\\', '/');
      return file.startsWith('cli/') || file.startsWith('../') ? undefined : { path: `../${file}`, external: true };
    });
  },
};

// What package.json lists under devDependencies is bundled: users install one package.
export default defineConfig([
  // ES modules stay one file per source file, so that a bundler drops every file that is not used.
  // The packages that they import are bundled beside them by scripts/build.ts.
  {
    entry: ['src/**/*.ts', '!src/**/wasm/assembly/**', '!src/cli/**'],
    format: ['esm'],
    target: 'es2022',
    bundle: false,
    removeNodeProtocol: false,
  },
  {
    entry: entries,
    format: ['cjs'],
    target: 'es2022',
    splitting: true,
    treeshake: true,
    removeNodeProtocol: false,
    esbuildPlugins: [recordingPackages('cjs')],
    esbuildOptions: withoutSpace,
  },
  {
    entry: { main: 'src/cli/main.ts', thread: 'src/cli/threads/thread.ts' },
    outDir: 'dist/cli',
    format: ['esm'],
    target: 'es2022',
    platform: 'node',
    removeNodeProtocol: false,
    banner: { js: withRequire },
    esbuildPlugins: [libraryOutside, recordingPackages('cli')],
    esbuildOptions: withoutSpace,
  },
  { entry: entries, format: ['cjs'], dts: { only: true } },
]);
