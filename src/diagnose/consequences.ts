import type { FindingId, TrainingFindingId } from './finding-types.js';
import type { Context, MadeFinding } from './findings/context.js';
import { gapsOf } from './findings/gaps-of.js';
import { MERGED } from './findings/shape.js';

interface Consequence {
  readonly cause: FindingId;
  /** What the cause by its meaning brings along, so that it is no problem of its own. */
  readonly effects: readonly FindingId[];
  readonly why: string;
  /** Given when it holds for some effects only. */
  readonly when?: (cause: MadeFinding, effect: MadeFinding, context: Context) => boolean;
}

/** Whether the groups inside the classes, taken for classes, are as little balls as the classes are. */
function bentBeneath(context: Context): boolean {
  const hidden = context.hiddenGroups();
  if ('reason' in hidden) return false;
  const found = context.rerun({ relabel: hidden.subLabels, words: '' }).shape();
  return !('reason' in found) && found.shape === 'other';
}

/**
 * What follows from a finding by its meaning; the first cause that is confirmed and not explained itself
 * takes the effects. Pairs that would contradict each other stand here too: the cause is the one that the
 * stronger witness speaks for.
 */
export const CONSEQUENCES: readonly Consequence[] = [
  {
    cause: 'chance-level',
    effects: [
      'scale',
      'uninformative-columns',
      'metric-choice',
      'dimension',
      'signature-separation',
      'one-cloud',
      'class-overlap',
      'label-noise',
      'granularity',
      'shape',
    ],
    why: 'random labels overlap, have equal means, can be merged at will, and fit some columns and metrics better than others by chance',
  },
  {
    cause: 'noise-label',
    effects: ['hidden-groups'],
    when: (cause, effect) => {
      const noise = cause.evidence.find(({ name }) => name === 'label')?.value;
      return effect.tables.length > 0 && effect.tables[0]!.rows.every(([label]) => label === noise);
    },
    why: 'rows that belong to no class may lie in several places',
  },
  {
    cause: 'metric-choice',
    effects: ['one-cloud'],
    when: ({ remedy }, _effect, context) =>
      remedy !== undefined && gapsOf(context.rerun(remedy))?.verdict !== 'one-cloud',
    why: 'what is one cloud in a metric that hides the groups is none in one that shows them',
  },
  {
    cause: 'hidden-groups',
    effects: ['shape'],
    when: (_cause, _effect, context) => !bentBeneath(context),
    why: 'a class of several groups is no ball, and its groups are',
  },
  {
    cause: 'shape',
    effects: ['hidden-groups'],
    why: 'a bent class is thick in several places along a line, and its parts are no balls either',
  },
  {
    cause: 'shape',
    effects: ['granularity'],
    // What shows only once labels are merged does not make the merge needless.
    when: ({ evidence }) => evidence.every(({ name }) => name !== MERGED),
    why: 'groups of labels are judged by their centres, which say little of classes that are no balls',
  },
  {
    cause: 'hidden-groups',
    effects: ['one-cloud'],
    why: 'points with a gap inside a class are not one cloud',
  },
  {
    cause: 'one-cloud',
    effects: ['granularity', 'class-overlap', 'other-groups'],
    why: 'pieces of one cloud touch each other, and fewer pieces touch each other less',
  },
  {
    cause: 'label-noise',
    effects: ['class-overlap', 'granularity'],
    why: 'wrong labels mix the classes; merging would hide them',
  },
  {
    cause: 'class-overlap',
    effects: ['granularity', 'signature-separation'],
    when: ({ severity }) => severity === 'high',
    why: 'classes that overlap everywhere can be merged at will, and have means that hardly differ',
  },
];

/** The cause of each effect, for effects that have none yet. */
export function consequencesOf(
  made: readonly MadeFinding[],
  known: ReadonlyMap<FindingId, FindingId>,
  context: Context,
): Map<FindingId, FindingId> {
  const confirmed = new Set(
    made.filter(({ verdict, severity }) => verdict === 'confirmed' && severity !== 'info').map(({ id }) => id),
  );
  const of = (id: FindingId) => made.find((finding) => finding.id === id)!;
  const found = new Map<FindingId, FindingId>();
  // What explains another finding already stands by itself.
  const standing = new Set(known.values());
  for (const { cause, effects, when } of CONSEQUENCES) {
    if (!confirmed.has(cause) || known.has(cause) || found.has(cause)) continue;
    for (const effect of effects) {
      if (!confirmed.has(effect) || known.has(effect) || found.has(effect) || standing.has(effect)) continue;
      if (when !== undefined && !when(of(cause), of(effect), context)) continue;
      found.set(effect, cause);
    }
  }
  return found;
}

/** Findings on a training, whose advice holds whatever the labels are. */
const OF_TRAINING: ReadonlySet<FindingId> = new Set<TrainingFindingId>([
  'generalisation-gap',
  'space-mismatch',
  'positive-pairs',
  'loss-balance',
  'output-reach',
  'collapse',
  'capacity',
]);

/**
 * Findings that have no advice to give. With labels at chance no filter, scale, metric or merge makes them better,
 * and what a remedy lifts above chance is no longer at chance: what is left to do is said once, by the finding on chance.
 */
export function adviseNothing(
  made: readonly MadeFinding[],
  causeOf: ReadonlyMap<FindingId, FindingId>,
): ReadonlySet<FindingId> {
  const atChance = made.some(({ id, verdict }) => id === 'chance-level' && verdict === 'confirmed' && !causeOf.has(id));
  const mute = ({ id }: MadeFinding) => atChance && id !== 'chance-level' && !OF_TRAINING.has(id);
  return new Set(made.filter(mute).map(({ id }) => id));
}
