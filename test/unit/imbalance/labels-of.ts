/** Labels with the given class sizes. */
export function labelsOf(counts: Readonly<Record<string, number>> | readonly number[]): string[] {
  return Object.entries(counts).flatMap(([label, count]) => new Array<string>(count).fill(label));
}

/** The published sizes of the 24 large classes of the equaliser corpus, and a tail with its totals. */
export const HEAD = {
  warm: 64,
  cold: 34,
  claro: 33,
  soft: 29,
  loud: 26,
  suave: 23,
  happy: 22,
  bright: 19,
  fuerte: 18,
  soothing: 17,
  harsh: 16,
  cool: 15,
  heavy: 15,
  smooth: 14,
  tranquilo: 13,
  calm: 13,
  frío: 13,
  caliente: 12,
  clear: 12,
  pesado: 10,
  hard: 10,
  beautiful: 10,
  dulce: 10,
  alto: 10,
} as const;

export function corpusLabels(): string[] {
  const counts: Record<string, number> = { ...HEAD };
  const add = (classes: number, size: number) => {
    for (let c = 0; c < classes; c++) counts[`term ${size}-${c}`] = size;
  };
  add(29, 6);
  add(94, 3);
  add(63, 2);
  add(555, 1);
  return labelsOf(counts);
}
