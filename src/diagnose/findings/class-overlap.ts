import type { Label } from '../../core/types.js';
import { countText, numberText, percentText } from '../../core/words.js';
import type { Confusability, MergeCandidate } from '../../signatures/confusability.js';
import { independentNeighbors, shareInterval } from '../../statistics/share-interval.js';
import type { PairOverlap } from '../../studies/overlap/overlap-of.js';
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
/** Pairs or classes that a sentence names at most. */
const MOST_NAMED = 3;

/** The weak spots, by pair: those that stand out, or else the largest; nothing where nothing is confused. */
function weakText(
  { mergeCandidates, mostConfused, confusions, k }: Confusability,
  pairs: readonly PairOverlap[],
): string {
  if (mostConfused === null || k === 2) return '';
  const named = mergeCandidates.length > 0 ? mergeCandidates.slice(0, MOST_NAMED) : [mostConfused];
  const told = ({ labels, count }: MergeCandidate) => {
    const pair = pairs.find((one) => one.labels.every((label) => labels.includes(label)));
    const share = pair === undefined ? '' : `, told apart in ${percentText(pair.agreement)} of their rows`;
    return `${labels[0]} and ${labels[1]} (${numberText(count)} of the ${countText(confusions, 'pair')} of neighbouring rows with different labels${share})`;
  };
  const some = named.map(told).join('; ');
  return ` Weak spot${named.length === 1 ? '' : 's'}: ${some}${mergeCandidates.length > 0 ? '' : ', no more than chance would give'}.`;
}

const about = {
  id: 'class-overlap',
  title: 'Overlap of the classes',
  hypothesis: 'The classes overlap: the spread inside them is larger than the distance between them.',
} as const;

/** How the summary begins. */
function newsOf(
  verdict: Verdict,
  everywhere: boolean,
  joined: readonly PairOverlap[],
  lost: ReadonlyArray<{ readonly label: Label }>,
): string {
  if (everywhere) return 'The classes overlap: ';
  if (verdict === 'rejected') return 'The classes do not overlap: ';
  if (verdict === 'inconclusive') return 'The classes overlap in part: ';
  const named = joined.slice(0, MOST_NAMED).map(({ labels }) => `${labels[0]} and ${labels[1]}`);
  const more = joined.length > MOST_NAMED ? ` and ${countText(joined.length - MOST_NAMED, 'more pair')}` : '';
  const gone = lost.slice(0, MOST_NAMED).map(({ label }) => String(label));
  const without = lost.length === 0 ? '' : `, and most rows of ${gone.join(', ')} lie among other classes`;
  return `${named.join(', ')}${more} overlap${without}; over all classes `;
}

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
  const overlaps = context.overlap();
  if ('reason' in overlaps) return untested(about, 'confusability', overlaps.reason);
  const everywhere = high < HALF && silhouette < STRUCTURE;
  // With two classes the pair is all there is.
  const joined = near.k === 2 ? [] : overlaps.pairs.filter((pair) => pair.overlaps);
  const lost = overlaps.classes.filter(
    ({ label, lost: gone }) => gone && joined.some(({ labels }) => labels.includes(label)),
  );
  const verdict: Verdict =
    everywhere || joined.length > 0 ? 'confirmed' : low >= HALF || silhouette >= 0.5 ? 'rejected' : 'inconclusive';
  const severity = everywhere
    ? 'high'
    : joined.length > 0
      ? lost.length > 0
        ? 'medium'
        : 'low'
      : verdict === 'inconclusive'
        ? 'low'
        : 'info';
  const confused = near.mergeCandidates;
  const rivals = [...classes].sort((a, b) => b.rivalShare - a.rivalShare || b.size - a.size);
  const test = 'confusability, 1 neighbour';
  const joins = 'confusions per pair against quasi-independence (binomial), Benjamini-Hochberg';
  const permuted = `p by permutation of labels (${found.permutations})`;
  const whose = rows === found.n ? 'rows' : 'rows whose class has another row';
  return finding(about, verdict, severity, {
    summary:
      `${newsOf(verdict, everywhere, joined, lost)}the nearest neighbour has the same label in ${percentText(agreement)} of ${whose} (chance ${percentText(expected)}); the silhouette is ${numberText(silhouette)}${sayRows(scored)}.` +
      weakText(near, overlaps.pairs),
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
        name: 'pairs',
        text: 'Pairs of classes that are neighbours, most shared rows first: how well the two are told apart, and whether they overlap',
        test: 'Wilson interval, Bonferroni over confused pairs',
        columns: ['a', 'b', 'rows', 'agreement', 'chance', 'high', 'overlaps'],
        rows: overlaps.pairs
          .slice(0, 20)
          .map((pair) => [...pair.labels, pair.rows, pair.agreement, pair.chance, pair.high, pair.overlaps]),
        omitted: Math.max(0, overlaps.pairs.length - 20),
        ...note,
      },
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
      `Confirmed while the adjusted agreement is below ${HALF} beyond its interval (now ${numberText(low)} to ${numberText(high)}) and the silhouette below ${STRUCTURE} (now ${numberText(silhouette)}), or while two of several classes are told apart to less than half of what is possible; ` +
      `rejected when the interval lies above ${HALF} or the silhouette reaches 0.5.`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: everywhere
              ? 'Training cannot pull apart what the points do not tell apart: merge labels where the data support it (see granularity), or add features that carry them.'
              : `Merge ${joined
                  .slice(0, MOST_NAMED)
                  .map(({ labels }) => `${labels[0]} with ${labels[1]}`)
                  .join(', ')}, or add features that tell them apart; the other classes stand as they are.`,
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
