import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import schema from '../../../src/diagnose/diagnosis.schema.json' with { type: 'json' };
import type { FindingModule } from '../../../src/diagnose/findings/context.js';
import { FINDINGS } from '../../../src/diagnose/findings/table.js';
import { expectComplete } from '../../support/forgotten.js';

const FOLDER = fileURLToPath(new URL('../../../src/diagnose/findings', import.meta.url));

const isModule = (value: unknown): value is FindingModule =>
  typeof (value as FindingModule | null)?.make === 'function' && typeof (value as FindingModule).id === 'string';

/** Finding modules by the file that exports them. */
async function modules(): Promise<[file: string, id: string][]> {
  const files = readdirSync(FOLDER).map((name) => name.replace(/\.ts$/, ''));
  const exported = await Promise.all(
    files.map(async (file) => {
      const all = (await import(`../../../src/diagnose/findings/${file}.ts`)) as Record<string, unknown>;
      return Object.values(all)
        .filter(isModule)
        .map(({ id }): [string, string] => [file, id]);
    }),
  );
  return exported.flat();
}

test('every finding is a row of the table, and stands in the file of its name', async () => {
  const found = await modules();
  expectComplete(
    'src/diagnose/findings/table.ts',
    FINDINGS.map(({ id }) => id),
    found.map(([, id]) => id),
  );
  expect(found.filter(([file, id]) => file !== id)).toEqual([]);
});

test('the schema knows the id of every finding', () => {
  const known: readonly string[] = schema.$defs.Finding.properties.id.enum;
  expect(FINDINGS.map(({ id }) => id).filter((id) => !known.includes(id))).toEqual([]);
});
