import { numberText } from '../../core/words.js';
import { median } from '../../statistics/median.js';
import type { Evidence } from '../finding-types.js';
import type { FindingMaker, FindingModule } from './context.js';
import { source } from './recommended.js';
import { FROM_ZERO, finding, HIGHER, LOWER, measuredBy, orNull, untested } from './words.js';

/** One term pulls this many times as hard as another. */
const TIMES = 10;
/** Cosine below which the terms undo each other's work. */
const OPPOSED = -0.5;
/** The losses that come with the library, by the name that the record has. */
const MAKERS: Readonly<Record<string, string>> = {
  reconstruction: 'reconstructionLoss',
  contrastive: 'contrastiveLoss',
};

const about = {
  id: 'loss-balance',
  title: 'Balance of the losses',
  hypothesis: 'One loss drowns out or opposes another, measured by their gradients and not only by their weights.',
} as const;

const make: FindingMaker = ({ training }) => {
  const record = training?.record;
  if (record === undefined || record.objective.length < 2) return null;
  const probes = record.epochs.flatMap(({ gradient }) => (gradient === null ? [] : [gradient]));
  const weights = record.objective.map(
    ({ name, weight }): Evidence =>
      measuredBy('training record')(`weight.${name}`, `Weight of ${name}`, weight, FROM_ZERO),
  );
  if (probes.length === 0)
    return untested(about, 'gradient probe', 'the record has no gradients; train with the gradient probe on', weights);
  const pulls = record.objective.map(({ name, weight, settings }) => {
    const norms = probes.flatMap(({ norms: of }) =>
      of[name] === null || of[name] === undefined ? [] : [weight * of[name]],
    );
    return { name, weight, settings, pull: norms.length === 0 ? null : median(norms), batches: norms.length };
  });
  const known = pulls.filter((of): of is typeof of & { pull: number } => of.pull !== null);
  const cosines = probes.flatMap(({ cosines: of }) => of.flatMap(({ cosine }) => (cosine === null ? [] : [cosine])));
  const cosine = cosines.length === 0 ? null : median(cosines);
  if (known.length < 2) {
    return untested(
      about,
      'gradient probe',
      'fewer than two losses ever had a gradient on the probed batches',
      weights,
    );
  }
  const strong = known.reduce((a, b) => (b.pull > a.pull ? b : a));
  const weak = known.reduce((a, b) => (b.pull < a.pull ? b : a));
  const ratio = weak.pull === 0 ? (strong.pull === 0 ? 1 : Infinity) : strong.pull / weak.pull;
  const drowned = ratio >= TIMES;
  const opposed = cosine !== null && cosine <= OPPOSED;
  const confirmed = drowned || opposed;
  const test = `median over ${probes.length} probed epochs`;
  const shown = measuredBy(test);
  // Of a weight of 0 no multiple helps; the record then does not tell the size of its gradient.
  const weight = weak.weight > 0 && Number.isFinite(ratio) ? Number((weak.weight * ratio).toPrecision(2)) : 1;
  const maker = MAKERS[weak.name];
  const options = Object.entries({ ...weak.settings, weight }).map(([name, value]) => `${name}: ${source(value)}`);
  return finding(about, confirmed ? 'confirmed' : 'rejected', confirmed ? 'medium' : 'info', {
    summary:
      `Weighted by its lambda, the gradient of ${strong.name} is ${numberText(ratio)} times that of ${weak.name}` +
      (cosine === null ? '.' : `; the cosine between gradients is ${numberText(cosine)}.`),
    evidence: [
      shown('ratio', `Weighted gradient norm of ${strong.name} over that of ${weak.name}`, orNull(ratio), {
        range: [1, null],
        ...LOWER,
      }),
      cosine === null
        ? shown('cosine', 'Cosine between the gradients', null, { reason: 'no batch gave both gradients' })
        : shown('cosine', 'Cosine between the gradients', cosine, { range: [-1, 1], ...HIGHER, chance: 0 }),
      ...pulls.map((of) =>
        measuredBy(`median over ${of.batches} probed batches`)(
          `pull.${of.name}`,
          `Weighted gradient norm of ${of.name} on the shared parameters`,
          of.pull,
          { ...(of.pull === null ? { reason: 'no probed batch gave it a value' } : {}), ...FROM_ZERO },
        ),
      ),
      ...weights,
    ],
    changesIf: `Confirmed when one weighted gradient is ${TIMES} times another (now ${numberText(ratio)}) or the cosine is ${OPPOSED} or less.`,
    recommendation: !confirmed
      ? null
      : drowned
        ? {
            text: `Set the weight of ${weak.name} to about ${numberText(weight)}, so that both gradients have one size; then look at held-out scores.`,
            ...(maker === undefined ? {} : { call: `${maker}({ ${options.join(', ')} })` }),
          }
        : {
            text: 'The losses ask for opposite changes: train them on spaces of their own (a projection for one of them), or give up one.',
          },
  });
};

export const lossBalance: FindingModule = { ...about, make };
