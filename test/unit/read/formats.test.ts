import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, it } from 'vitest';
import { fileSource } from '../../../src/read/file-source.js';
import { FORMATS } from '../../../src/read/formats.js';
import { openTable } from '../../../src/read/open-table.js';
import { expectComplete } from '../../support/forgotten.js';
import { scratch } from '../cli/scratch.js';

const file = scratch();
const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

describe('every format', () => {
  it('is known by its extension', async () => {
    const messages = await Promise.all(
      FORMATS.map(async (format) => {
        const open = openTable(await fileSource(file(`empty.${format}`, '')), { format: undefined, header: true });
        return open.then(() => '').catch((error: unknown) => String(error));
      }),
    );
    const known = FORMATS.filter((_, i) => !messages[i]!.includes('needs an extension'));
    expectComplete('EXTENSIONS of src/read/formats.ts', known, FORMATS);
  });

  it('stands in the README', () => {
    const named = FORMATS.filter((format) => new RegExp(`\\b${format}\\b`, 'i').test(readme));
    expectComplete('README.md', named, FORMATS);
  });

  it('is read by a test of the command', () => {
    const folders = ['.', '../cli', '../../cli'].map((path) => fileURLToPath(new URL(path, import.meta.url)));
    const text = folders
      .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
      .filter((path) => path.endsWith('.test.ts'))
      .map((path) => readFileSync(path, 'utf8'))
      .join('\n');
    const read = FORMATS.filter((format) => text.includes(`.${format}`));
    expectComplete('test/unit/read', read, FORMATS);
  });
});
