import { countText, numberText, pIs, pText } from '../../core/words.js';
import { visibleEffect } from '../../statistics/normal-quantile.js';
import type { Verdict } from '../finding-types.js';
import type { FindingMaker, FindingModule } from './context.js';
import { furtherLevel, risesAboveChance } from './further-tests.js';
import { callOf } from './recommended.js';
import { FROM_ZERO, finding, HIGHER, LOWER, measuredBy, orNull, sayRows, subsetNote, untested } from './words.js';

/** Distance, in spreads inside classes, that the test should be able to see. */
const NOTICEABLE = 0.5;

const about = {
  id: 'signature-separation',
  title: 'Means of the classes',
  hypothesis: 'The signatures (class means) are the same: no farther apart than those of random groups.',
} as const;

const make: FindingMaker = (context) => {
  const found = context.signatures();
  if ('reason' in found) return untested(about, 'signatureDistances', found.reason);
  const { permutations, alpha, signed, data, standardized } = context;
  const note = subsetNote(signed.n === data.n ? undefined : { rows: signed.n, of: data.n });
  const { mean, std, closest, farthest, null: chance, separation, n, k } = found;
  if (chance === null || separation.within === null || separation.overall === null) {
    return untested(about, 'signatureDistances', 'there is no null or no spread to compare with');
  }
  const visible = separation.within === 0 ? 0 : (visibleEffect(alpha) * chance.sd) / separation.within;
  const reachable = 1 / (1 + permutations) <= alpha;
  // Classes may have one mean and yet be apart, as rings are: then the means are the wrong thing to look at.
  const apart = risesAboveChance(context);
  const differ = chance.p <= furtherLevel(context);
  const verdict: Verdict = differ
    ? 'rejected'
    : chance.p > alpha && visible <= NOTICEABLE && reachable
      ? 'confirmed'
      : 'inconclusive';
  const test = `permutation of labels (${permutations})`;
  const shown = measuredBy('signatureDistances', { ...FROM_ZERO, ...note });
  const permuted = measuredBy(test, { ...FROM_ZERO, ...note });
  const separated = measuredBy('signatureDistances, separation', { ...FROM_ZERO, ...note });
  const which = k === signed.k ? `${k} classes` : `${k} largest classes`;
  const severity = verdict === 'confirmed' && !apart ? 'high' : verdict === 'rejected' ? 'info' : 'low';
  return finding(about, verdict, severity, {
    summary:
      `The means of the ${which}${sayRows(note)} lie ${numberText(mean)} apart on average (sd ${numberText(std)}); those of random groups ${numberText(chance.mean)}, ` +
      `at most ${numberText(chance.max)} (${pIs(chance.p)}). The ${numberText(mean)} are ${numberText(separation.overall)} times the spread inside classes (${numberText(separation.within)}).` +
      (verdict === 'confirmed' && apart
        ? ' The classes differ in another way than by their means: see chance-level.'
        : !differ && chance.p <= alpha
          ? ' As neighbours do not rise above chance, this is one of three further tests, and not enough.'
          : ''),
    evidence: [
      permuted('meanDistance', `Mean distance between the means of the ${which} (${countText(n, 'row')})`, mean, {
        ...HIGHER,
        chance: chance.mean,
        p: chance.p,
      }),
      shown('sdDistance', 'Population standard deviation over the pairs', std),
      permuted('nullSd', 'Standard deviation under permuted labels', chance.sd),
      permuted('nullMax', 'Largest mean distance under permuted labels', chance.max),
      separated('within', 'Spread inside classes', separation.within),
      separated(
        'separation',
        'Mean distance in spreads inside classes; below 1 the spread is larger than the difference',
        orNull(separation.overall),
        HIGHER,
      ),
      measuredBy('spread of the permutation null', note)(
        'visible',
        'Rise in spreads that this test finds with 80% power',
        visible,
        { ...FROM_ZERO, ...LOWER },
      ),
    ],
    tables: [
      {
        name: 'extremes',
        text: 'Closest and farthest pair of signatures',
        test: 'signatureDistances',
        columns: ['pair', 'a', 'b', 'distance'],
        rows: [
          ['closest', closest.a, closest.b, closest.distance],
          ['farthest', farthest.a, farthest.b, farthest.distance],
        ],
        omitted: Math.max(0, (k * (k - 1)) / 2 - 2),
      },
    ],
    changesIf: `Rejected while p <= ${numberText(furtherLevel(context))} (now ${pText(chance.p)}; a third of ${alpha} where neighbours do not rise above chance); confirmed when it is above ${alpha} and a rise of ${NOTICEABLE} spreads would have been seen (now ${numberText(visible)}).`,
    recommendation:
      verdict === 'rejected'
        ? null
        : {
            text: 'Do not read a meaning into the differences between these class means.',
            call: callOf(context, 'signatureDistances', { top: k, standardize: standardized || undefined }, 'filter'),
          },
  });
};

export const signatureSeparation: FindingModule = { ...about, make };
