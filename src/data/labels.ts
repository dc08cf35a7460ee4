import { allocate } from '../core/allocate.js';
import { InputError, show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { labelsInOwnForm } from './other-forms.js';

/** Labels as integers 0..k-1, with the user's values in label order for decoding. */
export interface LabelTable {
  readonly codes: Int32Array;
  /** Distinct labels in label order: numbers and bigints by value, then booleans, then strings by code unit. */
  readonly classes: readonly Label[];
  /** Rows per class. */
  readonly counts: Int32Array;
}

const TYPE_ORDER = { number: 0, bigint: 0, boolean: 1, string: 2 } as const;

function inLabelOrder(a: Label, b: Label): number {
  const byType = TYPE_ORDER[typeof a as keyof typeof TYPE_ORDER] - TYPE_ORDER[typeof b as keyof typeof TYPE_ORDER];
  if (byType !== 0) return byType;
  return a < b ? -1 : 1;
}

const LARGEST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);

/** One label, checked. */
export function readLabel(where: string, value: unknown, position: string): Label {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isInteger(value) && !Number.isSafeInteger(value)) {
      throw new InputError(
        'out-of-range',
        `${where}: a number used as label must be within 2^53, above which integers become one, got ${value} at ${position}; pass bigint or text`,
      );
    }
    if (Number.isFinite(value)) return value === 0 ? 0 : value; // -0 and 0 are one label
    throw new InputError('not-finite', `${where}: a number used as label must be finite, got ${value} at ${position}`);
  }
  if (typeof value === 'bigint') return value <= LARGEST_EXACT && value >= -LARGEST_EXACT ? Number(value) : value;
  if (value === undefined || value === null) {
    throw new InputError(
      'missing-label',
      `${where}: every row needs a label, got ${value} at ${position}; give it one, or drop the row`,
    );
  }
  throw new InputError(
    'wrong-type',
    `${where}: a label must be a string, a number, a bigint or a boolean, got ${show(value)} at ${position}`,
  );
}

/**
 * Checks and encodes labels.
 *
 * @throws InputError empty, wrong-type, not-finite or missing-label.
 */
export function readLabels(where: string, given: unknown, name = 'labels'): LabelTable {
  const labels = labelsInOwnForm(given);
  const text = typeof labels === 'string' || labels instanceof String;
  if (
    text ||
    typeof labels !== 'object' ||
    labels === null ||
    !Number.isInteger((labels as { length?: unknown }).length) ||
    (labels as { length: number }).length < 0
  ) {
    throw new InputError(
      'wrong-type',
      `${where}: ${name} must be an array with one label per row, got ${show(labels)}${text ? `; for a label per character write [...text]` : ''}`,
    );
  }
  const source = labels as ArrayLike<unknown>;
  const n = source.length;
  if (n === 0) throw new InputError('empty', `${where}: ${name} must not be empty, got 0 labels`);
  const seen = new Map<Label, number>();
  const provisional = allocate(where, `${n} ${name}`, () => new Int32Array(n));
  for (let i = 0; i < n; i++) {
    const label = readLabel(where, source[i], `${name}[${i}]`);
    let code = seen.get(label);
    if (code === undefined) {
      code = seen.size;
      seen.set(label, code);
    }
    provisional[i] = code;
  }
  const classes = [...seen.keys()].sort(inLabelOrder);
  const rank = new Int32Array(classes.length);
  classes.forEach((label, code) => {
    rank[seen.get(label)!] = code;
  });
  const codes = new Int32Array(n);
  const counts = new Int32Array(classes.length);
  for (let i = 0; i < n; i++) {
    const code = rank[provisional[i]!]!;
    codes[i] = code;
    counts[code]!++;
  }
  return { codes, classes: Object.freeze(classes), counts };
}
