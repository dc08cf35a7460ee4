import type { Label } from '../core/types.js';
import { collect } from './collect.js';
import { decompressed } from './decompressed.js';
import { extensionOf, formatNamed } from './formats.js';
import { isMissingLabel, labelOf, refuseDamaged, requireExact } from './label-values.js';
import { listed, malformed } from './malformed.js';
import { type NpyArray, readNpyArray } from './npy-array.js';
import { openTable } from './open-table.js';
import { bytesOf, type Source } from './source.js';
import type { Cell } from './table.js';
import { textLines } from './text-lines.js';

export interface LabelFile {
  /** One for each row; null where it is missing. */
  readonly labels: ReadonlyArray<Label | null>;
  /** The first word for a missing value that stands where a label should. */
  readonly word: string | undefined;
  /** The first line of a file of one column, which may be a label. */
  readonly heading?: string;
  readonly notes: readonly string[];
}

function fromArray(name: string, { shape, values }: NpyArray): Cell[] {
  const one = shape.length === 1 || (shape.length === 2 && (shape[0] === 1 || shape[1] === 1));
  if (!one) throw malformed(name, `labels must be a one-dimensional array, got shape (${shape.join(', ')})`);
  return Array.from(values as ArrayLike<Cell>);
}

/** The array of that name in an archive, or its only one. */
async function fromNpz(source: Source, wanted: string | undefined): Promise<Cell[]> {
  const { arraysOf } = await import('./npz.js');
  const arrays = arraysOf(source.name, await bytesOf(source));
  const name = wanted ?? (arrays.size === 1 ? [...arrays.keys()][0]! : '');
  const array = arrays.get(name);
  if (array !== undefined) return fromArray(source.name, array);
  throw malformed(
    source.name,
    `must hold one array of labels, or --label must name it, got ${listed([...arrays.keys()])}`,
  );
}

async function fromLines(source: Source): Promise<Cell[]> {
  const cells: Cell[] = [];
  for await (const { text } of textLines(source)) cells.push(text);
  while (cells.length > 0 && String(cells[cells.length - 1]).trim() === '') cells.pop();
  return cells;
}

function isLines(name: string): boolean {
  const format = formatNamed(name);
  return format === 'csv' || format === 'tsv';
}

/** The labels with their first line among them, where that gives one for each of the rows; it may be 0, as pandas calls a column without a name. */
export function withHeading({ labels, heading, ...rest }: LabelFile, rows: number): LabelFile {
  if (heading === undefined || labels.length !== rows - 1) return { labels, ...rest };
  return {
    ...rest,
    labels: [isMissingLabel(heading, false) ? null : labelOf(heading), ...labels],
    notes: [
      ...rest.notes,
      `the first line of the labels, ${JSON.stringify(heading)}, is a label: there is one line for each row`,
    ],
  };
}

/**
 * Labels from a file of their own: NPY or NPZ, a table (its label column, see `selectColumns`, or its only
 * column), or text with one label per line.
 */
export async function readLabelFile(
  given: Source,
  column: string | undefined,
  literalLabels: boolean,
): Promise<LabelFile> {
  const { name } = given;
  const source = await decompressed(given);
  let cells: Cell[];
  if (extensionOf(name) === 'npy') {
    cells = fromArray(name, readNpyArray(name, await bytesOf(source)));
  } else if (extensionOf(name) === 'npz') {
    cells = await fromNpz(source, column);
  } else if (formatNamed(name) !== undefined) {
    const table = await openTable(source, { format: undefined, header: true, labelsOnly: true });
    // The index that pandas writes is no label.
    const named = table.columns.length === 1 ? table.columns : table.columns.filter(({ unnamed }) => unnamed !== true);
    const label = column ?? (named.length === 1 ? named[0]!.name : undefined);
    const wanted = { label, labelsElsewhere: false, features: undefined, spaces: [], points: false };
    const { labels, n, dropped, word, notes } = await collect(table, { wanted, dropMissing: true, literalLabels });
    const missing = new Set(dropped);
    let next = 0;
    return {
      labels: Array.from({ length: n + dropped.length }, (_, i) => (missing.has(i) ? null : labels![next++]!)),
      word,
      ...(table.columns.length === 1 && isLines(name) ? { heading: table.columns[0]!.name } : {}),
      notes: dropped.length === 0 ? notes : notes.slice(1),
    };
  } else {
    cells = await fromLines(source);
  }
  for (const [i, cell] of cells.entries()) requireExact(name, cell, `row ${i + 1}`);
  const labels = cells.map((cell) => (isMissingLabel(cell, literalLabels) ? null : labelOf(cell)));
  refuseDamaged(name, new Set(labels.filter((label) => label !== null)));
  const word = cells.find((cell, i) => labels[i] === null && typeof cell === 'string' && cell.trim() !== '');
  return { labels, word: word as string | undefined, notes: [] };
}
