import { meanOf } from '../../statistics/mean.js';
import type { BenchmarkOf } from './benchmark.js';
import type { LineGap } from './gap-types.js';

/** The power that one plans a test for by custom (Cohen 1988). */
const POWER = 0.8;
const LEVEL = 0.05;
/** Steps in which the number of rows is raised. */
const STEP = Math.SQRT2;
const MOST_TIMES = 1000;

/**
 * Times as many rows as there are with which two groups with a Bayes error of 3% would show a gap in 80% of draws, of as
 * many rows as the pairs have on average: with so many, they would show one if they have it, and be missed if they have
 * none. At least twice as many, since those that there are did not tell. The lines get better with the rows too: what is
 * noise in them falls as one over the rows, so that two halves with agreement r reach r / (r + (1 - r) / times).
 *
 * @returns null where the halves agree on no line, so that nothing says how many rows one would take.
 */
export function timesToTell(gaps: readonly LineGap[], benchmark: BenchmarkOf): number | null {
  const judged = gaps.filter(({ rows, reliability }) => rows > 0 && reliability > 0);
  if (judged.length === 0) return null;
  const rows = meanOf(judged.map((gap) => gap.rows));
  const r = meanOf(judged.map(({ reliability }) => reliability));
  for (let times = 2; times <= MOST_TIMES; times *= STEP) {
    const half = Math.floor((times * rows) / 2);
    if (benchmark(half, half, r / (r + (1 - r) / times)).power(LEVEL) >= POWER) return times;
  }
  return null;
}
