// Tools that do not read `exports` (Parcel by default, older bundlers) look for a folder per entry.
// `make` writes these folders from `exports` before packing; `remove` takes them away again.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

process.chdir(new URL('..', import.meta.url).pathname);
const { exports: entries, sideEffects } = JSON.parse(readFileSync('package.json', 'utf8'));
const [act] = process.argv.slice(2);

for (const [entry, conditions] of Object.entries(entries)) {
  if (entry === '.' || typeof conditions === 'string') continue;
  const folder = entry.slice(2);
  const up = (path) => path.replace('./', '../'.repeat(folder.split('/').length));
  rmSync(folder, { recursive: true, force: true });
  if (act !== 'make') continue;
  mkdirSync(folder, { recursive: true });
  const pointers = {
    main: up(conditions.require.default),
    module: up(conditions.import.default),
    types: up(conditions.import.types),
    sideEffects,
  };
  writeFileSync(`${folder}/package.json`, `${JSON.stringify(pointers, null, 2)}\n`);
}
