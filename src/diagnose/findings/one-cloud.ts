import { countText, numberText, percentText, pIs } from '../../core/words.js';
import type { ClusterGaps } from '../../studies/gaps/gap-types.js';
import { rarelyCrossed } from '../../studies/gaps/gap-verdict.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf } from './recommended.js';
import { countOf, finding, HIGHER, measuredBy, SHARE, subsetNote, untested } from './words.js';

const about = {
  id: 'one-cloud',
  title: 'Gaps between neighbouring classes',
  hypothesis: 'The points are one cloud, and the labels, which were made from them, cut it.',
} as const;
const TEST = 'clusterGaps';
const PAIRS = 20;

const RULE = {
  centres: 'the nearest centre',
  neighbors: 'a vote of the nearest rows',
  ward: "Ward's clustering",
} as const;

/** Where the labels come from, in words. */
function source({ labelsFrom, reproduced }: ClusterGaps): string {
  if (reproduced !== null) {
    return `The labels look made from the points: ${RULE[reproduced.by]} gives ${percentText(reproduced.share)} of them again.`;
  }
  return labelsFrom === 'points' ? 'The labels were made from the points.' : 'The labels come from elsewhere.';
}

function pairsTable({ pairs, ...found }: ClusterGaps) {
  const order = (gap: boolean | null) => (gap === false ? 0 : gap === null ? 1 : 2);
  const sorted = [...pairs].sort((a, b) => order(a.gap) - order(b.gap) || b.p - a.p);
  return {
    name: 'touchingPairs',
    text: 'Classes that touch: is there a gap between them',
    test: TEST,
    columns: ['class', 'class beside', 'gap', 'p', 'rows judged', 'power at a Bayes error of 3%'],
    rows: sorted
      .slice(0, PAIRS)
      .map(({ labels: [a, b], gap, p, rows, power }) => [
        a,
        b,
        gap === null ? 'cannot be told' : gap ? 'yes' : 'no',
        p,
        rows,
        power,
      ]),
    omitted: Math.max(0, sorted.length - PAIRS),
    ...subsetNote(found.sample),
  };
}

function summaryOf(gaps: ClusterGaps, made: boolean): string {
  const { verdict, found, expected, pairs, p, crossing, rowsToTell } = gaps;
  const of = `${numberText(found)} of ${countText(pairs.length, 'pair')} of neighbouring classes ${found === 1 ? 'has' : 'have'} a gap between them`;
  const much = (beside = '') =>
    `about ${numberText(Number(expected.toFixed(1)))} would if neighbours overlapped in only 3% of their rows (a Bayes error of 3%${beside})`;
  const across =
    crossing === null ? '' : `${numberText(crossing.ratio)} times as often as across a cut through a class`;
  // Where lines would show less than one gap, it is the neighbours that tell.
  const little =
    expected < 1 && crossing !== null
      ? `${of}, and rows have their neighbours across a border ${across} (${pIs(p)})`
      : `${of}, where ${much(`; ${pIs(p)}`)}`;
  switch (verdict) {
    case 'groups':
      return `Neighbouring classes are set apart: ${of}.`;
    case 'one-cloud':
      return made
        ? `The points are one cloud, which the labels cut: ${little}. ${source(gaps)}`
        : `The classes are parts of a continuum: ${little}. ${source(gaps)} They did not cut the cloud.`;
    case 'mixed':
      return crossing === null
        ? `Some neighbouring classes are set apart and some are not: ${of}, where ${much()}.`
        : `Some neighbouring classes are set apart and some are not: ${of}, and rows have their neighbours across the other borders ${across}.`;
    case 'undecided':
      if (p <= gaps.alpha || rarelyCrossed(crossing)) {
        return crossing === null
          ? `No line shows whether neighbouring classes are set apart: ${of}, and neighbours tell nothing.`
          : `No line shows whether neighbouring classes are set apart: ${of}, yet rows have their neighbours across a border only ${across}, so that the labels do not look like cuts of a cloud.`;
      }
      return (
        `Too few rows to tell whether neighbouring classes are set apart: ${of}, and ` +
        `${expected < 1 ? 'so few rows would show none even where there is one' : `only ${much()}`}.` +
        (rowsToTell === null ? '' : ` About ${numberText(rowsToTell)} rows would tell.`)
      );
  }
}

const make: FindingMaker = (context) => {
  const gaps = context.gaps();
  if ('reason' in gaps) return untested(about, TEST, gaps.reason);
  if (gaps.pairs.length === 0) return untested(about, TEST, 'no two classes with enough rows lie beside each other');
  const { verdict, found, expected, share, p, crossing, neighbors, labelsFrom, reproduced, pairs, alpha } = gaps;
  const made = labelsFrom === 'points';
  const cloud = verdict === 'one-cloud' && made;
  const open = verdict === 'undecided';
  const of = measuredBy(TEST, subsetNote(gaps.sample));
  const noValue = { reason: 'so few rows would show no gap' };
  return finding(about, cloud ? 'confirmed' : open ? 'inconclusive' : 'rejected', cloud ? 'high' : 'info', {
    summary: summaryOf(gaps, made),
    evidence: [
      of('gaps', 'Pairs of neighbouring classes with a gap', found, { ...countOf('pairs', pairs.length), ...HIGHER }),
      of('pairs', 'Pairs of neighbouring classes', pairs.length, countOf('pairs', null)),
      of(
        'expected',
        'Pairs that would show a gap if neighbours overlapped in 3% of their rows (Bayes error)',
        expected,
        countOf('pairs', null),
      ),
      of('shareOfExpected', 'Gaps found over gaps expected', share, {
        ...SHARE,
        ...HIGHER,
        ...(share === null ? noValue : {}),
      }),
      of('soFewGaps', 'Chance to see as little of gaps if all pairs had one', p, { range: [0, 1] }),
      of(
        'crossing',
        'Neighbours across the borders over those across a cut through the classes',
        crossing?.ratio ?? null,
        {
          range: [0, null],
          ...(crossing === null ? { reason: 'asked only where no line shows gaps' } : {}),
        },
      ),
      of('rowsToTell', 'Rows that would tell, about', gaps.rowsToTell, {
        ...countOf('rows', null),
        ...(gaps.rowsToTell === null
          ? { reason: 'asked only where there are too few rows and a line to look along' }
          : {}),
      }),
      of('nearRows', 'Near rows across the borders among those across borders and cuts', neighbors?.share ?? null, {
        ...SHARE,
        ...(neighbors === null ? { reason: 'asked only where lines tell too little' } : {}),
      }),
      of('nearRowsOfGroups', 'The same of normal groups with a Bayes error of 3%', neighbors?.expected ?? null, {
        ...SHARE,
        ...(neighbors === null ? { reason: 'asked only where lines tell too little' } : {}),
      }),
      of('labelsFrom', 'Where the labels come from', labelsFrom),
      of('reproduced', 'Share of the labels that a rule of the points gives again', reproduced?.share ?? null, {
        ...SHARE,
        ...(reproduced === null ? { reason: 'no rule that was tried gives them again, or none was' } : {}),
      }),
    ],
    tables: [pairsTable(gaps)],
    changesIf: `Confirmed for labels made from the points when at most a third of the gaps expected are there and chance explains it in at most ${numberText(alpha)}, by lines, by near rows or by neighbours across the borders, unless these are crossed less than half as often as a cut of the classes; rejected from two thirds on. Option labelsFrom says where labels come from.`,
    recommendation: cloud
      ? {
          text: 'Do not report these labels as groups: the points have no gaps between them. Describe the cloud by its axes, or say that the labels are a partition for convenience.',
          call: callOf(context, 'clusterGaps', {
            labelsFrom: context.labelsFrom === 'auto' ? undefined : context.labelsFrom,
          }),
        }
      : null,
  });
};

export const oneCloud: FindingModule = { ...about, make };
