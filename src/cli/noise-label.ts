import { InputError } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { labelLike, labelNamed } from '../read/label-values.js';
import { shellQuoted } from './data-arguments.js';
import type { Terminal } from './terminal.js';

/**
 * The noise label with the type that it has among the labels; undefined, and a note, where no row has it.
 * @throws InputError unknown-name where rows have it in another spelling: Noise for noise, -1.0 for -1.
 */
export function noiseLabelOf(
  text: string | undefined,
  labels: readonly Label[],
  { note }: Pick<Terminal, 'note'>,
): Label | undefined {
  if (text === undefined) return undefined;
  const distinct = [...new Set(labels)];
  const found = labelNamed(text, distinct);
  if (found !== undefined) return found;
  const { near, hint } = labelLike(text, distinct);
  if (near !== undefined) {
    throw new InputError(
      'unknown-name',
      `--noise-label: must be written as in the labels, got '${text}', and the labels have '${near}'; write --noise-label ${shellQuoted(String(near))}`,
    );
  }
  note(`no row has the noise label '${text}'${hint}`);
  return undefined;
}
