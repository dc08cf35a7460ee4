import type { Label } from '../core/types.js';
import { type Part, partOf, sampleRows } from '../data/row-sample.js';
import { metricInColumns } from '../distance/metric-in-columns.js';
import { classCounts } from '../kernels/class-counts.js';
import { median } from '../statistics/median.js';
import { rowOrder } from '../statistics/row-order.js';
import type { Basis } from './findings/context.js';
import type { Remedy } from './findings/remedy.js';
import type { DiagnoseSettings, Tables } from './read-input.js';

/** Rows and permutations of a rerun: enough to see a cause of weight go, at a fraction of the cost. */
export const RERUN_ROWS = 800;
const PERMUTATIONS = 99;

/** Rows that are kept, drawn by class; none of the noise label, and none that is dropped. */
function keptRows({ raw, seed, square }: Basis, { dropRows, noiseLabel, always = [] }: Remedy): Int32Array {
  const dropped = new Uint8Array(raw.n);
  dropRows?.forEach((row) => {
    dropped[row] = 1;
  });
  const noise = noiseLabel === undefined ? -1 : raw.classes.indexOf(noiseLabel);
  const rows = rowOrder(raw, { square }).filter((i) => dropped[i] === 0 && raw.labels[i] !== noise);
  const labels = Int32Array.from(rows, (i) => raw.labels[i]!);
  // They stand in order already, so that their places take the part of coordinates.
  const kept = { n: rows.length, d: 1, points: Float64Array.from(rows.keys()), labels };
  const drawn = sampleRows(kept, RERUN_ROWS, seed).map((position) => rows[position]!);
  return Int32Array.from(new Set([...drawn, ...always])).sort();
}

function withoutColumns(part: Part, columns: readonly number[]): Part {
  const kept = Array.from({ length: part.d }, (_, c) => c).filter((c) => !columns.includes(c));
  if (kept.length === part.d || kept.length === 0) return part;
  const points = new Float64Array(part.n * kept.length);
  for (let i = 0; i < part.n; i++)
    kept.forEach((c, at) => {
      points[i * kept.length + at] = part.points[i * part.d + c]!;
    });
  return { ...part, d: kept.length, points };
}

/** The columns that a remedy leaves; all where it would leave none. */
function keptColumns(d: number, { dropColumns = [] }: Remedy): number[] {
  const all = Array.from({ length: d }, (_, c) => c);
  const kept = all.filter((c) => !dropColumns.includes(c));
  return kept.length === 0 ? all : kept;
}

function namesOf({ columns, square }: Basis, { dropColumns }: Remedy): Basis['columns'] {
  return columns === null || square ? columns : columns.filter((_, c) => dropColumns?.includes(c) !== true);
}

function withoutPlaceholders(part: Part, placeholders: NonNullable<Remedy['placeholders']>): Part {
  if (placeholders.length === 0) return part;
  const points = part.points.slice();
  for (const { column, value } of placeholders) {
    const rest: number[] = [];
    for (let i = 0; i < part.n; i++) if (points[i * part.d + column] !== value) rest.push(points[i * part.d + column]!);
    if (rest.length === 0) continue;
    const middle = median(rest);
    for (let i = 0; i < part.n; i++) if (points[i * part.d + column] === value) points[i * part.d + column] = middle;
  }
  return { ...part, points };
}

/** The part with other labels; `rows` are its rows in the table that the labels are for. */
function relabelled(part: Part, labels: readonly Label[], rows: Int32Array): Part {
  const classes: Label[] = [];
  const codes = new Map<Label, number>();
  const coded = Int32Array.from(rows, (i) => {
    const label = labels[i]!;
    if (!codes.has(label)) codes.set(label, classes.push(label) - 1);
    return codes.get(label)!;
  });
  return { ...part, k: classes.length, classes, labels: coded, counts: classCounts(coded, classes.length) };
}

/** The input of a rerun. */
export function remedied(basis: Basis, remedy: Remedy): { tables: Tables; settings: DiagnoseSettings } {
  const { raw, square, metric, standardized, labelsFrom, alpha, permutations, seed, sampleSize } = basis;
  const kept = keptRows(basis, remedy);
  const drawn = partOf(raw, kept, square);
  const rows = remedy.relabel === undefined ? drawn : relabelled(drawn, remedy.relabel, kept);
  const whole = square
    ? rows
    : withoutColumns(withoutPlaceholders(rows, remedy.placeholders ?? []), remedy.dropColumns ?? []);
  return {
    tables: { whole, spaces: [], heldOut: null, training: null, columns: namesOf(basis, remedy), uses: null },
    settings: {
      metric: remedy.metric ?? metricInColumns(metric, keptColumns(raw.d, remedy)),
      standardized: square ? false : (remedy.standardize ?? standardized),
      noiseLabel: undefined,
      labelsFrom,
      alpha,
      permutations: Math.min(permutations, PERMUTATIONS),
      seed,
      sampleSize,
    },
  };
}
