import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { checkPlaces } from '../../../src/cli/check-places.js';

const folder = mkdtempSync(join(tmpdir(), 'clusterlens-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);
const data = at('data.csv');
writeFileSync(data, 'x,label\n');
writeFileSync(at('labels.txt'), 'a\n');
symlinkSync(data, at('link.csv'));
mkdirSync(at('made'));

describe('checkPlaces', () => {
  it('lets new files pass, files that are replaced, and standard output', () => {
    checkPlaces(data, { output: '-', rows: at('rows.csv'), groups: at('groups.csv'), labels: at('labels.txt') });
    writeFileSync(at('old.txt'), 'before');
    checkPlaces(data, { output: at('old.txt') });
    checkPlaces('-', { output: at('old.txt') });
  });

  it.runIf(process.platform === 'linux')('lets devices pass, also for two at once', () => {
    checkPlaces(data, { output: '/dev/null', rows: '/dev/null' });
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['the data', { output: data }, /--output: must not be a file that is read, got '.*data\.csv'; name another file/],
    ['the data by a link', { rows: at('link.csv') }, /--rows: must not be a file that is read/],
    ['the labels', { labels: at('labels.txt'), output: at('labels.txt') }, /must not be a file that is read/],
    ['one file twice', { output: at('x.csv'), rows: at('x.csv') }, /--rows: must not be a file that --output writes/],
    [
      'a folder that is not there',
      { output: at('no/x.txt') },
      /--output: needs a place .* got no such file or folder at '.*x\.txt'/,
    ],
    ['a folder', { output: at('made') }, /got a directory at/],
    [
      'rows on standard output',
      { rows: '-' },
      /--rows: must be a file, got '-', where the answer goes; clusterlens rows/,
    ],
  ])('refuses %s', (_, options, message) => {
    expect(() => checkPlaces(data, options)).toThrow(message);
  });

  it.skipIf(process.getuid?.() === 0)('refuses a folder without permission', () => {
    mkdirSync(at('closed'));
    chmodSync(at('closed'), 0o500);
    expect(() => checkPlaces(data, { output: at('closed/x.txt') })).toThrow('got no permission');
  });
});
