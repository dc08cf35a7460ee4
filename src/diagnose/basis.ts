import { InputError, inColumns, inTable, show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { codeOfLabel } from '../data/named-label.js';
import { rowNameOf } from '../data/row-name.js';
import { type Part, partOf, rowsOutside, sampleRows } from '../data/row-sample.js';
import { fitMetric, requireDomain, resolveMetric } from '../distance/metric.js';
import { balanceOf } from '../imbalance/class-balance.js';
import { inZScores } from '../statistics/z-scores.js';
import { scoredRows } from '../studies/significance/scored-significance.js';
import { scaledTogether } from '../studies/spaces/read-spaces.js';
import type { Basis } from './findings/context.js';
import { subsetNote } from './findings/words.js';
import type { DiagnoseSettings, Tables } from './read-input.js';
import { withoutLabel } from './read-spaces.js';

const WHERE = 'diagnose';
/** Rows that the hierarchy and the comparison of spaces use at most; they cost more per row. */
export const FEWER = 1500;
/** Additions that the permuted signatures may cost. */
const SIGNATURE_EFFORT = 2e8;
/** Additions that the permuted groupings of the hierarchy may cost, and rows of each class that it has in any case. */
const HIERARCHY_EFFORT = 2e9;
const HIERARCHY_ROWS = 20;

/** Each permutation takes the mean row of each class in each fold, and compares every row with each of them. */
function hierarchyRows({ d, k }: Part, permutations: number): number {
  const affordable = Math.floor(HIERARCHY_EFFORT / (permutations * d * (8 + k)));
  return Math.min(FEWER, Math.max(HIERARCHY_ROWS * k, affordable));
}

function withoutNoise(data: Part, noiseLabel: Label | undefined, square: boolean): Part {
  const raw = withoutLabel(WHERE, data, noiseLabel, square);
  if (raw.n > 0) return raw;
  throw new InputError(
    'empty',
    `${WHERE}: some row must have another label than the noise label ${show(noiseLabel)}, got none`,
  );
}

/** Held-out rows and spaces without noise, and all of them by the names of their tables. */
function furtherTables(
  { spaces, heldOut }: Pick<Tables, 'spaces' | 'heldOut'>,
  raw: Part,
  standardized: boolean,
  other: (part: Part) => Part,
) {
  const apart = spaces.map(({ name, part }) => ({ name, part: other(part) }));
  const named: [string, Part][] = apart.map(({ name, part }) => [`spaces.${name}`, part]);
  if (heldOut === null) return { spaces: apart, heldOut: null, named };
  const held = other(heldOut.whole);
  const data = standardized ? scaledTogether(raw, held)[1]! : held;
  const heldSpaces = new Map([...heldOut.spaces].map(([name, part]) => [name, other(part)]));
  for (const [name, part] of heldSpaces) named.push([`heldOut.spaces.${name}`, part]);
  named.push(['heldOut', data]);
  return { spaces: apart, heldOut: { raw: held, data, spaces: heldSpaces }, named };
}

/** What findings start from: rows without noise, standardised where asked for, and the sample of them. */
export function basisOf(
  { whole, columns, uses, spaces, heldOut, training }: Tables,
  settings: DiagnoseSettings,
): Basis {
  const { metric, standardized, noiseLabel, permutations, sampleSize, seed } = settings;
  const resolved = resolveMetric(WHERE, metric);
  const square = resolved.kind === 'precomputed';
  const raw = withoutNoise(whole, noiseLabel, square);
  const data = standardized ? inZScores(raw) : raw;
  const kept = rowsOutside(whole.labels, codeOfLabel(WHERE, 'noiseLabel', noiseLabel, whole.classes));
  const named = standardized ? `${WHERE} (standardised columns)` : WHERE;
  const byName = <T>(compute: () => T): T => (columns === null ? compute() : inColumns(columns, compute));
  byName(() => requireDomain(named, resolved, data.points, data.d, rowNameOf(data)));
  const rows = sampleRows(data, sampleSize, seed);
  const all = rows.length === data.n;
  const sample = all ? data : partOf(data, rows, square);
  const fewer = Math.max(sample.n, Math.floor(SIGNATURE_EFFORT / (data.d * permutations)));
  const other = (part: Part) => withoutLabel(WHERE, part, noiseLabel, false);
  const further = furtherTables({ spaces, heldOut }, raw, standardized, other);
  for (const [table, part] of further.named) {
    inTable(table, () => requireDomain(`${named} (${table})`, resolved, part.points, part.d, rowNameOf(part)));
  }
  return {
    ...settings,
    whole,
    columns,
    uses,
    columnName: (column) => columns?.[column] ?? `column ${column}`,
    raw,
    data,
    givenRows: kept,
    sampledRows: rows.map((i) => kept[i]!),
    sample,
    rawSample: all ? raw : partOf(raw, rows, square),
    note: subsetNote(all ? undefined : { rows: rows.length, of: data.n }),
    heldOut: further.heldOut,
    spaces: further.spaces,
    training,
    fitted: byName(() => fitMetric(WHERE, resolved, data.points, data.n, data.d)).spec,
    metricName: resolved.name,
    square,
    balance: balanceOf({ codes: raw.labels, classes: raw.classes, counts: raw.counts }, 'totalVariation'),
    scored: scoredRows(data, sampleSize),
    signed:
      fewer >= data.n ? data : square || fewer === sample.n ? sample : partOf(data, sampleRows(data, fewer, seed)),
    hierarchyRows: hierarchyRows(data, permutations),
  };
}
