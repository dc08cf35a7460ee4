import { toPlain } from '../../core/plain.js';

/** A result as JSON, in the spelling of `toPlain`. */
export function jsonText(value: unknown): string {
  return `${JSON.stringify(toPlain(value), null, 2)}\n`;
}
