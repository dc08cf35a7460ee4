import type { Label } from '../core/types.js';
import { labelNamed } from './read/label-values.js';
import type { Terminal } from './terminal.js';

/** The noise label with the type that it has among the labels. */
export function noiseLabelOf(
  text: string | undefined,
  labels: readonly Label[],
  { note }: Terminal,
): Label | undefined {
  if (text === undefined) return undefined;
  const found = labelNamed(text, new Set(labels));
  if (found === undefined) note(`no row has the noise label '${text}'`);
  return found;
}
