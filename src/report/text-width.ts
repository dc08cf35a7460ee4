// Advance widths of Helvetica and its kin in thousandths of the type size, by groups of like width.
const GROUPS: readonly (readonly [string, number])[] = [
  ["ijl'|", 222],
  [' .,:;!/ftI[]\\·', 278],
  ['r()-{}`"', 333],
  ['Jcksvxyz', 500],
  ['FTLZ', 611],
  ['ABEKPSVXY&', 667],
  ['CDHNRUw', 722],
  ['GOQ', 778],
  ['mM', 833],
  ['%W', 917],
  ['@…', 1000],
];
const OTHERS = 556;
/** Readers have other faces: DejaVu and Verdana run this much wider. Room is better than clipped text. */
const SAFETY = 1.14;
const WIDTH = new Map(GROUPS.flatMap(([signs, width]) => [...signs].map((sign) => [sign, width] as const)));

/**
 * About how wide a line of text is, in pixels, in a sans-serif face of `size` pixels. Rendering
 * measures with it so that the layout is the same on every machine, with or without a canvas. Wide
 * scripts (CJK, Hangul) count a full square per sign.
 */
export function textWidth(text: string, size: number): number {
  let sum = 0;
  for (const sign of text) {
    const code = sign.codePointAt(0)!;
    sum += code >= 0x1100 && code !== 0x2026 && code > 0x2fff ? 1000 : (WIDTH.get(sign) ?? OTHERS);
  }
  return (sum * size * SAFETY) / 1000;
}
