import type { LineSpace, LineSpaces } from './line-spaces.js';

/** Rows of two groups with their places on the line between the two centres: -1/2 is one centre, 1/2 the other. */
export interface PairPositions {
  readonly rows: Int32Array;
  readonly at: Float64Array;
  /** How many of the rows are of the first group. */
  readonly first: number;
}

/** What one half needs to place its rows: the line, and for each third group the side of its border. */
function lineOf({ centres }: LineSpace, d: number, a: number, b: number, thirds: readonly number[]) {
  const line = new Float64Array(d);
  let square = 0;
  let offset = 0;
  for (let c = 0; c < d; c++) {
    const [p, q] = [centres[a * d + c]!, centres[b * d + c]!];
    line[c] = q - p;
    square += line[c]! ** 2;
    offset += (line[c]! * (p + q)) / 2;
  }
  const borders = thirds.map((third) => {
    const toThird = new Float64Array(d);
    let along = 0;
    let limit = 0;
    for (let c = 0; c < d; c++) {
      const [p, q] = [centres[a * d + c]!, centres[third * d + c]!];
      toThird[c] = q - p;
      along += toThird[c]! * line[c]!;
      limit += (toThird[c]! * (p + q)) / 2;
    }
    return { toThird, along, limit };
  });
  return { line, square, offset, borders };
}

/**
 * Places the rows of groups a and b on the line between the centres that the other half gave. A row counts
 * only if its foot on the border plane, which is as near to one centre as to the other, is not nearer to a
 * third: the union of two cells is pinched where a third comes between them, and what is cut away there
 * would look like a gap.
 */
export function pairPositions(
  { d, half, plain, white }: LineSpaces,
  which: 'plain' | 'white',
  [a, b]: readonly [number, number],
  members: readonly [Int32Array, Int32Array],
  thirds: readonly number[],
): PairPositions {
  const spaces = which === 'white' ? white! : plain;
  const lines = spaces.map((space) => lineOf(space, d, a, b, thirds));
  const kept: number[] = [];
  const at: number[] = [];
  let first = 0;
  for (const rows of members) {
    for (const i of rows) {
      const h = half[i]!;
      const { line, square, offset, borders } = lines[h]!;
      // Equal centres have no line between them.
      if (!(square > 0)) continue;
      const coordinates = spaces[h]!.rows;
      const dot = (w: Float64Array) => {
        let sum = 0;
        for (let c = 0; c < d; c++) sum += coordinates[i * d + c]! * w[c]!;
        return sum;
      };
      const place = (dot(line) - offset) / square;
      if (borders.some(({ toThird, along, limit }) => dot(toThird) - place * along > limit)) continue;
      kept.push(i);
      at.push(place);
      if (rows === members[0]) first++;
    }
  }
  return { rows: Int32Array.from(kept), at: Float64Array.from(at), first };
}
