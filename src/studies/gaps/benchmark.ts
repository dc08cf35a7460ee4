import { Rng } from '../../core/rng.js';
import { dipTest } from '../../statistics/dip.js';
import { balancedWindow } from './balanced-window.js';

/** Distance of two normal groups with a Bayes error of 3%, in standard deviations. */
export const BENCHMARK = 3.76;
const SAMPLES = 200;
/** Sizes in between count as the smaller one; more rows than the last would find no less. */
const SIZES = [2, 3, 4, 6, 8, 11, 16, 22, 32, 45, 64, 90, 128, 181, 256];
const RATIOS = [1, 1.5, 2, 3, 4, 6, 8, 12, 16];
const STEPS = 10;

/** p of the dip for two normal groups of these sizes at this distance, ascending; with a seed of its own. */
function sampledP(few: number, ratio: number, distance: number): Float64Array {
  const rng = new Rng(SIZES.indexOf(few) * 1000 + RATIOS.indexOf(ratio) * 20 + Math.round(distance * STEPS));
  const size = few + Math.round(few * ratio);
  return Float64Array.from({ length: SAMPLES }, () => {
    const at = Float64Array.from({ length: size }, (_, i) => rng.normal() + (i < few ? 0 : distance));
    return dipTest(Float64Array.from(balancedWindow(at, few), (j) => at[j]!)).p;
  }).sort();
}

/** What the dip would show of two normal groups with a Bayes error of 3%, of so many rows, on a line that is not exact. */
export interface Benchmark {
  /** Share of samples with p at most `level`. */
  readonly power: (level: number) => number;
  /** Share of samples, the observed one counted in, with p at least as large. */
  readonly tail: (p: number) => number;
}

/** Of rows that say nothing. */
export const NO_BENCHMARK: Benchmark = { power: () => 0, tail: () => 1 };

/**
 * The benchmark for groups of two sizes. `reliability` is the cosine of the lines of the two halves: its root is
 * the cosine of a line with the true one.
 */
export type BenchmarkOf = (first: number, second: number, reliability: number) => Benchmark;

/** Simulates what it is asked for, each grid point once. */
export function simulatedBenchmarks(): BenchmarkOf {
  const simulated = new Map<string, Float64Array>();
  const sampled = (few: number, ratio: number, distance: number) => {
    const key = `${few} ${ratio} ${distance}`;
    const p = simulated.get(key) ?? sampledP(few, ratio, distance);
    simulated.set(key, p);
    return p;
  };
  return (first, second, reliability) => benchmark(sampled, first, second, reliability);
}

function benchmark(sampled: typeof sampledP, first: number, second: number, reliability: number): Benchmark {
  const smaller = Math.min(first, second);
  const distance = Math.round(BENCHMARK * Math.sqrt(Math.max(0, reliability)) * STEPS) / STEPS;
  if (smaller < SIZES[0]!) return NO_BENCHMARK;
  const few = SIZES.filter((size) => size <= smaller).pop()!;
  const wanted = Math.max(first, second) / smaller;
  const ratio = RATIOS.find((one) => one >= wanted / 1.1) ?? RATIOS[RATIOS.length - 1]!;
  const p = sampled(few, ratio, distance);
  return {
    power: (level) => p.filter((one) => one <= level).length / SAMPLES,
    tail: (observed) => (1 + p.filter((one) => one >= observed * (1 - 1e-9)).length) / (1 + SAMPLES),
  };
}
