import { shareInterval } from '../share-interval.js';
import type { Verdict } from '../types.js';
import type { FindingMaker } from './context.js';
import { callOptions, commandOptions, percent, SHARE, SIGNED, say, untested } from './words.js';

/** Halfway between chance and agreement of all neighbours. */
const HALF = 0.5;
/** Silhouette below which no substantial structure was found (Kaufman and Rousseeuw 1990, table 4). */
const STRUCTURE = 0.25;
const NORMAL_95 = 1.645;

export const classOverlap: FindingMaker = (context) => {
  const about = {
    id: 'class-overlap' as const,
    title: 'Overlap of the classes',
    hypothesis: 'The classes overlap: the spread inside them is larger than the distance between them.',
  };
  const found = context.significance();
  const near = context.confusability();
  if ('reason' in found) return untested(about, 'significance', found.reason);
  if ('reason' in near) return untested(about, 'confusability', near.reason);
  const { alpha, note } = context;
  // A row that is alone in its class cannot agree with anyone.
  const classes = near.classes.filter(({ size }) => size >= 2);
  const rows = classes.reduce((sum, { size }) => sum + size, 0);
  if (rows === 0) return untested(about, 'confusability', 'every class has one row');
  const agreement = classes.reduce((sum, { own, size }) => sum + (own * size) / rows, 0);
  const expected = classes.reduce((sum, { ownExpected, size }) => sum + (ownExpected * size) / rows, 0);
  const adjust = (value: number) => (expected >= 1 ? 0 : (value - expected) / (1 - expected));
  const [low, high] = shareInterval(agreement, rows, NORMAL_95).map(adjust) as [number, number];
  const silhouette = found.silhouette.observed;
  const verdict: Verdict =
    high < HALF && silhouette < STRUCTURE
      ? 'confirmed'
      : low >= HALF || silhouette >= 0.5
        ? 'rejected'
        : 'inconclusive';
  const overall = near.mergeCandidates;
  const rivals = [...classes].sort((a, b) => b.rivalShare - a.rivalShare || b.size - a.size);
  const first = overall[0];
  const test = 'confusability, 1 neighbour';
  return {
    ...about,
    verdict,
    severity: verdict === 'confirmed' ? 'high' : verdict === 'inconclusive' ? 'low' : 'info',
    summary:
      `The nearest neighbour has the same label in ${percent(agreement)} of rows (chance ${percent(expected)}); the silhouette is ${say(silhouette)}.` +
      (first === undefined
        ? ''
        : ` Most confused beyond chance: ${first.labels[0]} and ${first.labels[1]} (${say(first.count)} pairs of neighbours, ${say(first.expected)} expected).`),
    evidence: [
      {
        name: 'agreement',
        text: 'Nearest neighbour has the same label, over rows whose class has two rows or more',
        value: agreement,
        unit: 'share',
        range: SHARE,
        better: 'higher',
        chance: expected,
        p: found.neighborAgreement.p,
        test: `${test}; p by permutation of labels (${found.permutations})`,
        ...note,
      },
      {
        name: 'agreementAdjusted',
        text: 'Agreement between chance (0) and perfect (1)',
        value: adjust(agreement),
        range: [null, 1],
        better: 'higher',
        chance: 0,
        interval: { low, high, level: 0.9 },
        test: `${test}, Wilson interval`,
        ...note,
      },
      {
        name: 'silhouette',
        text: 'Mean silhouette: (between - within) / larger of the two, averaged over rows',
        value: silhouette,
        range: SIGNED,
        better: 'higher',
        chance: found.silhouette.null.mean,
        p: found.silhouette.p,
        test: `silhouette; p by permutation of labels (${found.permutations})`,
        ...note,
      },
      {
        name: 'confusedPairs',
        text: `Pairs of classes that are neighbours more often than chance, at a false-discovery rate of ${alpha}`,
        value: overall.length,
        unit: 'pairs',
        range: [0, null],
        better: 'lower',
        test: 'join count per pair (binomial), Benjamini-Hochberg',
        ...note,
      },
    ],
    tables: [
      {
        name: 'mergeCandidates',
        text: 'Pairs of classes that are neighbours more often than chance',
        test: 'join count per pair (binomial), Benjamini-Hochberg',
        columns: ['a', 'b', 'neighbors', 'expected', 'p', 'q'],
        rows: overall
          .slice(0, 20)
          .map(({ labels, count, expected: e, p, q }) => [labels[0], labels[1], count, e, p, q]),
        omitted: Math.max(0, overall.length - 20),
      },
      {
        name: 'rivals',
        text: 'Classes with their nearest rival, most confused first',
        test,
        columns: ['label', 'size', 'own', 'ownExpected', 'rival', 'rivalShare'],
        rows: rivals.slice(0, 30).map((c) => [c.label, c.size, c.own, c.ownExpected, c.rival, c.rivalShare]),
        omitted: Math.max(0, rivals.length - 30),
      },
    ],
    changesIf: `Confirmed while the adjusted agreement is below ${HALF} beyond its interval (now ${say(low)} to ${say(high)}) and the silhouette below ${STRUCTURE} (now ${say(silhouette)}).`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: 'Training cannot pull apart what the points do not tell apart: merge labels that the data confuse, or add features that carry them.',
            call: `labelHierarchy(points, labels${callOptions(context)})`,
            command: `clusterlens diagnose DATA${commandOptions(context)}`,
          }
        : null,
  };
};
