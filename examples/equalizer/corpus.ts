import { Rng } from '../../src/core/rng.js';
import { curveBasis } from './curve-basis.js';

/** Rows with one word each: what the example trains on, embedded, read from a file, or drawn from digits. */
export interface Corpus {
  /** How the corpus is called in the report. */
  readonly name: string;
  readonly synthetic: boolean;
  readonly rows: readonly Float64Array[];
  readonly labels: readonly string[];
  /** Names of the columns. */
  readonly columns: readonly string[];
}

/** Terms with at least 10 examples, with the published number of examples. */
export const HEAD_COUNTS: Readonly<Record<string, number>> = {
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
};

/** Terms below 10 examples, as [examples, terms]: 741 terms, 1,137 rows, 29 terms with 5 to 9, 555 that occur once. */
const TAIL_COUNTS = [
  [9, 2],
  [8, 4],
  [7, 6],
  [6, 8],
  [5, 9],
  [4, 26],
  [3, 31],
  [2, 100],
  [1, 555],
] as const;

/** Four families of meaning; a term's mean curve lies near its family's. */
export const FAMILIES = ['soft', 'warm', 'bright', 'loud'] as const;
const FAMILY_OF: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ['calm', 'dulce', 'soft', 'soothing', 'suave', 'tranquilo'],
    ['hard', 'heavy', 'pesado', 'smooth', 'warm'],
    ['alto', 'bright', 'clear', 'cold', 'cool', 'frío'],
    ['beautiful', 'caliente', 'claro', 'fuerte', 'happy', 'harsh', 'loud'],
  ].flatMap((terms, family) => terms.map((term) => [term, family])),
);

/** The parameters of the generator. The defaults were calibrated: `calibration.ts` prints target against obtained. */
export interface CorpusModel {
  /** Mean of each family on tilt and bend, the first two shapes of the basis, in units of a row's sd. */
  readonly families: readonly (readonly [number, number])[];
  /** Standard deviation of a term's mean around its family's, on the same two shapes. */
  readonly offset: number;
  /**
   * Standard deviation of the logarithm of a term's strength, the factor on its family's mean: a few
   * terms are far out, most lie near the middle, where no grouping can tell them apart.
   */
  readonly strength: number;
  /** Standard deviation of a row around its term's mean on tilt and on bend. */
  readonly spread: readonly [number, number];
  /** The standard deviation on the shapes after these falls by this factor each. */
  readonly decay: number;
  readonly seed: number;
}

export const CALIBRATED: CorpusModel = {
  families: [
    [0.2, 0.25],
    [-0.2, 0.2],
    [0.2, -0.2],
    [-0.25, -0.2],
  ],
  offset: 0.12,
  strength: 0.6,
  spread: [0.54, 0.48],
  decay: 0.74,
  seed: 37_064,
};

const SHAPES = 12;
const BANDS = 40;

/** Centre frequencies in Hz, evenly spaced on the ERB-rate scale (Glasberg and Moore 1990) from 20 Hz to 19.7 kHz. */
export function bandFrequencies(): number[] {
  const rate = (hertz: number) => Math.log(1 + 0.00437 * hertz);
  const [low, high] = [rate(20), rate(19_682)];
  return Array.from({ length: BANDS }, (_, band) =>
    Math.round((Math.exp(low + ((high - low) * band) / (BANDS - 1)) - 1) / 0.00437),
  );
}

/** Invented words of three syllables, none twice, none in the head. */
function inventedWords(count: number, rng: Rng): string[] {
  const syllables = [...'bdfgklmnprstvz'].flatMap((consonant) => [...'aeiou'].map((vowel) => consonant + vowel));
  const words = new Set<string>();
  while (words.size < count) {
    const word = [0, 1, 2].map(() => syllables[rng.integer(syllables.length)]!).join('');
    words.add(word);
  }
  return [...words];
}

/** Mean 0 and population standard deviation 1, as every row of the published corpus has. */
function standardiseRow(row: Float64Array): Float64Array {
  let mean = 0;
  for (const value of row) mean += value;
  mean /= row.length;
  let square = 0;
  for (const value of row) square += (value - mean) * (value - mean);
  const scale = 1 / Math.sqrt(square / row.length);
  return row.map((value) => (value - mean) * scale);
}

/**
 * A synthetic corpus with the published counts: 1,595 smooth 40-band curves, 765 words. Each term has
 * a mean (its family's mean times a strength, plus an offset), each row adds its own deviation, far larger than the
 * differences between the means, and is then scaled to mean 0 and standard deviation 1.
 */
export function syntheticCorpus(model: CorpusModel = CALIBRATED): Corpus {
  const rng = new Rng(model.seed);
  const basis = curveBasis(BANDS, SHAPES);
  const tail = TAIL_COUNTS.flatMap(([examples, terms]) => Array<number>(terms).fill(examples));
  const words = inventedWords(tail.length, rng);
  const terms = [
    ...Object.entries(HEAD_COUNTS).map(([term, examples]) => ({ term, examples, family: FAMILY_OF[term]! })),
    ...tail.map((examples, t) => ({ term: words[t]!, examples, family: rng.integer(FAMILIES.length) })),
  ];
  const rows: Float64Array[] = [];
  const labels: string[] = [];
  for (const { term, examples, family } of terms) {
    const strength = Math.exp(model.strength * rng.normal());
    const mean = model.families[family]!.map((value) => strength * value + model.offset * rng.normal());
    for (let example = 0; example < examples; example++) {
      const row = new Float64Array(BANDS);
      let sd = 0;
      for (let shape = 0; shape < SHAPES; shape++) {
        sd = model.spread[shape] ?? sd * model.decay;
        const amount = (mean[shape] ?? 0) + sd * rng.normal();
        for (let band = 0; band < BANDS; band++) row[band]! += amount * basis[shape]![band]!;
      }
      rows.push(standardiseRow(row));
      labels.push(term);
    }
  }
  return {
    name: 'embedded corpus (SYNTHETIC, seeded, shaped after the published counts)',
    synthetic: true,
    rows,
    labels,
    columns: bandFrequencies().map((hertz) => `g_${hertz}Hz`),
  };
}
