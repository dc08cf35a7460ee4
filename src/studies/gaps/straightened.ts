import type { LineSpaces } from './line-spaces.js';
import type { PairPositions } from './pair-positions.js';

/** Rows whose neighbourhoods are looked at, at most, evenly along the line. */
const ANCHORS = 100;
/** A neighbourhood has this share of the rows, and no fewer than `FEWEST`. */
const NEIGHBORS = 0.1;
const FEWEST = 8;

/**
 * Places along the way that the rows take, in place of places on the straight line. A ring or a rolled sheet
 * projects more rows where it turns away from the line, which looks like two modes. How much a way turns is
 * seen in the neighbours of a row: the share of their squared distances that lies along the line. Places are
 * stretched by one over its root, smoothed along the line; in groups that are not bent it is the same
 * everywhere, and nothing changes.
 */
export function straightened(
  { near }: Pick<LineSpaces, 'near'>,
  { rows, at }: Pick<PairPositions, 'rows' | 'at'>,
): Float64Array {
  const { rows: coordinates, d: width } = near();
  const m = rows.length;
  const order = Int32Array.from(at.keys()).sort((i, j) => at[i]! - at[j]! || i - j);
  const anchors = Math.min(m, ANCHORS);
  const neighbors = Math.min(m - 1, Math.max(FEWEST, Math.round(NEIGHBORS * m)));
  const along = new Float64Array(anchors);
  const inAll = new Float64Array(anchors);
  const square = new Float64Array(m);
  for (let q = 0; q < anchors; q++) {
    const i = order[Math.floor(((q + 0.5) * m) / anchors)]!;
    const from = rows[i]! * width;
    for (let j = 0; j < m; j++) {
      const to = rows[j]! * width;
      let sum = 0;
      for (let c = 0; c < width; c++) sum += (coordinates[from + c]! - coordinates[to + c]!) ** 2;
      square[j] = sum;
    }
    const limit = square.slice().sort()[neighbors]!;
    for (let j = 0; j < m; j++) {
      if (square[j]! > limit) continue;
      along[q]! += (at[j]! - at[i]!) ** 2;
      inAll[q]! += square[j]!;
    }
  }
  const reach = Math.max(FEWEST, Math.round(anchors / 8));
  const share = along.map((_, q) => {
    let [part, whole] = [0, 0];
    for (let r = Math.max(0, q - reach); r <= Math.min(anchors - 1, q + reach); r++) {
      part += along[r]!;
      whole += inAll[r]!;
    }
    return whole > 0 ? part / whole : 0;
  });
  const most = Math.max(...share);
  const places = new Float64Array(m);
  for (let r = 1; r < m; r++) {
    const anchor = Math.floor(((r - 0.5) * anchors) / m);
    places[r] =
      places[r - 1]! +
      (at[order[r]!]! - at[order[r - 1]!]!) / Math.sqrt(most > 0 ? Math.max(1e-3, share[anchor]! / most) : 1);
  }
  return places;
}
