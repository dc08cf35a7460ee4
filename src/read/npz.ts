import { unzipSync } from 'fflate';
import { malformed } from './malformed.js';
import { tableOfArray } from './npy.js';
import { type NpyArray, readNpyArray } from './npy-array.js';
import { bytesOf, type Source } from './source.js';
import type { Cell, ReadSettings, Row, Table } from './table.js';

/** Deflate makes of one byte at most so many. */
const MOST_PER_BYTE = 1032;

/** All arrays of an archive of numpy.savez, by their names. */
export function arraysOf(name: string, bytes: ArrayBuffer): Map<string, NpyArray> {
  let files: Record<string, Uint8Array>;
  try {
    files = unzipSync(new Uint8Array(bytes), {
      filter: ({ name: file, size, originalSize }) => {
        if (!file.endsWith('.npy')) return false;
        if (size > bytes.byteLength || originalSize > size * MOST_PER_BYTE + 64) {
          throw new Error(`'${file}' claims ${originalSize} bytes in ${size}`);
        }
        return true;
      },
    });
  } catch (error) {
    throw malformed(name, `must be an archive of numpy.savez, got: ${(error as Error).message}; it may be damaged`);
  }
  const found = new Map<string, NpyArray>();
  for (const [file, content] of Object.entries(files)) {
    found.set(file.slice(0, -'.npy'.length), readNpyArray(`${name}, ${file}`, content.slice().buffer as ArrayBuffer));
  }
  return found;
}

const isVector = ({ shape }: NpyArray) => shape.length === 1 || (shape.length === 2 && shape[1] === 1);

function listOf(arrays: ReadonlyMap<string, NpyArray>): string {
  return Array.from(arrays, ([name, { shape }]) => `'${name}' (${shape.join(' x ')})`).join(', ') || 'none';
}

/** The array of that name, or the only one that is of the kind. */
function arrayOf(
  file: string,
  arrays: ReadonlyMap<string, NpyArray>,
  option: string,
  wanted: string | undefined,
  suits: (array: NpyArray) => boolean,
): string | undefined {
  if (wanted !== undefined) {
    if (arrays.has(wanted)) return wanted;
    throw malformed(file, `${option} must name an array, got '${wanted}' (arrays are ${listOf(arrays)})`);
  }
  const suitable = [...arrays].filter(([, array]) => suits(array));
  return suitable.length === 1 ? suitable[0]![0] : undefined;
}

/** Arrays of numpy.savez: the points, and the labels where they are in it too. */
export async function readNpz(source: Source, settings: ReadSettings): Promise<Table> {
  const { array, labelArray, labelsElsewhere = false, condensed = false } = settings;
  const { name } = source;
  const arrays = arraysOf(name, await bytesOf(source));
  const points = arrayOf(
    name,
    arrays,
    '--points',
    array,
    ({ shape }) => (shape.length === 2 && shape[1]! > 1) || (condensed && shape.length === 1),
  );
  if (points === undefined) {
    throw malformed(name, `needs the name of the array of the points, as --points NAME (arrays are ${listOf(arrays)})`);
  }
  const table = tableOfArray(`${name}, ${points}`, arrays.get(points)!, settings);
  const n = arrays.get(points)!.shape[0]!;
  const others = new Map([...arrays].filter(([other]) => other !== points));
  const labels = labelsElsewhere
    ? undefined
    : arrayOf(name, others, '--label', labelArray, (one) => isVector(one) && one.shape[0] === n);
  if (labels === undefined) return { ...table, name };
  const { shape, values } = others.get(labels)!;
  if (!isVector(others.get(labels)!) || shape[0] !== n) {
    throw malformed(
      name,
      `'${labels}' must hold one label for each of the ${n} rows of '${points}', got shape (${shape.join(', ')})`,
    );
  }
  async function* rows(): AsyncGenerator<Row> {
    let i = 0;
    for await (const { cells, at } of table.rows) yield { cells: [...cells, values[i++] as Cell], at };
  }
  const notes = labelArray === undefined ? [`took the array '${labels}' for the labels`] : [];
  return { ...table, name, columns: [...table.columns, { name: labels }], rows: rows(), label: labels, notes };
}
