import { participationRatio } from '../participation-ratio.js';
import type { Evidence } from '../types.js';
import type { Context, FindingMaker } from './context.js';
import { measuredSpaceOf } from './space-mismatch.js';
import { percent, SHARE, say, untested } from './words.js';

/** A unit is dead when its standard deviation is at most this share of the largest. */
const DEAD = 1e-3;
/** A value is saturated in the outer hundredth of its range; a unit, when most of its values are. */
const OUTER = 0.01;
const MOST = 0.5;
/** Loss over its ceiling from which nothing has been learnt. */
const CEILING = 0.98;
const FLAT_RANK = 1.5;

function units(
  { points, n, d }: { points: Float64Array; n: number; d: number },
  range: readonly [number, number] | undefined,
) {
  const sd = new Float64Array(d);
  let saturated = 0;
  for (let c = 0; c < d; c++) {
    let mean = 0;
    for (let i = 0; i < n; i++) mean += points[i * d + c]! / n;
    let outer = 0;
    for (let i = 0; i < n; i++) {
      const v = points[i * d + c]!;
      sd[c]! += (v - mean) ** 2 / n;
      if (range !== undefined && Math.min(v - range[0], range[1] - v) <= OUTER * (range[1] - range[0])) outer++;
    }
    sd[c] = Math.sqrt(sd[c]!);
    if (outer > MOST * n) saturated++;
  }
  const largest = sd.reduce((most, v) => Math.max(most, v), 0);
  const dead = sd.filter((v) => v <= DEAD * largest).length;
  return { dead, saturated };
}

/** Last value over ceiling of the first loss that has one. */
function ceilingOf({ training }: Context): { name: string; ratio: number } | null {
  for (const epoch of [...(training?.record?.epochs ?? [])].reverse()) {
    for (const [name, bounds] of Object.entries(epoch.losses.bounds ?? {})) {
      const value = epoch.losses.byName[name];
      if (bounds !== null && value !== null && value !== undefined && bounds.ceiling > 0)
        return { name, ratio: value / bounds.ceiling };
    }
  }
  return null;
}

export const collapse: FindingMaker = (context) => {
  if (context.training === null && context.spaces.length === 0) return null;
  const about = {
    id: 'collapse' as const,
    title: 'Collapse of the latent',
    hypothesis: 'The learnt space has collapsed: few directions, dead or saturated units, or a loss at its ceiling.',
  };
  const name = measuredSpaceOf(context);
  const space = context.spaces.find((of) => of.name === name) ?? context.spaces[0];
  const loss = ceilingOf(context);
  if (space === undefined && loss === null) {
    return untested(about, 'effective rank', 'no space was given, and the record has no loss with a ceiling');
  }
  const evidence: Evidence[] = [];
  const reasons: string[] = [];
  let said = '';
  if (space !== undefined) {
    const { part } = space;
    const rank = participationRatio(part.points, part.n, part.d);
    // Classes that have become points span k - 1 directions, which is success and not collapse.
    const room = Math.min(part.d, part.k - 1, part.n - 1);
    const range = context.training?.unitRange;
    const { dead, saturated } = units(part, range);
    if (rank < FLAT_RANK && room >= 4) reasons.push('rank');
    if (dead > MOST * part.d) reasons.push('dead units');
    if (saturated > MOST * part.d) reasons.push('saturated units');
    evidence.push(
      {
        name: 'effectiveRank',
        text: `Effective rank of ${space.name}`,
        value: rank,
        unit: 'directions',
        range: [0, part.d],
        better: 'higher',
        test: 'participation ratio of the covariance',
      },
      {
        name: 'deadUnits',
        text: `Units of ${space.name} that do not vary`,
        value: dead,
        unit: 'units',
        range: [0, part.d],
        better: 'lower',
        test: `standard deviation at most ${DEAD} of the largest`,
      },
      range === undefined
        ? {
            name: 'saturatedUnits',
            text: 'Saturated units',
            value: null,
            reason: 'training.unitRange was not given',
            test: 'values in the outer 1% of the range',
          }
        : {
            name: 'saturatedUnits',
            text: `Units of ${space.name} with most values at the end of their range`,
            value: saturated,
            unit: 'units',
            range: [0, part.d],
            better: 'lower',
            test: 'values in the outer 1% of the range',
          },
    );
    said = `${space.name} uses ${say(rank)} of ${say(part.d)} directions; ${say(dead)} units are dead${range === undefined ? '' : `, ${say(saturated)} saturated`}.`;
  }
  if (loss !== null) {
    if (loss.ratio >= CEILING) reasons.push('loss at its ceiling');
    evidence.push({
      name: 'lossOverCeiling',
      text: `Last value of ${loss.name} over its value when all embeddings are equal`,
      value: loss.ratio,
      unit: 'share',
      range: SHARE,
      better: 'lower',
      test: 'training record',
    });
    said += ` The last ${loss.name} loss is ${percent(loss.ratio)} of its ceiling.`;
  }
  const confirmed = reasons.length > 0;
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity: !confirmed ? 'info' : reasons.length > 1 || reasons[0] === 'rank' ? 'high' : 'medium',
    summary: said.trim() + (confirmed ? ` Signs of collapse: ${reasons.join(', ')}.` : ''),
    evidence,
    tables: [],
    changesIf: `Confirmed at an effective rank below ${FLAT_RANK} where the classes could span 4 or more, at more than half of the units dead or saturated, or at a loss of ${percent(CEILING)} of its ceiling or more.`,
    recommendation: confirmed
      ? {
          text: 'Lower the learning rate or the weight of the contrastive loss, raise its temperature, and check that batches hold positives.',
          call: 'positivePairAudit(labels)',
        }
      : null,
  };
};
