import { signatureDistances } from '../../signatures/signature-distances.js';
import { asInput } from '../row-sample.js';
import type { Verdict } from '../types.js';
import { attempt, type FindingMaker } from './context.js';
import { FROM_ZERO, plain, say, untested } from './words.js';

/** Classes compared at most: more would cost k^2 for each permutation and tell no more. */
const MOST = 50;
const POWER = 1.645 + 0.842;
/** Distance, in spreads inside classes, that the test should be able to see. */
const NOTICEABLE = 0.5;

export const signatureSeparation: FindingMaker = (context) => {
  const about = {
    id: 'signature-separation' as const,
    title: 'Do the signatures differ?',
    hypothesis: 'The signatures (class means) are the same: no farther apart than those of random groups.',
  };
  if (context.square) return untested(about, 'signatureDistances', 'distances were given in place of coordinates');
  const { sample, metric, permutations, seed, alpha, note } = context;
  if (sample.k < 2) return untested(about, 'signatureDistances', `there is one class (${sample.n} rows)`);
  const top = Math.min(MOST, sample.k);
  const found = attempt(() => signatureDistances(...asInput(sample), { top, metric, permutations, seed }));
  if ('reason' in found) return untested(about, 'signatureDistances', found.reason);
  const { mean, std, closest, farthest, null: chance, separation, n, k } = found;
  if (chance === null || separation.within === null || separation.overall === null) {
    return untested(
      about,
      'signatureDistances',
      'every compared class has one row, so that there is no spread to compare with',
    );
  }
  const visible = separation.within === 0 ? 0 : (POWER * chance.sd) / separation.within;
  const reachable = 1 / (1 + permutations) <= alpha;
  const verdict: Verdict =
    chance.p <= alpha ? 'rejected' : visible <= NOTICEABLE && reachable ? 'confirmed' : 'inconclusive';
  const test = `permutation of labels (${permutations})`;
  return {
    ...about,
    verdict,
    severity: verdict === 'confirmed' ? 'high' : verdict === 'inconclusive' ? 'low' : 'info',
    summary:
      `The means of the ${say(k)} largest classes lie ${say(mean)} apart on average (sd ${say(std)}); those of random groups ${say(chance.mean)}, ` +
      `at most ${say(chance.max)} (p = ${say(chance.p)}). That is ${say(separation.overall)} times the spread inside classes.`,
    evidence: [
      {
        name: 'meanDistance',
        text: `Mean distance between the means of the ${k} largest classes (${n} rows)`,
        value: mean,
        range: FROM_ZERO,
        better: 'higher',
        chance: chance.mean,
        p: chance.p,
        test,
        ...note,
      },
      {
        name: 'sdDistance',
        text: 'Population standard deviation over the pairs',
        value: std,
        range: FROM_ZERO,
        test: 'signatureDistances',
        ...note,
      },
      {
        name: 'nullSd',
        text: 'Standard deviation under permuted labels',
        value: chance.sd,
        range: FROM_ZERO,
        test,
        ...note,
      },
      {
        name: 'nullMax',
        text: 'Largest mean distance under permuted labels',
        value: chance.max,
        range: FROM_ZERO,
        test,
        ...note,
      },
      {
        name: 'within',
        text: 'Spread inside classes',
        value: separation.within,
        range: FROM_ZERO,
        test: 'signatureDistances, separation',
        ...note,
      },
      {
        name: 'separation',
        text: 'Mean distance in spreads inside classes; below 1 the spread is larger than the difference',
        value: plain(separation.overall),
        range: FROM_ZERO,
        better: 'higher',
        test: 'signatureDistances, separation',
        ...note,
      },
      {
        name: 'visible',
        text: 'Rise in spreads that this test finds with 80% power',
        value: visible,
        range: FROM_ZERO,
        better: 'lower',
        test: 'spread of the permutation null',
        ...note,
      },
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
    changesIf: `Rejected while p <= ${alpha} (now ${say(chance.p)}); confirmed when it is not and a rise of ${NOTICEABLE} spreads would have been seen (now ${say(visible)}).`,
    recommendation:
      verdict === 'rejected'
        ? null
        : {
            text: 'Do not read a meaning into the differences between these class means.',
            call: `signatureDistances(points, labels, { top: ${top}${context.standardized ? ", standardize: 'zscore'" : ''} })`,
          },
  };
};
