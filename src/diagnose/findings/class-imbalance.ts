import { Rng } from '../../core/rng.js';
import { countText, numberText, percentText, pText } from '../../core/words.js';
import { lrid } from '../../imbalance/lrid.js';
import type { FindingMaker, FindingModule } from './context.js';
import { countOf, FROM_ZERO, finding, HIGHER, LOWER, measuredBy, untested } from './words.js';

/** Below this share of effective classes the imbalance is more than a curiosity: docs/threshold-rates.md. */
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
    const present = counts.filter((size) => size > 0);
    // `lrid` knows the classes that occur; 2 n ln(k / present) brings the empty ones back in.
    if (lrid(present, n) + 2 * n * Math.log(k / present.length) >= observed) asLarge++;
  }
  return (1 + asLarge) / (1 + DRAWS);
}

const about = {
  id: 'class-imbalance',
  title: 'Sizes of the classes',
  hypothesis: 'The classes are of very different sizes, so that averages speak for a few of them.',
} as const;

const make: FindingMaker = ({ balance, alpha, seed }) => {
  const { n, k, imbalanceRatio, effectiveClasses, evenness, gini, median, classes } = balance;
  if (k < 2) return untested(about, 'classBalance', `there is one class (${countText(n, 'row')})`);
  const simulated = n <= SIMULATED_ROWS;
  const p = simulated ? drawnP(balance.lrid, n, k, seed) : null;
  const few = balance.below(FEW);
  const largest = classes[0]!;
  const uneven = effectiveClasses / k < EFFECTIVE;
  const confirmed = uneven && (p === null || p <= alpha);
  const severity = !confirmed ? 'info' : few / k > 0.5 ? 'high' : imbalanceRatio >= 10 ? 'medium' : 'low';
  const shown = measuredBy('classBalance');
  const drawn = measuredBy(simulated ? `likelihood ratio against ${DRAWS} draws of balanced labels` : 'lrid');
  return finding(about, confirmed ? 'confirmed' : 'rejected', severity, {
    summary:
      `${countText(n, 'row')} in ${countText(k, 'class', 'classes')}` +
      (imbalanceRatio === 1
        ? `, all of ${countText(largest.count, 'row')}.`
        : `: the largest (${largest.label}) has ${numberText(largest.count)}, the median class ${numberText(median)}; ` +
          (few === 0
            ? `none has fewer than ${FEW}. `
            : `${countText(few, 'class', 'classes')} (${percentText(few / k)}) ${few === 1 ? 'has' : 'have'} fewer than ${FEW}. `) +
          `They count as ${numberText(effectiveClasses)} classes of equal size.`),
    evidence: [
      shown('rows', 'Rows', n, countOf('rows', null, 1)),
      shown('classes', 'Classes', k, countOf('classes', null, 1)),
      shown('medianClassSize', 'Median class size', median, countOf('rows', null, 1)),
      shown('imbalanceRatio', 'Largest over smallest class', imbalanceRatio, { range: [1, null], ...LOWER }),
      shown('effectiveClasses', 'Effective number of classes, exp(entropy)', effectiveClasses, {
        ...countOf('classes', k, 1),
        ...HIGHER,
      }),
      shown('evenness', 'Entropy over its largest value', evenness, { range: [0, 1], ...HIGHER }),
      shown('gini', 'Gini coefficient of class sizes', gini, { range: [0, 1], ...LOWER }),
      shown('smallClasses', `Classes with fewer than ${FEW} rows`, few, { ...countOf('classes', k), ...LOWER }),
      drawn('likelihoodRatio', 'Likelihood ratio against classes of equal probability', balance.lrid, {
        ...FROM_ZERO,
        ...LOWER,
        ...(p === null ? {} : { p }),
      }),
    ],
    tables: [
      {
        name: 'classes',
        text: 'Largest classes',
        test: 'classBalance',
        columns: ['label', 'count', 'share'],
        rows: classes.slice(0, 30).map(({ label, count: size, share }) => [label, size, share]),
        omitted: Math.max(0, k - 30),
      },
    ],
    changesIf:
      `Confirmed while effective classes are below ${percentText(EFFECTIVE)} of the classes (now ${percentText(effectiveClasses / k)})` +
      (p === null ? '.' : ` and p <= ${alpha} (now ${pText(p)}).`),
    recommendation: confirmed
      ? {
          text: 'Read macro averages and per-class scores beside the mean over rows, and see what a smallest class size would cost.',
          call: 'filterCurve(labels)',
          command: 'clusterlens balance DATA',
        }
      : null,
  });
};

export const classImbalance: FindingModule = { ...about, make };
