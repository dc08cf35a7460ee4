// Builds dist: the modules and bundles of tsup, the packages that modules import, the notice of licences.
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';
import { noticeOfPackages, recordPackages } from './bundled-packages.js';

process.chdir(new URL('..', import.meta.url).pathname);
rmSync('dist', { recursive: true, force: true });
execFileSync('npx', ['tsup'], { stdio: ['ignore', 'ignore', 'inherit'] });
copyFileSync('src/diagnose/diagnosis.schema.json', 'dist/diagnose/diagnosis.schema.json');

/** Modules of the library import these by name; each becomes one file beside them, so that users install nothing. */
const { peerDependencies, exports: entries } = JSON.parse(readFileSync('package.json', 'utf8'));
const peers = Object.keys(peerDependencies);
const BARE = /^((?:import|export)\b[^;]*?\bfrom\s*)"([@a-z][\w./-]*)";$/gm;

const modules = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.js') && !path.startsWith('cli'))
  .map((path) => join('dist', path));

type Entry = Record<'import' | 'require', { readonly types: string; readonly default: string }>;
// The types of a module are those of its CommonJS twin: modules may import from CommonJS, not the other way.
for (const entry of Object.values<Entry | string>(entries)) {
  if (typeof entry === 'string') continue;
  writeFileSync(entry.import.types, `export * from './${basename(entry.require.default)}';\n`);
}

/** ml-distance exports an object of functions, of which no bundler drops any: modules get the functions that they use. */
const DISTANCES = /import \{ distance as (\w+) \} from "ml-distance";/;

/** Modules of the library stay where they are. */
const modulesOutside: Plugin = {
  name: 'modules-outside',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, importer }) =>
      importer.includes('node_modules') ? undefined : { path, external: true },
    );
  },
};

async function withDistances(file: string, source: string): Promise<void> {
  const functions = JSON.stringify(join(process.cwd(), 'node_modules/ml-distance/lib/distances.js'));
  const { metafile } = await build({
    stdin: { contents: source.replace(DISTANCES, `import * as $1 from ${functions};`), resolveDir: dirname(file) },
    outfile: file,
    bundle: true,
    plugins: [modulesOutside],
    format: 'esm',
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
  });
  recordPackages(`inside-${file.replaceAll('/', '-')}`, metafile);
}

/** What is imported of each package, by its name. */
const vendored = new Map<string, Set<string>>();
const fileOf = (name: string) => `dist/vendor/${name.replaceAll('/', '-')}.js`;
for (const file of modules) {
  const given = readFileSync(file, 'utf8');
  if (DISTANCES.test(given)) await withDistances(file, given);
  const source = readFileSync(file, 'utf8');
  const changed = source.replace(BARE, (whole, clause: string, name: string) => {
    if (peers.includes(name)) return whole;
    const names = vendored.get(name) ?? new Set<string>();
    for (const [, imported] of clause.matchAll(/[{,]\s*(\w+)/g)) names.add(imported!);
    vendored.set(name, names);
    const path = relative(dirname(file), fileOf(name));
    return `${clause}"${path.startsWith('.') ? path : `./${path}`}";`;
  });
  if (changed !== source) writeFileSync(file, changed);
}
mkdirSync('dist/vendor', { recursive: true });
for (const [name, names] of vendored) {
  const { metafile } = await build({
    stdin: { contents: `export { ${[...names].join(', ')} } from '${name}';`, resolveDir: '.' },
    outfile: fileOf(name),
    bundle: true,
    minify: true,
    lineLimit: 120,
    format: 'esm',
    target: 'es2022',
    metafile: true,
    logLevel: 'warning',
  });
  recordPackages(`vendor-${name.replaceAll('/', '-')}`, metafile);
}
// What the readers load in CommonJS is nearly all code of packages.
for (const name of readdirSync('dist')) {
  if (!/^(arrow|parquet)-.*\.cjs$/.test(name)) continue;
  const file = join('dist', name);
  const { code } = await transform(readFileSync(file, 'utf8'), { minify: true, lineLimit: 120, target: 'es2022' });
  writeFileSync(file, code);
}
writeFileSync('dist/THIRD-PARTY-NOTICES.txt', noticeOfPackages());
rmSync('dist/.bundled', { recursive: true });
