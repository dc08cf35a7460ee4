import { describe, expect, it } from 'vitest';
import { withCommand } from '../../../src/cli/with-command.js';

const COMMANDS = ['diagnose', 'verify', 'help'];

describe('withCommand', () => {
  it.each([
    ['a file by its extension, which need not be there', ['nowhere.csv', '--json']],
    ['a path', ['folder/data']],
    ['standard input', ['-', '--format', 'csv']],
    ['an option that only a command has', ['--json', 'data.csv']],
  ])('%s is diagnosed', (_, argv) => {
    expect(withCommand(argv, COMMANDS)).toEqual(['diagnose', ...argv]);
  });

  it.each([
    ['a command', ['verify', 'data.csv']],
    ['a command that is misspelled', ['diagnos', 'data.csv']],
    ['help of a command', ['help', 'verify']],
    ['an option of the program', ['--version']],
    ['nothing', []],
  ])('%s stays what it is', (_, argv) => {
    expect(withCommand(argv, COMMANDS)).toEqual(argv);
  });

  it('a file without extension is diagnosed where it is there', () => {
    // The tests run in the folder that has it.
    expect(withCommand(['LICENSE'], COMMANDS)).toEqual(['diagnose', 'LICENSE']);
    expect(withCommand(['LICENCE'], COMMANDS)).toEqual(['LICENCE']);
  });
});
