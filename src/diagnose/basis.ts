import { InputError, show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { type Part, partOf, sampleRows } from '../data/row-sample.js';
import { fitMetric, requireDomain, resolveMetric } from '../distance/metric.js';
import { balanceOf } from '../imbalance/class-balance.js';
import { inZScores } from '../statistics/z-scores.js';
import { scoredRows } from '../studies/significance/scored-significance.js';
import { scaledTogether } from '../studies/spaces/compare-spaces.js';
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

/** What findings start from: rows without noise, standardised where asked for, and the sample of them. */
export function basisOf({ whole, columns, spaces, heldOut, training }: Tables, settings: DiagnoseSettings): Basis {
  const { metric, standardized, noiseLabel, permutations, sampleSize, seed } = settings;
  const resolved = resolveMetric(WHERE, metric);
  const square = resolved.kind === 'precomputed';
  const raw = withoutNoise(whole, noiseLabel, square);
  const data = standardized ? inZScores(raw) : raw;
  const kept = Int32Array.from(whole.labels.keys()).filter((i) => whole.classes[whole.labels[i]!] !== noiseLabel);
  const named = standardized ? `${WHERE} (standardised columns)` : WHERE;
  requireDomain(named, resolved, data.points, data.d, (i) => kept[i]!);
  const rows = sampleRows(data, sampleSize, seed);
  const all = rows.length === data.n;
  const sample = all ? data : partOf(data, rows, square);
  const fewer = Math.max(sample.n, Math.floor(SIGNATURE_EFFORT / (data.d * permutations)));
  const held = heldOut === null ? null : withoutLabel(WHERE, heldOut.whole, noiseLabel, false);
  const other = (part: Part) => withoutLabel(WHERE, part, noiseLabel, false);
  return {
    ...settings,
    whole,
    columns,
    columnName: (column) => columns?.[column] ?? `column ${column}`,
    raw,
    data,
    givenRows: kept,
    sampledRows: rows.map((i) => kept[i]!),
    sample,
    rawSample: all ? raw : partOf(raw, rows, square),
    note: subsetNote(all ? undefined : { rows: rows.length, of: data.n }),
    heldOut:
      heldOut === null || held === null
        ? null
        : {
            raw: held,
            data: standardized ? scaledTogether(raw, held)[1]! : held,
            spaces: new Map([...heldOut.spaces].map(([name, part]) => [name, other(part)])),
          },
    spaces: spaces.map(({ name, part }) => ({ name, part: other(part) })),
    training,
    fitted: fitMetric(WHERE, resolved, data.points, data.n, data.d).spec,
    metricName: resolved.name,
    square,
    balance: balanceOf({ codes: raw.labels, classes: raw.classes, counts: raw.counts }, 'totalVariation'),
    scored: scoredRows(data, sampleSize),
    signed:
      fewer >= data.n ? data : square || fewer === sample.n ? sample : partOf(data, sampleRows(data, fewer, seed)),
    hierarchyRows: hierarchyRows(data, permutations),
  };
}
