import type { CommonArguments } from './arguments.js';

/** A word as a shell takes it. */
export function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** The file with the options that it takes to read it, for a command that is recommended. */
export function dataArguments(file: string, given: CommonArguments): string {
  const { label, labels, format, header, dropMissing } = given;
  const words = [
    file,
    ...(label === undefined ? [] : ['--label', label]),
    ...(labels === undefined ? [] : ['--labels', labels]),
    ...(format === undefined ? [] : ['--format', format]),
    ...(header ? [] : ['--no-header']),
    ...(dropMissing ? ['--drop-missing'] : []),
  ];
  return words.map(shellQuoted).join(' ');
}
