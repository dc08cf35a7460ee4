import { numberText, pIs, pText } from '../../core/words.js';
import { filterMoves } from '../../studies/filters/filter-moves.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf, commandOf } from './recommended.js';
import { countOf, finding, HIGHER, measuredBy, SIGNED, sayRows, scoredNote, untested } from './words.js';

/** Smallest class sizes that a diagnosis tries as filters. */
export const FILTERS = [2, 3, 5, 8, 10, 15, 20];
/** A gain beyond chance that is worth a sentence. */
const WORTH = 0.05;

const about = {
  id: 'filter-sensitivity',
  title: 'Filter on class size',
  hypothesis: 'Dropping small classes makes the rest cluster better, beyond what fewer classes bring by themselves.',
} as const;

const make: FindingMaker = (context) => {
  const { data, alpha } = context;
  if (data.k < 2 || data.k >= data.n) {
    const why = `there are ${numberText(data.k)} classes for ${numberText(data.n)} rows`;
    return untested(about, 'filtered silhouettes', why);
  }
  const found = context.filtered();
  if (found === null) {
    const dropping = measuredBy('comparison of class sizes');
    return finding(about, 'rejected', 'info', {
      summary: `No smallest class size up to ${FILTERS[FILTERS.length - 1]} drops a class and leaves two.`,
      evidence: [dropping('filters', 'Thresholds that drop a class and leave two', 0, { range: [0, FILTERS.length] })],
      changesIf: 'Smaller classes would have to be in the data.',
    });
  }
  const { kept, rows, classes, sample } = found;
  const note = scoredNote(sample);
  const test = `silhouette by smallest class size, permutation of labels (${kept.length - 1})`;
  const permuted = measuredBy(test, note);
  const steps = filterMoves(found).map((move) => ({
    ...move,
    level: move.chance!,
    total: move.gain.total,
    dropped: move.gain.droppedClasses,
    rest: move.gain.betterRest,
    chance: move.gain.chance!,
    beyond: move.gain.beyondChance!,
  }));
  const [before, ...filters] = [steps[0]!, ...steps.slice(1)];
  const largest = filters[0]!.zNull.map((_, p) => Math.max(...filters.map(({ zNull }) => zNull[p]!)));
  const pOf = (z: number) => (1 + largest.filter((v) => v >= z - 1e-12).length) / (1 + largest.length);
  const beyond = filters.filter(({ z, beyond: more }) => pOf(z) <= alpha && more >= WORTH);
  const confirmed = beyond.length > 0;
  const shown = confirmed
    ? beyond.reduce((a, b) => (b.z > a.z ? b : a))
    : filters.reduce((a, b) => (b.total > a.total ? b : a));
  const p = pOf(shown.z);
  const plain = measuredBy('silhouette', note);
  const split = measuredBy('split of the gain, see filterSensitivity', { range: [-2, 2], ...note });
  return finding(about, confirmed ? 'confirmed' : 'rejected', confirmed ? 'low' : 'info', {
    summary:
      `Keeping classes of at least ${shown.threshold} rows moves the silhouette from ${numberText(before.score)} to ${numberText(shown.score)}: ` +
      `${numberText(shown.dropped)} because other classes are averaged, ${numberText(shown.rest)} because rivals are gone. ` +
      `By the same filter random labels of the same sizes ${shown.chance < 0 ? 'change by' : 'gain'} ${numberText(shown.chance)} (${pIs(p)}, all filters counted)${sayRows(note)}.`,
    evidence: [
      permuted(
        'threshold',
        confirmed ? 'Threshold with the clearest gain' : 'Threshold with the largest gain',
        shown.threshold,
        countOf('rows', null, 2),
      ),
      plain('before', 'Silhouette of all classes', before.score, {
        ...SIGNED,
        ...(before.intervals && { interval: before.intervals.score }),
      }),
      plain('after', 'Silhouette after the filter', shown.score, {
        ...SIGNED,
        ...(shown.intervals && { interval: shown.intervals.score }),
      }),
      measuredBy(`${test}, maximum over thresholds`, note)('gain', 'Gain', shown.total, {
        range: [-2, 2],
        ...HIGHER,
        chance: shown.chance,
        p,
        ...(shown.intervals && { interval: shown.intervals.total }),
      }),
      split('droppedClasses', 'Part of the gain from averaging over other classes', shown.dropped),
      split('betterRest', 'Part from the rest being measured among fewer rivals', shown.rest),
      permuted('beyondChance', 'Gain beyond that of random labels', shown.beyond, {
        range: [-2, 2],
        ...HIGHER,
        chance: 0,
      }),
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
          'chance',
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
          s.level,
          s.total,
          s.dropped,
          s.rest,
          s.chance,
          s.beyond,
        ]),
        omitted: 0,
        ...note,
      },
    ],
    changesIf: `Confirmed when the gain of some filter exceeds that of random labels by ${WORTH} or more with a corrected p <= ${alpha} (now ${numberText(shown.beyond)} and ${pText(p)}).`,
    recommendation: {
      text: confirmed
        ? `Report the filter with its gain by chance (${numberText(shown.chance)}) beside it.`
        : shown.total > 0
          ? 'The higher score after filtering does not mean better clusters: random labels gain as well.'
          : 'Do not filter for the sake of the score: no filter raises it.',
      call: callOf(context, 'filterSensitivity', { thresholds: [1, shown.threshold] }, 'filter'),
      ...(confirmed
        ? { command: commandOf(context, `clusterlens diagnose DATA --min-class-size ${shown.threshold}`) }
        : {}),
    },
  });
};

export const filterSensitivity: FindingModule = { ...about, make };
