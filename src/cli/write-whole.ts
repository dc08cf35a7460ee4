import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../core/errors.js';
import { fileFault } from '../read/file-fault.js';

function wait(): void {}

/** Writes beside the file and renames, so that nobody ever sees half of it. @throws InputError. */
export function writeWhole(path: string, text: string): void {
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  // With a listener the signal waits until the file is whole; without one it would leave the temporary file.
  process.on('SIGINT', wait);
  try {
    writeFileSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw new InputError(
      'unknown-name',
      `${path}: needs a place that can be written to, got ${fileFault(error as NodeJS.ErrnoException)}; check the directory`,
    );
  } finally {
    process.removeListener('SIGINT', wait);
  }
}
