import { InputError } from '../core/errors.js';

/** An error about the contents of a file: where, rule, got, what to do. */
export function malformed(file: string, rule: string): InputError {
  return new InputError('malformed-file', `${file}: ${rule}`);
}

/** "a, b, c and 12 more" for a message. */
export function listed(names: readonly string[], most = 8): string {
  if (names.length === 0) return 'none';
  const shown = names.slice(0, most).map((name) => `'${name}'`);
  return names.length > most ? `${shown.join(', ')} and ${names.length - most} more` : shown.join(', ');
}
