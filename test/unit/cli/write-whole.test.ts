import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeWhole } from '../../../src/cli/write-whole.js';

function folderOfTest(): string {
  const folder = mkdtempSync(join(tmpdir(), 'clusterlens-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe('writeWhole', () => {
  it('writes a new file, and replaces one with its rights', () => {
    const folder = folderOfTest();
    const path = join(folder, 'out.txt');
    writeFileSync(path, 'before', { mode: 0o640 });
    writeWhole(path, 'after');
    expect(readFileSync(path, 'utf8')).toBe('after');
    expect(statSync(path).mode & 0o777).toBe(0o640);
    writeWhole(join(folder, 'new.txt'), 'text');
    expect(readdirSync(folder).sort()).toEqual(['new.txt', 'out.txt']);
  });

  it('a link stays a link', () => {
    const folder = folderOfTest();
    const target = join(folder, 'target.txt');
    writeFileSync(target, 'before');
    symlinkSync(target, join(folder, 'link.txt'));
    writeWhole(join(folder, 'link.txt'), 'after');
    expect(lstatSync(join(folder, 'link.txt')).isSymbolicLink()).toBe(true);
    expect(readFileSync(target, 'utf8')).toBe('after');
  });

  it.each([
    ['a folder that is not there', (folder: string) => join(folder, 'no', 'out.txt'), 'no such file or folder'],
    ['a folder', (folder: string) => join(folder, 'made'), 'a directory'],
  ])('%s is an error in words, and leaves nothing', (_, pathIn, got) => {
    const folder = folderOfTest();
    mkdirSync(join(folder, 'made'));
    expect(() => writeWhole(pathIn(folder), 'text')).toThrow(`needs a place that can be written to, got ${got}`);
    expect(readdirSync(folder)).toEqual(['made']);
  });

  it.runIf(process.platform === 'linux')('a full disk is an error, and a device stays a device', () => {
    expect(() => writeWhole('/dev/full', 'text')).toThrow('got no space left on the disk');
    expect(statSync('/dev/full').isCharacterDevice()).toBe(true);
    writeWhole('/dev/null', 'text');
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true);
  });
});
