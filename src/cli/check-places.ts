import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { InputError } from '../core/errors.js';
import { fileFault } from '../read/file-fault.js';

/** Options that name a file to read, and those that name one to write. */
const READ = ['labels', 'heldOut', 'heldOutLabels', 'trainingRecord', 'model'];
const WRITTEN = ['output', 'rows', 'groups'];

/** One name for a file, however it is called. */
function placeOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** The folder of a new file, or a file that is there, can be written to. */
function requireWritable(option: string, path: string): void {
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found?.isDirectory()) throw Object.assign(new Error(), { code: 'EISDIR' });
    accessSync(found === undefined || found.isFile() ? dirname(placeOf(path)) : path, constants.W_OK);
  } catch (error) {
    throw new InputError(
      'unknown-name',
      `--${option}: needs a place that can be written to, got ${fileFault(error as NodeJS.ErrnoException)} at '${path}'; name another file`,
    );
  }
}

/**
 * Before the work, which may be long: each file that is to be written can be, and is neither one that is read nor one
 * that is written twice. @throws InputError.
 */
export function checkPlaces(file: string, options: Readonly<Record<string, unknown>>): void {
  const pathOf = (option: string) => options[option] as string | undefined;
  const taken = new Map<string, string>();
  for (const path of [file, ...READ.map(pathOf)]) {
    if (path !== undefined && path !== '-') taken.set(placeOf(path), 'that is read');
  }
  for (const option of WRITTEN) {
    const path = pathOf(option);
    if (path === undefined || (path === '-' && option === 'output')) continue;
    if (path === '-') {
      const alone = option === 'rows' ? '; clusterlens rows prints rows alone' : '';
      throw new InputError('wrong-type', `--${option}: must be a file, got '-', where the answer goes${alone}`);
    }
    requireWritable(option, path);
    const use = taken.get(placeOf(path));
    if (use !== undefined && !statSync(path, { throwIfNoEntry: false })?.isCharacterDevice()) {
      throw new InputError('wrong-type', `--${option}: must not be a file ${use}, got '${path}'; name another file`);
    }
    taken.set(placeOf(path), `that --${option} writes`);
  }
}
