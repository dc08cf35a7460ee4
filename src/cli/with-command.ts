import { existsSync } from 'node:fs';

/** Options of the program itself. */
const OWN = ['-h', '--help', '-V', '--version'];

/** Whether a word is meant as a file: it is there, or it is written like one. A command's name is the command. */
function isFile(word: string): boolean {
  return word === '-' || /[./\\]/.test(word) || existsSync(word);
}

/**
 * A command line that starts with a file, or with an option that only a command has, is that of `diagnose`. Any other
 * word is the name of a command, right or wrong.
 */
export function withCommand(argv: readonly string[], commands: readonly string[]): readonly string[] {
  const [first] = argv;
  if (first === undefined || commands.includes(first) || OWN.includes(first)) return argv;
  return isFile(first) || first.startsWith('-') ? ['diagnose', ...argv] : argv;
}
