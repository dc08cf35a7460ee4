/** Rows whose distances to a panel of columns one call of a kernel computes: their slices fit the first-level cache. */
export const TILE = 16;

const COLUMNS = 128;
const NUMBERS = 2 ** 16;

/**
 * Rows of a panel, the side that stays packed while tiles pass: a multiple of `TILE`, at most `most`, that fits
 * the second-level cache.
 */
export function panelColumns(d: number, most = COLUMNS): number {
  return Math.max(TILE, Math.min(most, Math.floor(NUMBERS / d / TILE) * TILE));
}
