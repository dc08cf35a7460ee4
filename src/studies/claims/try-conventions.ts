import { UndefinedMetricError } from '../../core/errors.js';
import { inWords, type PlaceNames } from '../../core/place.js';
import { rowsToScore } from '../../data/rows-to-score.js';
import { resolveMetric } from '../../distance/metric.js';
import type { Claimable } from './claim-conventions.js';
import { type Ground, type Trial, trialsOf } from './claim-trials.js';
import type { Convention } from './claim-types.js';
import { type ClaimedNumber, reaches, roundsTo } from './claimed-number.js';

/** Probability with which a sample may rule out a convention that gives the claim. */
const DOUBT = 1e-6;
/** Multiplications that the exact computation of what a sample leaves open may cost, for one claim. */
const EXACT_EFFORT = 4e11;
/** What a distance that is a function costs beside one by name. */
const FUNCTION_COST = 20;

const VALUE_IS = 'the value is ';

/** Whether a convention without a finite value has an infinite one, by its reason. */
export function isInfinite(reason: string | undefined): boolean {
  return reason?.startsWith(VALUE_IS) === true && reason.endsWith('Infinity');
}

function conventionsOf(
  { name, part, settings }: Trial,
  claimable: Claimable,
  claim: ClaimedNumber,
  names: PlaceNames | undefined,
): Convention[] {
  try {
    return claimable.compute(part, settings).map(({ name: reading, value, interval }): Convention => {
      const words = [name, reading].filter((word) => word !== '').join(', ') || 'default';
      if (!Number.isFinite(value)) return { name: words, value: null, matches: false, reason: `${VALUE_IS}${value}` };
      if (interval === undefined) return { name: words, value, matches: roundsTo(value, claim) };
      return {
        name: words,
        value,
        matches: reaches(interval(1 - DOUBT), claim) ? null : false,
        interval: interval(0.95),
      };
    });
  } catch (error) {
    if (!(error instanceof UndefinedMetricError)) throw error;
    return [
      { name: name || 'default', value: null, matches: false, reason: inWords(error.placed ?? error.message, names) },
    ];
  }
}

/** Whether the index is computed without pairs of rows, however many there are. */
function isLinear({ settings }: Trial): boolean {
  const metric = resolveMetric('verifyClaims', settings.metric);
  return metric.kind === 'angle' || (metric.kind === 'coordinates' && metric.squared);
}

function exactCost({ part: { n, d }, settings }: Trial): number {
  const { kind } = resolveMetric('verifyClaims', settings.metric);
  return (n * n * (kind === 'precomputed' ? 1 : d) * (kind === 'function' ? FUNCTION_COST : 1)) / 2;
}

/**
 * The claim under all conventions. Above `exactRows` rows an index that can be is first estimated from
 * `scored` rows; then what the sample leaves open is computed exactly, until one convention gives the
 * claim or the effort is spent.
 */
export function tryConventions(
  ground: Ground,
  claimable: Claimable,
  claim: ClaimedNumber,
): { readonly conventions: readonly Convention[]; readonly scored: number } {
  const { raw, exactRows, sampleOnly, strict, names } = ground;
  const trials = trialsOf(ground, claimable);
  const scored = ground.scored ?? rowsToScore(raw);
  if (!claimable.sampled || scored >= raw.n || (ground.scored === undefined && raw.n <= exactRows)) {
    return { conventions: trials.flatMap((trial) => conventionsOf(trial, claimable, claim, names)), scored: raw.n };
  }
  const tried = trials.map((trial) => {
    const settings = claimable.linear && isLinear(trial) ? trial.settings : { ...trial.settings, scored };
    return conventionsOf({ ...trial, settings }, claimable, claim, names);
  });
  let left = sampleOnly ? 0 : EXACT_EFFORT;
  for (const [t, trial] of trials.entries()) {
    if (strict ? t > 0 : tried.flat().some(({ matches }) => matches === true)) break;
    if (tried[t]!.every(({ matches }) => matches !== null)) continue;
    left -= exactCost(trial);
    if (left < 0) break;
    tried[t] = conventionsOf(trial, claimable, claim, names);
  }
  return { conventions: tried.flat(), scored };
}
