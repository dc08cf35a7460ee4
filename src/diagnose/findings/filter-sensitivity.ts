import { FILTERS } from '../filter-null.js';
import type { FindingMaker } from './context.js';
import { SIGNED, say, untested } from './words.js';

/** A gain beyond chance that is worth a sentence. */
const WORTH = 0.05;

export const filterSensitivityFinding: FindingMaker = (context) => {
  const about = {
    id: 'filter-sensitivity' as const,
    title: 'What a filter on class size gains',
    hypothesis: 'Dropping small classes makes the rest cluster better, beyond what fewer classes bring by themselves.',
  };
  const { sample, alpha, note } = context;
  const found = context.filtered();
  if (found === null)
    return untested(about, 'filtered silhouettes', `there are ${sample.k} classes for ${sample.n} rows`);
  const { thresholds, kept, amongAll, rows, classes } = found;
  const permutations = found.kept.length - 1;
  const test = `silhouette by smallest class size, permutation of labels (${permutations})`;
  if (thresholds.length < 2) {
    return {
      ...about,
      verdict: 'rejected',
      severity: 'info',
      summary: `No smallest class size up to ${FILTERS[FILTERS.length - 1]} drops a class and leaves two.`,
      evidence: [
        {
          name: 'filters',
          text: 'Thresholds that drop a class and leave two',
          value: 0,
          range: [0, FILTERS.length],
          test,
          ...note,
        },
      ],
      tables: [],
      changesIf: 'Smaller classes would have to be in the data.',
      recommendation: null,
    };
  }
  const observed = kept[0]!;
  const steps = thresholds.map((threshold, t) => {
    const gain = (values: Float64Array) => values[t]! - values[0]!;
    const nulls = kept.slice(1).map(gain);
    const chance = nulls.reduce((sum, v) => sum + v, 0) / nulls.length;
    const sd = Math.sqrt(nulls.reduce((sum, v) => sum + (v - chance) ** 2, 0) / nulls.length) || Number.MIN_VALUE;
    const total = gain(observed);
    return {
      threshold,
      score: observed[t]!,
      total,
      dropped: amongAll[t]! - observed[0]!,
      rest: observed[t]! - amongAll[t]!,
      chance,
      beyond: total - chance,
      z: (total - chance) / sd,
      zNull: nulls.map((v) => (v - chance) / sd),
    };
  });
  const filters = steps.slice(1);
  const largest = filters[0]!.zNull.map((_, p) => Math.max(...filters.map(({ zNull }) => zNull[p]!)));
  const pOf = (z: number) => (1 + largest.filter((v) => v >= z - 1e-12).length) / (1 + largest.length);
  const best = filters.reduce((a, b) => (b.z > a.z ? b : a));
  const most = filters.reduce((a, b) => (b.total > a.total ? b : a));
  const p = pOf(best.z);
  const confirmed = p <= alpha && best.beyond >= WORTH;
  const shown = confirmed ? best : most;
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity: confirmed ? 'low' : 'info',
    summary:
      `Keeping classes of at least ${shown.threshold} rows moves the silhouette from ${say(observed[0]!)} to ${say(shown.score)}: ` +
      `${say(shown.dropped)} because other classes are averaged, ${say(shown.rest)} because rivals are gone. ` +
      `Random labels of the same sizes gain ${say(shown.chance)} (corrected p of the best filter = ${say(p)}).`,
    evidence: [
      {
        name: 'threshold',
        text: confirmed ? 'Threshold with the clearest gain' : 'Threshold with the largest gain',
        value: shown.threshold,
        unit: 'rows',
        range: [2, null],
        test,
        ...note,
      },
      {
        name: 'before',
        text: 'Silhouette of all classes',
        value: observed[0]!,
        range: SIGNED,
        better: 'higher',
        test: 'silhouette',
        ...note,
      },
      {
        name: 'after',
        text: 'Silhouette after the filter',
        value: shown.score,
        range: SIGNED,
        better: 'higher',
        test: 'silhouette',
        ...note,
      },
      {
        name: 'gain',
        text: 'Gain',
        value: shown.total,
        range: [-2, 2],
        better: 'higher',
        chance: shown.chance,
        p,
        test: `${test}, maximum over thresholds`,
        ...note,
      },
      {
        name: 'droppedClasses',
        text: 'Part of the gain from averaging over other classes',
        value: shown.dropped,
        range: [-2, 2],
        test: 'split of the gain, see filterSensitivity',
        ...note,
      },
      {
        name: 'betterRest',
        text: 'Part from the rest being measured among fewer rivals',
        value: shown.rest,
        range: [-2, 2],
        test: 'split of the gain, see filterSensitivity',
        ...note,
      },
      {
        name: 'beyondChance',
        text: 'Gain beyond that of random labels',
        value: shown.beyond,
        range: [-2, 2],
        better: 'higher',
        chance: 0,
        test,
        ...note,
      },
    ],
    tables: [
      {
        name: 'thresholds',
        text: 'Silhouette by smallest class size',
        test,
        columns: [
          'threshold',
          'classes',
          'rows',
          'silhouette',
          'gain',
          'droppedClasses',
          'betterRest',
          'gainByChance',
          'beyondChance',
        ],
        rows: steps.map((s, t) => [
          s.threshold,
          classes[t]!,
          rows[t]!,
          s.score,
          s.total,
          s.dropped,
          s.rest,
          s.chance,
          s.beyond,
        ]),
        omitted: 0,
      },
    ],
    changesIf: `Confirmed when the gain of some filter exceeds that of random labels by ${WORTH} or more with a corrected p <= ${alpha} (now ${say(p)}).`,
    recommendation: confirmed
      ? {
          text: `Report the filter with its gain by chance (${say(shown.chance)}) beside it.`,
          call: `filterSensitivity(points, labels, { thresholds: [1, ${shown.threshold}] })`,
          command: `clusterlens diagnose DATA --min-class-size ${shown.threshold}`,
        }
      : {
          text: 'Do not sell the higher score after a filter as better clusters: random labels gain from it as well.',
          call: `filterSensitivity(points, labels, { thresholds: [1, ${shown.threshold}] })`,
        },
  };
};
