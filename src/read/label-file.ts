import type { Label } from '../core/types.js';
import { collect } from './collect.js';
import { extensionOf, formatNamed } from './formats.js';
import { isMissingLabel, labelOf, refuseDamaged, requireExact } from './label-values.js';
import { malformed } from './malformed.js';
import { readNpyArray } from './npy-array.js';
import { openTable } from './open-table.js';
import { bytesOf, type Source } from './source.js';
import type { Cell } from './table.js';
import { textLines } from './text-lines.js';

export interface LabelFile {
  /** One for each row; null where it is missing. */
  readonly labels: ReadonlyArray<Label | null>;
  /** The first word for a missing value that stands where a label should. */
  readonly word: string | undefined;
  readonly notes: readonly string[];
}

async function fromNpy(source: Source): Promise<Cell[]> {
  const { shape, values } = readNpyArray(source.name, await bytesOf(source));
  const one = shape.length === 1 || (shape.length === 2 && (shape[0] === 1 || shape[1] === 1));
  if (!one) throw malformed(source.name, `labels must be a one-dimensional array, got shape (${shape.join(', ')})`);
  return Array.from(values as ArrayLike<Cell>);
}

async function fromLines(source: Source): Promise<Cell[]> {
  const cells: Cell[] = [];
  for await (const { text } of textLines(source)) cells.push(text);
  while (cells.length > 0 && String(cells[cells.length - 1]).trim() === '') cells.pop();
  return cells;
}

/**
 * Labels from a file of their own: NPY, a table (its label column, see `selectColumns`, or its only
 * column), or text with one label per line.
 */
export async function readLabelFile(
  source: Source,
  column: string | undefined,
  literalLabels: boolean,
): Promise<LabelFile> {
  const { name } = source;
  let cells: Cell[];
  if (extensionOf(name) === 'npy') {
    cells = await fromNpy(source);
  } else if (formatNamed(name) !== undefined) {
    const table = await openTable(source, { format: undefined, header: true });
    const label = column ?? (table.columns.length === 1 ? table.columns[0]!.name : undefined);
    const wanted = { label, labelsElsewhere: false, features: undefined, spaces: [], points: false };
    const { labels, n, dropped, word, notes } = await collect(table, { wanted, dropMissing: true, literalLabels });
    const missing = new Set(dropped);
    let next = 0;
    return {
      labels: Array.from({ length: n + dropped.length }, (_, i) => (missing.has(i) ? null : labels![next++]!)),
      word,
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
