import { attempt } from '../../core/attempt.js';
import { numberText } from '../../core/words.js';
import { resolveMetric, takesAnyNumbers } from '../../distance/metric.js';
import { inZScores } from '../../statistics/z-scores.js';
import { scoredIndices } from '../../studies/significance/scored-significance.js';
import { distancesOf } from '../distances-of.js';
import type { Evidence, Recommendation } from '../finding-types.js';
import type { Context } from './context.js';
import { commandOf, diagnoseCall } from './recommended.js';
import { MATTERS } from './wide-column.js';
import { AGREEMENT, measuredBy, SIGNED, scoredNote } from './words.js';

/** What standardising does to the two indices: both ways of measuring, and the signed changes. */
export interface ScalingEffect {
  readonly evidence: readonly Evidence[];
  /** Silhouette and neighbour agreement with standardised columns minus those with columns as given. */
  readonly changes: readonly [silhouette: number, agreement: number] | null;
}

export function effectOfScaling(context: Context): ScalingEffect {
  const { raw: given, metric, standardized, seed, sampleSize: most } = context;
  if (!takesAnyNumbers(resolveMetric('diagnose', metric))) return { evidence: [], changes: null };
  const own = context.significance();
  const other = attempt(() => {
    const part = standardized ? given : inZScores(given);
    return scoredIndices('diagnose', part, { metric, seed, most, source: distancesOf(part, metric) });
  });
  if ('reason' in own || 'reason' in other) return { evidence: [], changes: null };
  const note = scoredNote(own.sample);
  const known = [own.silhouette.observed, own.neighborAgreement.observed] as const;
  const tried = [other.silhouette, other.neighborAgreement] as const;
  const [raw, standard] = standardized ? [tried, known] : [known, tried];
  const width = measuredBy('silhouette', { ...SIGNED, ...note });
  const agreement = measuredBy('neighborAgreement', { ...AGREEMENT, ...note });
  return {
    evidence: [
      width('silhouetteRaw', 'Silhouette with columns as given', raw[0]),
      width('silhouetteStandardised', 'Silhouette with standardised columns', standard[0]),
      agreement('agreementRaw', 'Neighbour agreement with columns as given', raw[1]),
      agreement('agreementStandardised', 'Neighbour agreement with standardised columns', standard[1]),
    ],
    changes: [standard[0] - raw[0], standard[1] - raw[1]],
  };
}

export type Advice = 'standardise' | 'as given' | 'split' | 'either';

/** What the changes speak for: never for the columns that fit the labels worse. */
export function adviceOf(changes: ScalingEffect['changes']): Advice {
  if (changes === null) return 'either';
  const better = changes.some((change) => change >= MATTERS);
  const worse = changes.some((change) => change <= -MATTERS);
  if (better && worse) return 'split';
  return better ? 'standardise' : worse ? 'as given' : 'either';
}

export function changeText(changes: ScalingEffect['changes'], evidence: readonly Evidence[]): string {
  if (changes === null) return '';
  const [silhouetteRaw, silhouetteScaled, agreementRaw, agreementScaled] = evidence.map(({ value }) => value as number);
  const moved = (change: number, from: number, to: number) =>
    `${change === 0 ? 'leaves' : change > 0 ? 'raises' : 'lowers'} the NAME ${change === 0 ? `at ${numberText(to)}` : `from ${numberText(from)} to ${numberText(to)}`}`;
  const first = moved(changes[0], silhouetteRaw!, silhouetteScaled!).replace('NAME', 'silhouette');
  const second = moved(changes[1], agreementRaw!, agreementScaled!).replace('NAME', 'neighbour agreement');
  return ` Standardising ${first} and ${second}.`;
}

export function recommendationOf(
  context: Context,
  advice: Advice,
  confirmed: boolean,
  decides: string,
): Recommendation | null {
  const { standardized } = context;
  const standardise = (text: string): Recommendation => ({
    text,
    call: diagnoseCall(context, { standardize: true }),
    command: commandOf({ ...context, standardized: true }, 'clusterlens diagnose DATA'),
  });
  const asGiven = (text: string): Recommendation => ({
    text,
    call: diagnoseCall(context, { standardize: false }),
    command: commandOf({ ...context, standardized: false }, 'clusterlens diagnose DATA'),
  });
  if (standardized) {
    return advice === 'as given'
      ? asGiven('Leave the columns as they are given: standardised, they fit the labels worse.')
      : null;
  }
  if (advice === 'standardise' && !confirmed) {
    return standardise('Standardise the columns, unless their units are comparable: the labels fit better then.');
  }
  if (!confirmed) return null;
  switch (advice) {
    case 'standardise':
      return standardise('Standardise the columns: the labels fit better then.');
    case 'as given':
      return {
        text: `Do not standardise: the labels fit worse then. Say beside the scores that the ${decides} decides the distances.`,
      };
    case 'split':
      return standardise(
        'The two indices disagree on standardising: decide by the units of the columns, and report both.',
      );
    default:
      return standardise(
        'Standardise the columns unless their units are comparable and meant as they are; the scores hardly change.',
      );
  }
}
