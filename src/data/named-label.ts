import { InputError, show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { readLabel } from './labels.js';

/** What a label says, whatever its type, its case and the space around it: -1, '-1', ' -1' and '-1.0' say the same. */
function saying(label: Label): string {
  const text = String(label).trim().toLowerCase();
  if (/^[+-]?\d+$/.test(text)) return String(BigInt(text));
  const number = text === '' ? Number.NaN : Number(text);
  return Number.isFinite(number) ? String(number) : text;
}

/** A label among `known` that says what `label` says and is written otherwise; undefined where there is none. */
export function nearMiss(label: Label, known: readonly Label[]): Label | undefined {
  if (known.includes(label)) return undefined;
  const said = saying(label);
  return known.find((other) => saying(other) === said);
}

/**
 * The code of a label that an option names; -1 for undefined, and where no row has the label, which is
 * a legal outcome (a clustering without noise).
 *
 * @throws InputError unknown-name where no row has it and rows have the same in another type or spelling.
 */
export function codeOfLabel(
  where: string,
  option: string,
  label: Label | undefined,
  classes: readonly Label[],
): number {
  if (label === undefined) return -1;
  const near = nearMiss(label, classes);
  if (near === undefined) return classes.indexOf(label);
  throw new InputError(
    'unknown-name',
    `${where}: ${option} must be written as in the labels, got ${show(label)}, and the labels have ${show(near)}; write ${option}: ${show(near)}`,
  );
}

/**
 * The label that the option noiseLabel names, or else that of the dataset, checked against the labels.
 *
 * @throws InputError as `readLabel` and `codeOfLabel`.
 */
export function readNoiseLabel(
  where: string,
  given: unknown,
  data: { readonly classes: readonly Label[]; readonly noiseLabel?: Label },
): Label | undefined {
  if (given === undefined) return data.noiseLabel;
  if (given === null) {
    throw new InputError(
      'wrong-type',
      `${where}: noiseLabel must be a label, got null; leave the option out where no label marks noise`,
    );
  }
  const label = readLabel(where, given, 'option noiseLabel');
  codeOfLabel(where, 'noiseLabel', label, data.classes);
  return label;
}

/**
 * Labels of other rows must be written as those of the first rows are: 1 and '1' would be two classes.
 * Labels that the first rows do not have at all are allowed.
 */
export function requireSameSpelling(where: string, classes: readonly Label[], known: readonly Label[]): void {
  for (const label of classes) {
    const near = nearMiss(label, known);
    if (near === undefined || classes.includes(near)) continue;
    throw new InputError(
      'unknown-name',
      `${where}: labels must be written as in the training rows, got ${show(label)} where those have ${show(near)}; use one type and spelling`,
    );
  }
}
