import type { Label } from '../../core/types.js';

const WORDS = /^(|-1|noise|outliers?|unknown|none|n\/?a|nan|null|undefined|unlabell?ed|other|misc(ellaneous)?|\?)$/i;

/** Position of a label that is written as noise often is, -1 for none; a number -1 only beside numbers that count from 0. */
export function noiseCandidate(classes: readonly Label[]): number {
  if (classes.length < 3) return -1;
  const counting = classes.every(
    (label) => label === -1 || (typeof label === 'number' && Number.isInteger(label) && label >= 0),
  );
  return classes.findIndex((label) =>
    label === -1 ? counting : typeof label === 'string' && WORDS.test(label.trim()),
  );
}
