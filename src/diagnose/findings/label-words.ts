import type { Label } from '../../core/types.js';
import { countText, numberText } from '../../core/words.js';
import type { WeakPair } from '../answer-types.js';

/** A label in a sentence. */
export const sayLabel = (label: Label) => (String(label).trim() === '' ? '(blank)' : String(label));

/** Labels as a list that ends in words: 'a, b and c', 'a, b, c and 4 more'. */
export function listLabels(labels: readonly Label[], most = 3): string {
  const shown = labels.slice(0, most).map(sayLabel);
  const more = labels.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${numberText(more)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

/** The first of the weak pairs, told alike in the answer and in the finding on overlap; empty without one. */
export function sayWeakSpot([pair]: readonly WeakPair[]): string {
  if (pair === undefined) return '';
  const { labels, confused, rows } = pair;
  const [a, b] = [sayLabel(labels[0]), sayLabel(labels[1])];
  return confused > 0
    ? ` Weak spot: ${a} and ${b} overlap (${numberText(Math.max(1, Math.round(confused)))} of their ${countText(rows, 'row')} lie beside the other).`
    : ` Weak spot: ${a} and ${b} touch without a gap.`;
}
