import { numberText, pIs } from '../../core/words.js';
import type { Verdict } from '../finding-types.js';
import type { FindingMaker, FindingModule } from './context.js';
import { measuredSpaceOf } from './space-mismatch.js';
import { finding, HIGHER, measuredBy, subsetNote, untested } from './words.js';

/** A loss of neighbour agreement that matters. */
const MATTERS = 0.05;

const about = {
  id: 'capacity',
  title: 'Capacity of the latent',
  hypothesis: 'The latent has lost what the input knew of the labels.',
} as const;

const make: FindingMaker = (context) => {
  if (context.spaces.length === 0) return null;
  const space = measuredSpaceOf(context);
  const all = (context.comparison()?.differences ?? []).filter(
    ({ from, to, metric }) => from === 'input' && to === space && metric === 'neighborAgreement',
  );
  const found = all.find(({ rows }) => rows === 'held-out') ?? all[0];
  if (found === undefined || space === undefined)
    return untested(about, 'compareSpaces', 'the input and the measured space could not be compared');
  const { alpha } = context;
  const { difference, interval, p, rows } = found;
  const latent = context.spaces.find(({ name }) => name === space)!.part.d;
  const verdict: Verdict =
    p !== null && p / 2 <= alpha && difference < 0 && difference <= -0.01
      ? 'confirmed'
      : difference > -0.01 || (interval !== null && interval.low > -MATTERS)
        ? 'rejected'
        : 'inconclusive';
  const points = numberText(Math.abs(100 * difference));
  return finding(about, verdict, verdict === 'confirmed' ? (difference < -MATTERS ? 'medium' : 'low') : 'info', {
    summary:
      `On ${rows} rows the nearest neighbour agrees ${difference === 0 ? 'as often' : `${points} percentage points ${difference < 0 ? 'less' : 'more'} often`} in ${space} ` +
      `${difference === 0 ? 'as' : 'than'} in the input${p === null ? '' : ` (two-sided ${pIs(p)})`}.`,
    evidence: all.map((of) =>
      measuredBy('paired difference, delete-d jackknife')(
        `${of.rows}.difference`,
        `Neighbour agreement of ${space} minus that of the input, ${of.rows} rows`,
        of.difference,
        {
          range: [-1, 1],
          ...HIGHER,
          chance: 0,
          ...(of.p === null ? {} : { p: of.difference < 0 ? of.p / 2 : 1 - of.p / 2 }),
          ...(of.interval === null ? {} : { interval: of.interval }),
          ...subsetNote(of.sample),
        },
      ),
    ),
    changesIf: `Confirmed when the agreement falls by 0.01 or more with one-sided p <= ${alpha}; rejected when it does not fall by 0.01, or by less than ${MATTERS} with its interval.`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: 'Widen the latent, or raise the weight of the reconstruction.',
            call: `residualAutoencoder({ inputSize: ${context.raw.d}, latentSize: ${2 * latent} })`,
          }
        : null,
  });
};

export const capacity: FindingModule = { ...about, make };
