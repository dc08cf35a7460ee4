import { countText, numberText, percentText, pText } from '../../core/words.js';
import type { Confusability, MergeCandidate } from '../../signatures/confusability.js';
import { independentNeighbors, shareInterval } from '../../statistics/share-interval.js';
import type { Verdict } from '../types.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf, commandOf } from './recommended.js';
import {
  AGREEMENT,
  countOf,
  finding,
  HIGHER,
  LOWER,
  measuredBy,
  SIGNED,
  sayRows,
  scoredNote,
  untested,
} from './words.js';

/** Halfway between chance and agreement of all neighbours. */
const HALF = 0.5;
/** Silhouette below which no substantial structure was found (Kaufman and Rousseeuw 1990, table 4). */
const STRUCTURE = 0.25;
const NORMAL_95 = 1.645;

/** Which classes are confused: the largest pair that stands out, or the largest; nothing where nothing is confused. */
function confusedText({ mergeCandidates, mostConfused, confusions, k }: Confusability, whose: string): string {
  if (mostConfused === null || k === 2) return '';
  const told = (pair: MergeCandidate) =>
    `${numberText(pair.count)} of the ${countText(confusions, 'confusion')} ${pair.count === 1 ? 'is' : 'are'} between ${pair.labels[0]} and ${pair.labels[1]}`;
  const first = mergeCandidates[0];
  if (first !== undefined) {
    return ` Most confused: ${told(first)}, where class sizes lead to expect ${numberText(first.expected)} (q = ${pText(first.q)})${whose}.`;
  }
  return ` No single pair of classes can be told to stand out; at most ${told(mostConfused)}${whose}.`;
}

const about = {
  id: 'class-overlap',
  title: 'Overlap of the classes',
  hypothesis: 'The classes overlap: the spread inside them is larger than the distance between them.',
} as const;

const make: FindingMaker = (context) => {
  const found = context.significance();
  const near = context.confusability();
  if ('reason' in found) return untested(about, 'significance', found.reason);
  if ('reason' in near) return untested(about, 'confusability', near.reason);
  const { alpha, note } = context;
  const scored = scoredNote(found.sample);
  // A row that is alone in its class cannot agree with anyone.
  const classes = near.classes.filter(({ size }) => size >= 2);
  const rows = found.clusters.reduce((sum, { size }) => sum + (size >= 2 ? size : 0), 0);
  const agreement = (found.neighborAgreement.observed * found.n) / rows;
  const expected = (found.neighborAgreement.null.mean * found.n) / rows;
  const counted = (rows / found.n) * independentNeighbors(found.sample?.rows ?? found.n, found.n);
  const adjust = (value: number) => (expected >= 1 ? 0 : (value - expected) / (1 - expected));
  const [low, high] = shareInterval(Math.min(1, agreement), counted, NORMAL_95).map(adjust) as [number, number];
  const silhouette = found.silhouette.observed;
  const verdict: Verdict =
    high < HALF && silhouette < STRUCTURE
      ? 'confirmed'
      : low >= HALF || silhouette >= 0.5
        ? 'rejected'
        : 'inconclusive';
  const confused = near.mergeCandidates;
  const rivals = [...classes].sort((a, b) => b.rivalShare - a.rivalShare || b.size - a.size);
  const test = 'confusability, 1 neighbour';
  const joins = 'confusions per pair against quasi-independence (binomial), Benjamini-Hochberg';
  const permuted = `p by permutation of labels (${found.permutations})`;
  const whose = rows === found.n ? 'rows' : 'rows whose class has another row';
  return finding(about, verdict, verdict === 'confirmed' ? 'high' : verdict === 'inconclusive' ? 'low' : 'info', {
    summary:
      `The nearest neighbour has the same label in ${percentText(agreement)} of ${whose} (chance ${percentText(expected)}); the silhouette is ${numberText(silhouette)}${sayRows(scored)}.` +
      confusedText(near, sayRows(note)),
    evidence: [
      measuredBy(`neighborAgreement; ${permuted}`, scored)(
        'agreement',
        `Nearest neighbour has the same label, over ${whose}`,
        agreement,
        {
          ...AGREEMENT,
          unit: 'share',
          chance: expected,
          p: found.neighborAgreement.p,
        },
      ),
      measuredBy('neighborAgreement, Wilson interval', scored)(
        'agreementAdjusted',
        'Agreement between chance (0) and perfect (1)',
        adjust(agreement),
        { range: [null, 1], ...HIGHER, chance: 0, interval: { low, high, level: 0.9 } },
      ),
      measuredBy(`silhouette; ${permuted}`, scored)(
        'silhouette',
        'Mean silhouette: (between - within) / larger of the two, averaged over rows',
        silhouette,
        {
          ...SIGNED,
          chance: found.silhouette.null.mean,
          p: found.silhouette.p,
          ...(found.silhouette.interval === undefined ? {} : { interval: found.silhouette.interval }),
        },
      ),
      measuredBy(joins, note)(
        'confusedPairs',
        `Pairs of classes that are confused more often than their confusions and class sizes explain, at a false-discovery rate of ${alpha}`,
        confused.length,
        { ...countOf('pairs', null), ...LOWER },
      ),
    ],
    tables: [
      {
        name: 'mergeCandidates',
        text: 'Pairs of classes that are confused more often than their confusions and class sizes explain, most confusions first',
        test: joins,
        columns: ['a', 'b', 'neighbors', 'expected', 'p', 'q'],
        rows: confused
          .slice(0, 20)
          .map(({ labels, count, expected: e, p, q }) => [labels[0], labels[1], count, e, p, q]),
        omitted: Math.max(0, confused.length - 20),
        ...note,
      },
      {
        name: 'rivals',
        text: 'Classes with their nearest rival, most confused first',
        test,
        columns: ['label', 'size', 'own', 'ownExpected', 'rival', 'rivalShare'],
        rows: rivals.slice(0, 30).map((c) => [c.label, c.size, c.own, c.ownExpected, c.rival, c.rivalShare]),
        omitted: Math.max(0, rivals.length - 30),
        ...note,
      },
    ],
    changesIf:
      `Confirmed while the adjusted agreement is below ${HALF} beyond its interval (now ${numberText(low)} to ${numberText(high)}) and the silhouette below ${STRUCTURE} (now ${numberText(silhouette)}); ` +
      `rejected when the interval lies above ${HALF} or the silhouette reaches 0.5.`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: 'Training cannot pull apart what the points do not tell apart: merge labels where the data support it (see granularity), or add features that carry them.',
            call: callOf(context, 'confusability', {
              standardize: context.standardized || undefined,
              alpha: alpha === 0.05 ? undefined : alpha,
            }),
            command: `${commandOf(context, 'clusterlens diagnose DATA')} --verbose`,
          }
        : null,
  });
};

export const classOverlap: FindingModule = { ...about, make };
