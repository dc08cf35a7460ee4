import type { Evidence } from '../types.js';
import type { FindingMaker } from './context.js';
import { say, untested } from './words.js';

/** One term pulls this many times as hard as another. */
const TIMES = 10;
/** Cosine below which the terms undo each other's work. */
const OPPOSED = -0.5;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

export const lossBalance: FindingMaker = ({ training }) => {
  const record = training?.record;
  if (record === undefined || record.objective.length < 2) return null;
  const about = {
    id: 'loss-balance' as const,
    title: 'Balance of the losses',
    hypothesis: 'One loss drowns out or opposes another, measured by their gradients and not only by their weights.',
  };
  const probes = record.epochs.flatMap(({ gradient }) => (gradient === null ? [] : [gradient]));
  const weights = record.objective.map(
    ({ name, weight }): Evidence => ({
      name: `weight.${name}`,
      text: `Weight of ${name}`,
      value: weight,
      range: [0, null],
      test: 'training record',
    }),
  );
  if (probes.length === 0)
    return untested(about, 'gradient probe', 'the record has no gradients; train with the gradient probe on', weights);
  const pulls = record.objective.map(({ name, weight }) => {
    const norms = probes.flatMap(({ norms: of }) =>
      of[name] === null || of[name] === undefined ? [] : [weight * of[name]],
    );
    return { name, weight, pull: norms.length === 0 ? null : median(norms), batches: norms.length };
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
  const ratio = weak.pull === 0 ? Infinity : strong.pull / weak.pull;
  const opposed = cosine !== null && cosine <= OPPOSED;
  const confirmed = ratio >= TIMES || opposed;
  const test = `median over ${probes.length} probed epochs`;
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity: confirmed ? 'medium' : 'info',
    summary:
      `Weighted by its lambda, the gradient of ${strong.name} is ${say(ratio)} times that of ${weak.name}` +
      (cosine === null ? '.' : `; the cosine between gradients is ${say(cosine)}.`),
    evidence: [
      {
        name: 'ratio',
        text: `Weighted gradient norm of ${strong.name} over that of ${weak.name}`,
        value: Number.isFinite(ratio) ? ratio : 'Infinity',
        range: [1, null],
        better: 'lower',
        test,
      },
      cosine === null
        ? {
            name: 'cosine',
            text: 'Cosine between the gradients',
            value: null,
            reason: 'no batch gave both gradients',
            test,
          }
        : {
            name: 'cosine',
            text: 'Cosine between the gradients',
            value: cosine,
            range: [-1, 1],
            better: 'higher',
            chance: 0,
            test,
          },
      ...pulls.map(
        (of): Evidence => ({
          name: `pull.${of.name}`,
          text: `Weighted gradient norm of ${of.name} on the shared parameters`,
          value: of.pull,
          ...(of.pull === null ? { reason: 'no probed batch gave it a value' } : {}),
          range: [0, null],
          test: `median over ${of.batches} probed batches`,
        }),
      ),
      ...weights,
    ],
    tables: [],
    changesIf: `Confirmed when one weighted gradient is ${TIMES} times another (now ${say(ratio)}) or the cosine is ${OPPOSED} or less.`,
    recommendation: confirmed
      ? {
          text: `Multiply the weight of ${weak.name} by about ${say(Math.min(1000, ratio))}, so that both gradients have one size; then look at held-out scores.`,
          call: `contrastiveLoss({ weight: ${Number((weak.weight * Math.min(1000, ratio)).toPrecision(2))} })`,
        }
      : null,
  };
};
