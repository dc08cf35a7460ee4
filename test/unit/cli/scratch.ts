import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type LoadedData, type LoadOptions, loadData } from '../../../src/cli/load-data.js';

/** A directory for one test file, gone when its tests are through. */
export function scratch(): (name: string, content: string | Uint8Array) => string {
  const directory = mkdtempSync(join(tmpdir(), 'clusterlens-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return (name, content) => {
    const path = join(directory, name);
    writeFileSync(path, content);
    return path;
  };
}

export function load(path: string, options: Partial<LoadOptions> = {}): Promise<LoadedData> {
  return loadData(path, { header: true, points: true, ...options });
}

/** Rows of the points, for comparison. */
export function rowsOf({ points: { data, rows, columns } }: Pick<LoadedData, 'points'>): number[][] {
  return Array.from({ length: rows }, (_, i) => Array.from(data as Float64Array).slice(i * columns, (i + 1) * columns));
}

/** The message of the error that the promise ends with; fails when it does not. */
export async function messageOf(promise: Promise<unknown>): Promise<string> {
  return promise.then(
    () => {
      throw new Error('no error came');
    },
    (error: Error) => `${(error as { code?: string }).code}: ${error.message}`,
  );
}
