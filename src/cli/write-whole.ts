import { chmodSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../core/errors.js';
import { fileFault } from '../read/file-fault.js';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

function wait(): void {}

function statOf(path: string): Stats | undefined {
  return statSync(path, { throwIfNoEntry: false });
}

/** Writes beside the file and renames, so that nobody ever sees half of it. */
function replace(path: string, text: string, mode: number | undefined): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  // With a listener a signal waits until the file is whole; without one it would leave the temporary file.
  for (const name of SIGNALS) process.on(name, wait);
  try {
    writeFileSync(temporary, text);
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  } finally {
    for (const name of SIGNALS) process.removeListener(name, wait);
  }
}

/** Writes a file, all of it or nothing; a link stays a link, and a device or a pipe is written to. @throws InputError. */
export function writeWhole(path: string, text: string): void {
  try {
    const found = statOf(path);
    if (found?.isFile() === false && !found.isDirectory()) writeFileSync(path, text);
    else replace(found === undefined ? path : realpathSync(path), text, found?.mode);
  } catch (error) {
    throw new InputError(
      'unknown-name',
      `${path}: needs a place that can be written to, got ${fileFault(error as NodeJS.ErrnoException)}; name another file`,
    );
  }
}
