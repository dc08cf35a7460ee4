import { InputError, show } from '../core/errors.js';
import {
  type Check,
  count,
  either,
  fields,
  finite,
  label,
  list,
  number,
  oneOfTexts,
  optional,
  orNull,
  positive,
  requireShape,
  text,
} from '../core/shape-check.js';

import type { ColumnRole } from '../data/column-use.js';

/** A number, or as JSON spells an infinite one. */
const spelled = either(number, oneOfTexts(['Infinity', '-Infinity']));
const sample = fields({ rows: count, of: count });
const usedRows = fields({ rows: count, of: count, against: oneOfTexts(['all', 'sample']) });
const interval = fields({ low: number, high: number, level: finite });

const evidence = fields({
  text,
  value: orNull(either(label, number)),
  test: text,
  reason: optional(text),
  unit: optional(text),
  better: optional(text),
  chance: optional(spelled),
  p: optional(finite),
  interval: optional(fields({ low: spelled, high: spelled, level: finite })),
  sample: optional(usedRows),
});

const table = fields(
  {
    text,
    test: text,
    columns: list(text),
    rows: list(list(orNull(either(label, number)))),
    omitted: count,
    sample: optional(usedRows),
  },
  ({ columns, rows }: { columns: readonly string[]; rows: readonly (readonly unknown[])[] }) => {
    const odd = rows.find((row) => row.length !== columns.length);
    return odd === undefined ? undefined : `rows of a table must have ${columns.length} cells, got ${odd.length}`;
  },
);

const recommendation = fields({ text, call: optional(text), command: optional(text) });

const finding = fields({
  id: text,
  title: text,
  hypothesis: text,
  verdict: oneOfTexts(['confirmed', 'rejected', 'inconclusive']),
  severity: oneOfTexts(['info', 'low', 'medium', 'high']),
  summary: text,
  evidence: list(evidence),
  tables: list(table),
  changesIf: text,
  recommendation: orNull(recommendation),
  explains: list(text),
  explainedBy: orNull(text),
});

const score = fields({
  metric: text,
  space: text,
  rows: text,
  score: orNull(number),
  reason: optional(text),
  better: text,
  chance: orNull(fields({ mean: number, sd: number })),
  p: orNull(finite),
  adjusted: orNull(number),
  sample: optional(sample),
});

const claim = fields({
  metric: text,
  claimed: finite,
  decimals: decimals(),
  recomputed: orNull(number),
  reason: optional(text),
  interval: orNull(interval),
  verdict: oneOfTexts(['reproduced', 'refuted', 'consistent', 'not-computable']),
  reproducedBy: orNull(text),
  caution: optional(text),
  sample: optional(sample),
});

/** As many as `toFixed` can write. */
function decimals(): Check {
  return (value, place) =>
    count(value, place) ?? ((value as number) <= 100 ? undefined : `${place} must be at most 100, got ${show(value)}`);
}

const ROLES = [
  'feature',
  'label',
  'identifier',
  'row-number',
  'index',
  'constant',
  'label-copy',
  'text',
  'date',
  'vector',
  'weight',
] as const satisfies readonly ColumnRole[];

const diagnosis = fields({
  input: fields({
    n: count,
    d: count,
    k: count,
    metric: text,
    noise: orNull(fields({ label, rows: count })),
    heldOutRows: orNull(count),
    spaces: list(text),
    columns: optional(orNull(list(fields({ name: text, role: oneOfTexts(ROLES), reason: optional(text) })))),
    seed: count,
    permutations: count,
    alpha: finite,
    sample: orNull(sample),
  }),
  answer: fields({
    verdict: oneOfTexts(['real', 'partly', 'not-real', 'undecided']),
    sentence: text,
    because: list(text),
    todo: orNull(recommendation),
    weakest: fields({
      classes: list(fields({ label, rows: count, own: finite, chance: finite })),
      pairs: list(fields({ labels: list(label), confused: finite, rows: count })),
    }),
  }),
  findings: list(finding),
  metrics: list(score),
  rows: list(fields({ row: count, label, nearer: orNull(label), width: orNull(finite), reason: text, weight: finite })),
  balance: fields({
    classes: list(fields({ label, count: positive, share: finite })),
    median: number,
    mean: number,
    singletons: count,
    imbalanceRatio: number,
    evenness: number,
    effectiveClasses: number,
    gini: number,
    imbalanceDegree: number,
    lrid: number,
  }),
  claims: orNull(list(claim)),
});

/** Checks that a value is a diagnosis of a schema that this version knows, before anything is written. */
export function readDiagnosis(where: string, value: unknown): void {
  const { schema } = (value ?? {}) as { readonly schema?: unknown };
  if (schema !== undefined && schema !== 2) {
    throw new InputError(
      'out-of-range',
      `${where}: schema of the diagnosis must be 2, got ${show(schema)}; diagnose again`,
    );
  }
  if (schema !== 2) throw new InputError('wrong-type', `${where}: needs the result of diagnose, got ${show(value)}`);
  requireShape(where, 'the result of diagnose', diagnosis, value);
}
