import { CONSEQUENCES } from '../../../src/diagnose/consequences.js';
import type { FindingId } from '../../../src/index.js';

/** Pairs that cannot both be a problem of their own: each says of the other that it is none. */
const PAIRS: ReadonlyArray<readonly [FindingId, FindingId]> = [
  ['granularity', 'label-noise'],
  ['class-overlap', 'label-noise'],
  ['class-overlap', 'shape'],
  ['scale', 'metric-choice'],
  ['one-cloud', 'hidden-groups'],
  ['one-cloud', 'other-groups'],
  ['one-cloud', 'class-overlap'],
  ['hidden-groups', 'shape'],
  ...CONSEQUENCES.filter(({ when }) => when === undefined).flatMap(({ cause, effects }) =>
    effects.map((effect) => [cause, effect] as const),
  ),
];

/** The pairs among findings that stand by themselves which contradict each other. */
export function contradictions(problems: readonly FindingId[]): readonly (readonly [FindingId, FindingId])[] {
  return PAIRS.filter(([a, b]) => problems.includes(a) && problems.includes(b));
}

/** The same, but for pairs of which each was planted: wrong labels of one pair of bent classes are overlap and shape. */
export function unplanted(
  both: readonly (readonly FindingId[])[],
  problems: readonly FindingId[],
): readonly (readonly [FindingId, FindingId])[] {
  const causeOf = (id: FindingId) => both.findIndex((cause) => cause.includes(id));
  return contradictions(problems).filter(
    ([a, b]) => causeOf(a) === -1 || causeOf(b) === -1 || causeOf(a) === causeOf(b),
  );
}
