import { show } from '../core/errors.js';
import { didYouMean } from '../core/suggest.js';
import type { Label } from '../core/types.js';
import { nearMiss } from '../data/named-label.js';
import { malformed } from './malformed.js';
import { isMissingText } from './missing.js';
import type { Cell } from './table.js';

/**
 * The label in a cell that holds one: what the file has. Text becomes a number only where the number
 * gives exactly this text back: 1 and -0.5 do; 007, 1.10, 1e3 and 1234567890123456701 stay text. So no two
 * texts become one label, and a label does not depend on the other rows.
 */
export function labelOf(cell: Cell): Label {
  if (typeof cell === 'bigint') {
    const number = Number(cell);
    return Number.isSafeInteger(number) ? number : cell;
  }
  if (typeof cell !== 'string') return cell as number | boolean;
  const number = Number(cell);
  const exact = Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number);
  return exact && String(number) === cell ? number : cell;
}

/**
 * Whether a cell that should hold a label holds none. With `literal` the words for a missing value are
 * labels as any other text, and only an empty one is missing.
 */
export function isMissingLabel(cell: Cell, literal: boolean): boolean {
  if (typeof cell === 'string') return literal ? cell.trim() === '' : isMissingText(cell);
  return cell === null || cell === undefined || (typeof cell === 'number' && !Number.isFinite(cell));
}

/** A number that stands for several integers may be several labels in one. */
export function requireExact(file: string, cell: Cell, place: string): void {
  if (typeof cell !== 'number' || !Number.isInteger(cell) || Number.isSafeInteger(cell)) return;
  throw malformed(
    file,
    `labels that are numbers must be within 2^53, above which integers become one, got ${cell} at ${place}; save them as text, or as integers of 64 bits`,
  );
}

/** Characters that were no UTF-8 are all read as one, so that two labels may have become the same. */
export function refuseDamaged(file: string, labels: Iterable<Label>): void {
  for (const label of labels) {
    if (typeof label !== 'string' || !label.includes('\uFFFD')) continue;
    throw malformed(
      file,
      `labels must be UTF-8, got ${show(label)}, in which a character is lost, so that two labels may look the same; save the file as UTF-8`,
    );
  }
}

/** Labels that look the same and are not: 'cat' and 'cat ', or an accent in two codings. One note for each pair. */
export function lookalikes(labels: Iterable<Label>): string[] {
  const seen = new Map<string, Label>();
  return [...new Set(labels)].flatMap((label) => {
    const looks = String(label).trim().replace(/\s+/g, ' ').normalize('NFC');
    const before = seen.get(looks);
    if (before === undefined) seen.set(looks, label);
    return before === undefined
      ? []
      : [
          `the labels ${JSON.stringify(before)} and ${show(label)} look the same and are two classes (space, or the coding of an accent); if they mean one, write them alike`,
        ];
  });
}

/** What a label is written as on the command line: its text. undefined where no label is written so. */
export function labelNamed(text: string, labels: readonly Label[]): Label | undefined {
  return labels.find((label) => String(label) === text);
}

/** The label that is written otherwise but says the same, or a hint at one that is spelled nearly so. */
export function labelLike(text: string, labels: readonly Label[]): { near: Label | undefined; hint: string } {
  // Another number is no typing error.
  const hint = Number.isNaN(Number(text)) ? didYouMean(text, labels.map(String)) : '';
  return { near: nearMiss(text, labels), hint };
}
