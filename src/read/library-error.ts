import { ClusterlensError } from '../core/errors.js';

/** Switches of the command, which are options with a value here. */
const SWITCHES: Readonly<Record<string, string>> = {
  'no-header': 'header: false',
  'drop-missing': 'dropMissing: true',
  'literal-labels': 'literalLabels: true',
  'keep-identifiers': 'keepIdentifiers: true',
};

const inCamelCase = (name: string) => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** What was written for the command, with the options of `readTable`: `--label NAME` is `label: 'NAME'`. */
export function asOptions(text: string): string {
  return text.replace(/--([a-z][a-z-]*)(?: ([A-Z]{2,}))?/g, (_, name: string, value: string | undefined) => {
    const option = SWITCHES[name] ?? inCamelCase(name);
    return value === undefined ? option : `${option}: '${value}'`;
  });
}

/** Runs `read`; its errors, which are written for the command, name `readTable` and its options. */
export async function asLibrary<T>(read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof ClusterlensError) || error.message.startsWith('readTable')) throw error;
    throw new (error.constructor as typeof ClusterlensError)(error.code, `readTable: ${asOptions(error.message)}`);
  }
}
