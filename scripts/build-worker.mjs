// Bundles what worker threads run into one string, so that threads start without a file to load:
// from any bundle, from both package formats, from the source itself and from pages.
//   node scripts/build-worker.mjs
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

export const workerPath = join(root, 'src/parallel/worker-source.ts');

/** The TypeScript file that holds the bundle. */
export async function bundleWorker() {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: ['src/parallel/worker.ts'],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    charset: 'ascii',
    legalComments: 'none',
    write: false,
    tsconfigRaw: {},
  });
  return `// Made from worker.ts by scripts/build-worker.mjs: do not edit.
// biome-ignore format: one long string
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: a program
export const workerSource =
  ${JSON.stringify(outputFiles[0].text)};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const text = await bundleWorker();
  writeFileSync(workerPath, text);
  console.log(`worker: ${text.length} bytes`);
}
