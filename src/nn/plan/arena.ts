/** A stretch of memory that is needed during some steps of a plan, first and last included. */
export interface Block {
  readonly bytes: number;
  readonly first: number;
  readonly last: number;
}

/** Blocks begin at multiples of this many bytes: a cache line. */
export const LINE = 64;

export function aligned(bytes: number): number {
  return Math.ceil(bytes / LINE) * LINE;
}

/**
 * Places blocks so that those that are needed at the same time do not overlap: the largest first, each
 * at the lowest place that is free (Pisarchyk and Lee 2020, arXiv:2001.03288). Returns where each
 * begins and the bytes in all. Cost b^2 log b for b blocks.
 */
export function packArena(blocks: readonly Block[]): { offsets: number[]; bytes: number } {
  const offsets = blocks.map(() => 0);
  const placed: number[] = [];
  let total = 0;
  const order = blocks.map((_, i) => i).sort((a, b) => blocks[b]!.bytes - blocks[a]!.bytes || a - b);
  for (const i of order) {
    const { bytes, first, last } = blocks[i]!;
    let at = 0;
    for (const j of placed) {
      const other = blocks[j]!;
      if (other.last < first || other.first > last) continue;
      if (offsets[j]! >= at + aligned(bytes)) break;
      at = Math.max(at, offsets[j]! + aligned(other.bytes));
    }
    offsets[i] = at;
    placed.push(i);
    placed.sort((a, b) => offsets[a]! - offsets[b]!);
    total = Math.max(total, at + aligned(bytes));
  }
  return { offsets, bytes: total };
}
