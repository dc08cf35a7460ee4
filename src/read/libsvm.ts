import { malformed } from './malformed.js';
import type { Source } from './source.js';
import type { Cell, Row, Table } from './table.js';
import { textLines } from './text-lines.js';

interface SparseRow {
  readonly at: number;
  readonly label: string;
  readonly places: Int32Array;
  readonly values: readonly string[];
}

/** Sparse rows are written out: more values than this would not fit beside what is computed of them. */
const MOST_VALUES = 2 ** 27;

function rowOf(name: string, text: string, at: number): SparseRow | undefined {
  const comment = text.indexOf('#');
  const parts = (comment === -1 ? text : text.slice(0, comment)).trim().split(/\s+/);
  const label = parts.shift()!;
  if (label === '' && parts.length === 0) return undefined;
  if (label.includes(':')) throw malformed(name, `line ${at} must begin with its label, got '${label}'`);
  const pairs = parts.filter((part) => !part.startsWith('qid:')).map((part) => part.split(':'));
  const places = Int32Array.from(pairs, ([place]) => (/^\d{1,9}$/.test(place!) ? Number(place) : -1));
  const wrong = pairs.findIndex((pair, i) => pair.length !== 2 || places[i] === -1);
  if (wrong !== -1) {
    throw malformed(
      name,
      `line ${at} must hold pairs such as 3:0.5 behind its label, got '${pairs[wrong]!.join(':')}'`,
    );
  }
  return { at, label, places, values: pairs.map(([, value]) => value!) };
}

/** Rows of LIBSVM: `label place:value place:value ...`; a place that is not written is 0. */
export async function readLibsvm(source: Source): Promise<Table> {
  const { name } = source;
  const sparse: SparseRow[] = [];
  let [least, most] = [1, 0];
  for await (const { text, at } of textLines(source)) {
    const row = rowOf(name, text, at);
    if (row === undefined) continue;
    sparse.push(row);
    for (const place of row.places) {
      if (place < least) least = place;
      if (place > most) most = place;
    }
  }
  if (sparse.length === 0) throw malformed(name, 'must have at least one row, got none');
  if (most < least) throw malformed(name, 'must hold pairs such as 3:0.5 behind the labels, got none');
  const width = most - least + 1;
  if (width * sparse.length > MOST_VALUES) {
    throw malformed(
      name,
      `${sparse.length} rows with places up to ${most} are ${width * sparse.length} values when written out, above ${MOST_VALUES}; reduce the columns first`,
    );
  }
  async function* rows(): AsyncGenerator<Row> {
    for (const { at, label, places, values } of sparse) {
      const cells: Cell[] = [label, ...new Array<number>(width).fill(0)];
      places.forEach((place, i) => {
        cells[1 + place - least] = values[i];
      });
      yield { cells, at };
    }
  }
  const columns = Array.from({ length: width }, (_, j) => ({ name: `x${least + j}` }));
  return { name, unit: 'line', columns: [{ name: 'label' }, ...columns], rows: rows() };
}
