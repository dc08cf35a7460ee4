import type { Label } from '../../core/types.js';
import { countText, numberText, percentText } from '../../core/words.js';
import type { Confusability } from '../../signatures/confusability-types.js';
import { independentNeighbors, shareInterval } from '../../statistics/share-interval.js';
import type { PairOverlap } from '../../studies/overlap/overlap-of.js';
import type { WeakPair } from '../answer-types.js';
import type { Recommendation, Verdict } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { listLabels, sayLabel, sayWeakSpot } from './label-words.js';
import { mergedCall } from './recommended.js';
import { weakestOf } from './weakest.js';
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

/** Pairs that meet more often than the sizes of their classes explain, where the weak spot is not the only one. */
function standingOut({ mergeCandidates, k }: Confusability, [first]: readonly WeakPair[]): string {
  const known = (labels: readonly Label[]) => first?.labels.every((label) => labels.includes(label)) ?? false;
  const others = mergeCandidates.filter(({ labels }) => !known(labels));
  if (k === 2 || others.length === 0) return '';
  const more = others.length - MOST_NAMED;
  const named = others.slice(0, MOST_NAMED).map(({ labels }) => labels.map(sayLabel).join(' and '));
  return ` Neighbours more often than their sizes explain: ${named.join('; ')}${more > 0 ? `; ${countText(more, 'more pair')}` : ''}.`;
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
  const named = joined.slice(0, MOST_NAMED).map(({ labels }) => labels.map(sayLabel).join(' and '));
  const more = joined.length > MOST_NAMED ? ` and ${countText(joined.length - MOST_NAMED, 'more pair')}` : '';
  const gone = listLabels(lost.map(({ label }) => label));
  const without = lost.length === 0 ? '' : `, and most rows of ${gone} lie among other classes`;
  return `${named.join(', ')}${more} overlap${without}; over all classes `;
}

/** Pairs as groups of labels that hang together. */
function joinedGroups(pairs: readonly PairOverlap[]): Label[][] {
  let groups: Label[][] = [];
  for (const { labels } of pairs) {
    const touched = groups.filter((group) => labels.some((label) => group.includes(label)));
    groups = [...groups.filter((group) => !touched.includes(group)), [...new Set([...touched.flat(), ...labels])]];
  }
  return groups;
}

const FEATURES = 'add columns that tell them apart: no training can pull apart what the points do not';

/** What to do about the overlap: merge what held-out rows or pairs say, or measure more. */
function adviceOf(context: Context, everywhere: boolean, joined: readonly PairOverlap[]): Recommendation {
  const found = everywhere ? context.hierarchy() : null;
  const merged = found === null || 'reason' in found ? null : found.mergeable;
  const groups = everywhere ? (merged?.members.filter((labels) => labels.length > 1) ?? []) : joinedGroups(joined);
  if (groups.length === 0) {
    return { text: 'Add columns that tell the classes apart: no training can pull apart what the points do not.' };
  }
  const named = groups.slice(0, MOST_NAMED).map((labels) => listLabels(labels, 6));
  const few = found === null || 'reason' in found ? 0 : found.leftOut.length;
  const others = !everywhere
    ? ' The other classes stand as they are.'
    : few === 0
      ? ''
      : ` ${few === 1 ? 'One class' : `The other ${countText(few, 'class', 'classes')}`} of fewer rows could not be judged.`;
  return {
    text: `Give ${named.map((labels) => `${labels} one label`).join(', ')}, or ${FEATURES}.${others}`,
    call: mergedCall(context, groups),
  };
}

const make: FindingMaker = (context) => {
  const found = context.significance();
  const near = context.confusability();
  if ('reason' in found) return untested(about, 'significance', found.reason);
  if ('reason' in near) return untested(about, 'confusability', near.reason);
  const { alpha, note } = context;
  const scored = scoredNote(found.sample);
  const classes = near.classes.filter(({ size }) => size >= 2);
  // A row that is alone in its class cannot agree with anyone, so that this share is the most there can be.
  const paired = found.clusters.reduce((sum, { size }) => sum + (size >= 2 ? size : 0), 0) / found.n;
  const { observed: agreement, null: chance } = found.neighborAgreement;
  const expected = chance.mean;
  const counted = paired * independentNeighbors(found.sample?.rows ?? found.n, found.n);
  const adjust = (share: number) => (paired <= expected ? 0 : (share * paired - expected) / (paired - expected));
  const [low, high] = shareInterval(Math.min(1, agreement / paired), counted, NORMAL_95).map(adjust) as [
    number,
    number,
  ];
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
  const weak = weakestOf(context).pairs;
  const most = paired < 1 ? `; at most ${percentText(paired)}, since the others are alone in their class` : '';
  return finding(about, verdict, severity, {
    summary:
      `${newsOf(verdict, everywhere, joined, lost)}the nearest neighbour has the same label in ${percentText(agreement)} of rows (chance ${percentText(expected)}${most}); the silhouette is ${numberText(silhouette)}${sayRows(scored)}.` +
      (near.k === 2 ? '' : sayWeakSpot(weak) + standingOut(near, weak)),
    evidence: [
      measuredBy(`neighborAgreement; ${permuted}`, scored)(
        'agreement',
        'Nearest neighbour has the same label, over all rows',
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
        'Agreement between chance (0) and the most that these classes allow (1)',
        adjust(agreement / paired),
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
    recommendation: verdict === 'confirmed' ? adviceOf(context, everywhere, joined) : null,
  });
};

export const classOverlap: FindingModule = { ...about, make };
