import { Rng } from '../../core/rng.js';
import { lrid } from '../../imbalance/lrid.js';
import type { FindingMaker } from './context.js';
import { FROM_ZERO, percent, SHARE, say, untested } from './words.js';

/** Below this share of effective classes the imbalance is more than a curiosity. */
const EFFECTIVE = 0.9;
const FEW = 5;
const DRAWS = 199;
/** Rows beyond which the likelihood ratio needs no simulation to be told from its null. */
const SIMULATED_ROWS = 20_000;

/** p of the likelihood ratio when all classes are equally likely, by drawing such labels. */
function drawnP(observed: number, n: number, k: number, seed: number): number {
  const rng = new Rng(seed);
  const counts = new Int32Array(k);
  let asLarge = 0;
  for (let t = 0; t < DRAWS; t++) {
    counts.fill(0);
    for (let i = 0; i < n; i++) counts[rng.integer(k)]!++;
    if (
      lrid(
        counts.filter((count) => count > 0),
        n,
      ) +
        emptyTerm(counts, n) >=
      observed
    )
      asLarge++;
  }
  return (1 + asLarge) / (1 + DRAWS);
}

/** `lrid` counts classes that occur; 2 n ln(k / present) brings the empty ones back in. */
function emptyTerm(counts: Int32Array, n: number): number {
  const present = counts.filter((count) => count > 0).length;
  return 2 * n * Math.log(counts.length / present);
}

export const classImbalance: FindingMaker = ({ balance, alpha, seed }) => {
  const about = {
    id: 'class-imbalance' as const,
    title: 'Class imbalance',
    hypothesis: 'The classes are of very different sizes, so that averages speak for a few of them.',
  };
  const { n, k, imbalanceRatio, effectiveClasses, evenness, gini, median, classes } = balance;
  if (k < 2) return untested(about, 'classBalance', `there is one class (${n} rows)`);
  const simulated = n <= SIMULATED_ROWS;
  const p = simulated ? drawnP(balance.lrid, n, k, seed) : null;
  const few = balance.below(FEW);
  const largest = classes[0]!;
  const uneven = effectiveClasses / k < EFFECTIVE;
  const confirmed = uneven && (p === null || p <= alpha);
  const severity = !confirmed ? 'info' : few / k > 0.5 ? 'high' : imbalanceRatio >= 10 ? 'medium' : 'low';
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity,
    summary:
      `${say(n)} rows in ${say(k)} classes: the largest (${largest.label}) has ${say(largest.count)}, the median class ${say(median)}; ` +
      `${say(few)} classes (${percent(few / k)}) have fewer than ${FEW}. They count as ${say(effectiveClasses)} classes of equal size.`,
    evidence: [
      { name: 'rows', text: 'Rows', value: n, unit: 'rows', range: [1, null], test: 'classBalance' },
      { name: 'classes', text: 'Classes', value: k, unit: 'classes', range: [1, null], test: 'classBalance' },
      {
        name: 'medianClassSize',
        text: 'Median class size',
        value: median,
        unit: 'rows',
        range: [1, null],
        test: 'classBalance',
      },
      {
        name: 'imbalanceRatio',
        text: 'Largest over smallest class',
        value: imbalanceRatio,
        range: [1, null],
        better: 'lower',
        test: 'classBalance',
      },
      {
        name: 'effectiveClasses',
        text: 'Effective number of classes, exp(entropy)',
        value: effectiveClasses,
        unit: 'classes',
        range: [1, k],
        better: 'higher',
        test: 'classBalance',
      },
      {
        name: 'evenness',
        text: 'Entropy over its largest value',
        value: evenness,
        range: SHARE,
        better: 'higher',
        test: 'classBalance',
      },
      {
        name: 'gini',
        text: 'Gini coefficient of class sizes',
        value: gini,
        range: SHARE,
        better: 'lower',
        test: 'classBalance',
      },
      {
        name: 'smallClasses',
        text: `Classes with fewer than ${FEW} rows`,
        value: few,
        unit: 'classes',
        range: [0, k],
        better: 'lower',
        test: 'classBalance',
      },
      {
        name: 'likelihoodRatio',
        text: 'Likelihood ratio against classes of equal probability',
        value: balance.lrid,
        range: FROM_ZERO,
        better: 'lower',
        test: simulated ? `likelihood ratio against ${DRAWS} draws of balanced labels` : 'lrid',
        ...(p === null ? {} : { p }),
      },
    ],
    tables: [
      {
        name: 'classes',
        text: 'Largest classes',
        test: 'classBalance',
        columns: ['label', 'count', 'share'],
        rows: classes.slice(0, 30).map(({ label, count, share }) => [label, count, share]),
        omitted: Math.max(0, k - 30),
      },
    ],
    changesIf: `Confirmed while effective classes are below ${percent(EFFECTIVE)} of the classes (now ${percent(effectiveClasses / k)}) and p <= ${alpha}.`,
    recommendation: confirmed
      ? {
          text: 'Read macro averages and per-class scores beside the mean over rows, and see what a smallest class size would cost.',
          call: 'filterCurve(labels)',
          command: 'clusterlens balance DATA',
        }
      : null,
  };
};
