import { binomialTail } from '../../statistics/binomial-tail.js';
import { shareInterval } from '../../statistics/share-interval.js';

/** The rows whose neighbours mostly have one label, and those of them with the purest neighbourhoods. */
export interface Region {
  readonly rows: number;
  readonly pure: number;
  /** Rows with another label than the region's, in all and among the purest. */
  readonly wrong: number;
  readonly wrongPure: number;
}

export interface NoiseShare {
  /** Share of labels that are wrong, of the rows that were judged: what the purest neighbourhoods show less what overlap may leave there. */
  readonly score: number;
  /**
   * From the least share that explains what the purest neighbourhoods show when overlap leaves there as much as it can,
   * 0 where overlap alone explains it, to the upper end of Wilson's interval when it leaves nothing there.
   */
  readonly interval: { readonly low: number; readonly high: number; readonly level: 0.95 };
  /** Chance of as much disagreement in pure neighbourhoods by plain overlap of the classes; binomial, one-sided. */
  readonly p: number;
  /** Share of all judged rows whose label is not that of most neighbours: wrong labels and overlap together. */
  readonly disagreement: number;
  /** The same among rows with the purest neighbourhoods, and what plain overlap would leave there at most. */
  readonly pureDisagreement: number;
  readonly overlapDisagreement: number;
  /** Rows that were judged, and those of them with the purest neighbourhoods: a third of each region, or more where they tie. */
  readonly judged: number;
  readonly pure: number;
}

/**
 * Plain overlap leaves in the purest third of a region at most this share of its disagreement, plus 1.5 times the
 * disagreement itself (classes that overlap more have no pure places); wrong labels leave all of it. Rates of taking
 * overlap for wrong labels, and of finding these: docs/rows.md.
 */
const LEAST_LEFT = 0.1;
const LEFT = 1.5;
const TAIL = 0.025;

/**
 * The least share of disagreement by wrong labels for which the pure places would show as much at the 2.5% level. A wrong
 * label is in a pure place as often as any row (`pureShare`), a row that overlap put there `left` times as often.
 */
function leastShare(wrongPure: number, wrong: number, pureShare: number, left: number): number {
  const tail = (share: number) => binomialTail(wrongPure, wrong, Math.min(1, pureShare * (share + left * (1 - share))));
  if (tail(0) > TAIL) return 0;
  let [low, high] = [0, 1];
  for (let halvings = 0; halvings < 40; halvings++) {
    const middle = (low + high) / 2;
    if (tail(middle) > TAIL) high = middle;
    else low = middle;
  }
  return high;
}

/** Wrong labels apart from overlap, of regions with rows. */
export function noiseShare(regions: readonly Region[]): NoiseShare {
  const sum = (of: (region: Region) => number) => regions.reduce((all, region) => all + of(region), 0);
  const judged = sum(({ rows }) => rows);
  const pure = sum((region) => region.pure);
  const wrong = sum((region) => region.wrong);
  const wrongPure = sum((region) => region.wrongPure);
  const byOverlap = sum(
    (region) =>
      region.wrong * Math.min(1, LEAST_LEFT + (LEFT * region.wrong) / region.rows) * (region.pure / region.rows),
  );
  const disagreement = wrong / judged;
  const left = wrong === 0 ? 0 : Math.min(1, (byOverlap / wrong) * (judged / pure));
  // With nothing left of overlap all of this is wrong labels; with half of the most that may be left, the rest of it.
  // No more labels are wrong than disagree.
  const atMost = sum((region) => (region.rows * region.wrongPure) / region.pure) / judged;
  const score = Math.min(disagreement, Math.max(0, (atMost - (left / 2) * disagreement) / (1 - left / 2)));
  const [lowest, high] = shareInterval(atMost, pure);
  const low = wrong === 0 ? 0 : disagreement * leastShare(wrongPure, wrong, pure / judged, left);
  return {
    score,
    interval: { low: Math.min(low, lowest, score), high: Math.max(high, score), level: 0.95 },
    p: wrong === 0 ? 1 : binomialTail(wrongPure, wrong, byOverlap / wrong),
    disagreement,
    pureDisagreement: wrongPure / pure,
    overlapDisagreement: byOverlap / pure,
    judged,
    pure,
  };
}
