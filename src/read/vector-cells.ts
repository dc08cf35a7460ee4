import { show } from '../core/errors.js';
import { malformed } from './malformed.js';
import type { Cell, Column, Row, Table } from './table.js';

/** Rows that show which columns hold vectors. */
const LOOKED_AT = 20;

/** Whether a cell is a vector written as text: "[0.1, 0.2]", or "[0.1 0.2]" as numpy prints it, over lines too. */
function isVector(cell: Cell): cell is string {
  if (typeof cell !== 'string') return false;
  const text = cell.trim();
  return text.startsWith('[') && text.endsWith(']') && /^\[\s*[+-]?[\d.]/.test(text);
}

function partsOf(text: string): string[] {
  const inner = text.trim().slice(1, -1).trim();
  return inner.includes(',') ? inner.split(',').map((part) => part.trim()) : inner.split(/\s+/);
}

/** The places of the columns that hold vectors, with their widths. */
function vectorColumns(columns: readonly Column[], rows: readonly Row[]): Map<number, number> {
  const found = new Map<number, number>();
  for (let j = 0; j < columns.length; j++) {
    const cells = rows
      .map(({ cells }) => cells[j])
      .filter((cell) => cell !== null && cell !== undefined && cell !== '');
    if (cells.length > 0 && cells.every(isVector)) found.set(j, partsOf(cells[0] as string).length);
  }
  return found;
}

/** Each vector that is text becomes one cell for each of its numbers, as in a column of lists. */
export async function withVectors(table: Table): Promise<Table> {
  const { name, unit } = table;
  const incoming = table.rows[Symbol.asyncIterator]();
  const first: Row[] = [];
  while (first.length < LOOKED_AT) {
    const item = await incoming.next();
    if (item.done) break;
    first.push(item.value);
  }
  const vectors = vectorColumns(table.columns, first);

  function spread(cell: Cell, width: number, place: string): readonly Cell[] {
    if (cell === null || cell === undefined || cell === '') return new Array<Cell>(width).fill(null);
    if (typeof cell === 'string' && cell.includes('...')) {
      throw malformed(
        name,
        `${place} must hold a whole vector, got ${show(cell)}, which numpy has shortened; save vector.tolist(), or each number as a column`,
      );
    }
    const parts = isVector(cell) ? partsOf(cell) : [];
    if (parts.length === width) return parts;
    throw malformed(
      name,
      `${place} must hold as many values as the first vector (${width}), got ${isVector(cell) ? parts.length : show(cell)}`,
    );
  }
  function widened({ cells, at }: Row): Row {
    return {
      at,
      cells: cells.flatMap((cell, j): readonly Cell[] => {
        const width = vectors.get(j);
        return width === undefined ? [cell] : spread(cell, width, `'${table.columns[j]!.name}' in ${unit} ${at}`);
      }),
    };
  }
  async function* rows(): AsyncGenerator<Row> {
    const placed = vectors.size === 0 ? (row: Row) => row : widened;
    for (const row of first) yield placed(row);
    first.length = 0;
    for (let item = await incoming.next(); !item.done; item = await incoming.next()) yield placed(item.value);
  }
  if (vectors.size === 0) return { ...table, rows: rows() };
  const columns = table.columns.flatMap((column, j): Column[] => {
    const width = vectors.get(j);
    return width === undefined
      ? [column]
      : Array.from({ length: width }, (_, k) => ({ name: `${column.name}[${k}]`, group: column.name }));
  });
  const origins = table.columns.flatMap((_, j) => new Array<number>(vectors.get(j) ?? 1).fill(j));
  return { ...table, columns, rows: rows(), needOnly: (places) => table.needOnly?.(places.map((j) => origins[j]!)) };
}
