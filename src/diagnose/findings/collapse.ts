import { countText, numberText, percentText } from '../../core/words.js';
import { effectiveRank } from '../../statistics/effective-rank.js';
import type { Evidence } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { measuredSpaceOf } from './space-mismatch.js';
import { countOf, finding, HIGHER, LOWER, measuredBy, untested } from './words.js';

/** A unit is dead when its standard deviation is at most this share of the largest. */
const DEAD = 1e-3;
/** A value is saturated in the outer hundredth of its range; a unit, when most of its values are. */
const OUTER = 0.01;
const MOST = 0.5;
/** Part of the way from ceiling to floor up to which nothing has been learnt. */
const LEARNT = 0.02;
const FLAT_RANK = 1.5;
const FLAT = 'effective rank';

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

/** How far the last value of each loss went from its ceiling (0) to its floor (1). */
function progressOf({
  training,
}: Context): { name: string; epoch: number; value: number; ceiling: number; gone: number }[] {
  const epochs = training?.record?.epochs ?? [];
  const names = (training?.record?.objective ?? []).map(({ name }) => name);
  return names.flatMap((name) => {
    for (const { epoch, losses } of [...epochs].reverse()) {
      const bounds = losses.bounds?.[name];
      const value = losses.byName?.[name];
      if (bounds == null || value == null || bounds.ceiling <= bounds.floor) continue;
      const { floor, ceiling } = bounds;
      return [{ name, epoch, value, ceiling, gone: (ceiling - value) / (ceiling - floor) }];
    }
    return [];
  });
}

const about = {
  id: 'collapse',
  title: 'Collapse of the latent',
  hypothesis:
    'The learnt space has collapsed, or a loss has taught it nothing: few directions, dead or saturated units, a loss at its ceiling.',
} as const;

const make: FindingMaker = (context) => {
  if (context.training === null && context.spaces.length === 0) return null;
  const name = measuredSpaceOf(context);
  const space = context.spaces.find((of) => of.name === name) ?? context.spaces[0];
  const losses = progressOf(context);
  if (space === undefined && losses.length === 0) {
    return untested(about, 'effective rank', 'no space was given, and the record has no loss with a ceiling');
  }
  const evidence: Evidence[] = [];
  const reasons: string[] = [];
  const told: string[] = [];
  if (space !== undefined) {
    const { part } = space;
    const rank = effectiveRank(part.points, part.n, part.d);
    // Classes that have become points span k - 1 directions, which is success and not collapse.
    const room = Math.min(part.d, part.k - 1, part.n - 1);
    const range = context.training?.unitRange;
    const { dead, saturated } = units(part, range);
    if (rank < FLAT_RANK && room >= 4) reasons.push(FLAT);
    if (dead > MOST * part.d) reasons.push('dead units');
    if (saturated > MOST * part.d) reasons.push('saturated units');
    const standing = measuredBy('values in the outer 1% of the range');
    const unit = countOf('units', part.d);
    evidence.push(
      measuredBy('participation ratio of the variances along the principal axes')(
        'effectiveRank',
        `Effective rank of ${space.name}`,
        rank,
        {
          ...countOf('directions', part.d),
          ...HIGHER,
        },
      ),
      measuredBy(`standard deviation at most ${DEAD} of the largest`)(
        'deadUnits',
        `Units of ${space.name} that do not vary`,
        dead,
        { ...unit, ...LOWER },
      ),
      range === undefined
        ? standing('saturatedUnits', 'Saturated units', null, { reason: 'training.unitRange was not given' })
        : standing('saturatedUnits', `Units of ${space.name} with most values at the end of their range`, saturated, {
            ...unit,
            ...LOWER,
          }),
    );
    told.push(
      `${space.name} acts as ${numberText(rank)} of ${countText(part.d, 'direction')}; ${countText(dead, 'unit')} ${dead === 1 ? 'is' : 'are'} dead${range === undefined ? '' : `, ${numberText(saturated)} saturated`}.`,
    );
  }
  for (const { name: loss, epoch, value, ceiling, gone } of losses) {
    if (gone <= LEARNT) reasons.push(`${loss} loss at its ceiling`);
    evidence.push(
      measuredBy('training record')(
        `learnt.${loss}`,
        `How far ${loss}, at ${numberText(value)} in epoch ${epoch}, went from its ceiling (0: what a model gives that tells nothing apart) to its floor (1)`,
        gone,
        { range: [null, 1], ...HIGHER },
      ),
    );
    told.push(`The last ${loss} loss is ${numberText(value)}, with ${numberText(ceiling)} where nothing is learnt.`);
  }
  const confirmed = reasons.length > 0;
  const severity = !confirmed ? 'info' : reasons.length > 1 || reasons[0] === FLAT ? 'high' : 'medium';
  return finding(about, confirmed ? 'confirmed' : 'rejected', severity, {
    summary: `${told.join(' ')}${confirmed ? ` Signs: ${reasons.join(', ')}.` : ''}`,
    evidence,
    changesIf:
      `Confirmed at an effective rank below ${FLAT_RANK} where the classes could span 4 directions or more, at more than half of the units dead or saturated, ` +
      `or at a loss that went at most ${percentText(LEARNT)} of the way from its ceiling to its floor.`,
    recommendation: confirmed
      ? {
          text: 'Check first that batches hold positives; then lower the learning rate or the weight of the contrastive loss, or raise its temperature.',
          call: 'positivePairAudit(labels)',
        }
      : null,
  });
};

export const collapse: FindingModule = { ...about, make };
