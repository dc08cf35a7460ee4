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
