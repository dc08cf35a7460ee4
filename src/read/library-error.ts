import { ClusterlensError } from '../core/errors.js';

/** Switches of the command, which are options with a value here. */
const SWITCHES: Readonly<Record<string, string>> = {
  'no-header': 'header: false',
  'drop-missing': 'dropMissing: true',
  'literal-labels': 'literalLabels: true',
};

const inCamelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Runs `read`; its errors, which are written for the command, name `readTable` and its options. */
export async function asLibrary<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ClusterlensError) || error.message.startsWith('readTable')) throw error;
    const message = error.message.replace(
      /--([a-z][a-z-]*)/g,
      (_, name: string) => SWITCHES[name] ?? inCamelCase(name),
    );
    throw new (error.constructor as typeof ClusterlensError)(error.code, `readTable: ${message}`);
  }
}
