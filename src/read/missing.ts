/** Spellings of a missing value, of a label as of a number, in any case and with space around. */
const WORDS = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '<na>', '#n/a', '?']);

/** The same for the help and for messages. */
export const MISSING_WORDS = 'NA, N/A, NaN, null, None, <NA>, #N/A, ?';

export function isMissingText(text: string): boolean {
  // Most cells are longer than any of the words.
  return text.length === 0 || (text.length < 64 && WORDS.has(text.trim().toLowerCase()));
}
