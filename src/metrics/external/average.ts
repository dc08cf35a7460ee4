import { oneOf } from '../../data/options.js';

/** The mean of the two entropies that mutual information is divided by. */
export type Average = 'arithmetic' | 'geometric' | 'min' | 'max';

export const AVERAGES: readonly Average[] = ['arithmetic', 'geometric', 'min', 'max'];

export interface AverageOptions {
  /** The mean of H(truth) and H(predicted) to divide by. Default 'arithmetic', as scikit-learn since 0.22. */
  readonly average?: Average | undefined;
}

export function averageOf(where: string, value: unknown): Average {
  return oneOf(where, 'average', value, AVERAGES, 'arithmetic');
}

const MEANS: Readonly<Record<Average, (a: number, b: number) => number>> = {
  arithmetic: (a, b) => (a + b) / 2,
  geometric: (a, b) => Math.sqrt(a) * Math.sqrt(b),
  min: Math.min,
  max: Math.max,
};

export function meanOf(average: Average, a: number, b: number): number {
  return MEANS[average](a, b);
}
