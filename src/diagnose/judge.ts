import { rarelyCrossed } from '../studies/gaps/gap-verdict.js';
import type { AnswerVerdict } from './answer-types.js';
import type { Finding, FindingId } from './finding-types.js';
import { NOTICEABLE } from './findings/chance-level.js';
import type { Context } from './findings/context.js';
import { gapsOf } from './findings/gaps-of.js';
import { weakestOf } from './findings/weakest.js';

/** Why the verdict is what it is; what is said of it follows from this. */
export type Ground =
  | 'groups'
  | 'weak-classes'
  | 'overlap'
  | 'grave'
  | 'faint'
  | 'untold'
  | 'few-gaps'
  | 'continuum'
  | 'chance'
  | 'one-cloud'
  | 'too-few'
  | 'untested';

export interface Judgement {
  readonly verdict: AnswerVerdict;
  readonly ground: Ground;
  readonly because: readonly FindingId[];
}

/** Findings that say something of the rows and labels themselves, and not of a training. */
export const OF_DATA: ReadonlySet<FindingId> = new Set<FindingId>([
  'class-imbalance',
  'singleton-classes',
  'noise-label',
  'duplicates',
  'placeholder-values',
  'identifier-columns',
  'outliers',
  'scale',
  'uninformative-columns',
  'metric-choice',
  'label-noise',
  'granularity',
  'hidden-groups',
  'other-groups',
  'signature-separation',
]);

const judged = (verdict: AnswerVerdict, ground: Ground, ...because: FindingId[]): Judgement => ({
  verdict,
  ground,
  because,
});

/** Without a rise above chance: nothing there, or too few rows to see it. */
function withoutRise(chance: Finding, means: Finding | undefined): Judgement {
  if (chance.verdict === 'confirmed') return judged('not-real', 'chance', 'chance-level');
  const evidence = (name: string) => chance.evidence.find((of) => of.name === name)?.value;
  if (evidence('tested') === null) return judged('undecided', 'untested', 'chance-level');
  // The neighbours do not rise, and another test did find something.
  return evidence('against') !== 0 && Number(evidence('visible')) <= NOTICEABLE
    ? judged('partly', 'faint', 'chance-level', ...(means?.verdict === 'rejected' ? ([means.id] as const) : []))
    : judged('undecided', 'too-few', 'chance-level');
}

/**
 * Whether the clusters are real, by the findings: beyond chance first, then whether the points show the
 * groups, then whether something grave stands against it. Labels that were made from the points always
 * agree with their neighbours, so that for these the gap alone decides.
 */
export function judge(context: Context, findings: readonly Finding[]): Judgement {
  const of = (id: FindingId) => findings.find((finding) => finding.id === id);
  const confirmed = (id: FindingId) => {
    const finding = of(id);
    return finding?.verdict === 'confirmed' && finding.severity !== 'info' && finding.explainedBy === null;
  };
  const chance = of('chance-level');
  if (chance === undefined) return judged('undecided', 'untested');
  if (chance.verdict !== 'rejected') return withoutRise(chance, of('signature-separation'));
  const gaps = gapsOf(context);
  const made = gaps?.labelsFrom === 'points';
  if (confirmed('one-cloud')) return judged('not-real', 'one-cloud', 'one-cloud');
  if (confirmed('class-overlap')) return judged('partly', 'overlap', 'chance-level', 'class-overlap');
  const grave = findings.filter(
    ({ id, verdict, severity, explainedBy }) =>
      OF_DATA.has(id) && verdict === 'confirmed' && severity === 'high' && explainedBy === null,
  );
  if (grave.length > 0) return judged('partly', 'grave', 'chance-level', ...grave.map(({ id }) => id));
  if (!made && gaps?.verdict === 'one-cloud') return judged('partly', 'continuum', 'chance-level', 'one-cloud');
  // Beyond chance, as labels made from the points always are. Where no line tells, the neighbours at the borders do.
  if (made && gaps?.verdict === 'undecided') {
    return rarelyCrossed(gaps.crossing)
      ? judged('partly', 'untold', 'chance-level', 'one-cloud')
      : judged('undecided', 'few-gaps', 'chance-level', 'one-cloud');
  }
  const weak = weakestOf(context);
  const apart = made ? gaps!.pairs.every(({ gap }) => gap !== false) : weak.classes.length === 0;
  return apart
    ? judged('real', 'groups', 'chance-level', 'class-overlap')
    : judged('partly', 'weak-classes', 'chance-level', made ? 'one-cloud' : 'class-overlap');
}
