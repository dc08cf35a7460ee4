import type { CommonArguments, DiagnoseArguments } from './arguments.js';

/** A word as a shell takes it. */
export function shellQuoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

type Given = CommonArguments & Pick<DiagnoseArguments, 'features' | 'space' | 'heldOut' | 'heldOutLabels'>;

const option = (name: string, value: string | undefined): string[] => (value === undefined ? [] : [name, value]);

/**
 * Makes a recommended command one that can be run: DATA becomes the file with the options that it
 * takes to read it, and HELD_OUT the file with the held-out rows, where there is one.
 */
export function filledIn(file: string, given: Given): (command: string) => string {
  const { label, labels, format, header, dropMissing, features, space = {}, heldOut, heldOutLabels } = given;
  const rows = [
    file,
    ...option('--label', label),
    ...option('--labels', labels),
    ...option('--format', format),
    ...(header ? [] : ['--no-header']),
    ...(dropMissing ? ['--drop-missing'] : []),
  ];
  const points = [
    ...option('--features', features),
    ...Object.entries(space).flatMap(([name, columns]) => ['--space', `${name}=${columns}`]),
  ];
  const held = heldOut === undefined ? undefined : [heldOut, ...option('--held-out-labels', heldOutLabels)];
  const text = (words: readonly string[]) => words.map(shellQuoted).join(' ');
  return (command) =>
    command
      .replace(/\bDATA\b/g, () => text(/^clusterlens balance\b/.test(command) ? rows : [...rows, ...points]))
      .replace(/\bHELD_OUT\b/g, (name) => (held === undefined ? name : text(held)));
}
