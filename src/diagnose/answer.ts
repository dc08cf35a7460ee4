import type { ClaimCheck } from '../studies/claims/claim-types.js';
import type { Answer, AnswerVerdict } from './answer-types.js';
import { byWeight } from './by-weight.js';
import type { Finding, FindingId, Recommendation } from './finding-types.js';
import type { Context } from './findings/context.js';
import { FINDINGS } from './findings/table.js';
import { weakestOf } from './findings/weakest.js';
import { type Judgement, judge } from './judge.js';
import { type Better, sayAnswer } from './say-answer.js';
import type { Remedied, Settled } from './settle.js';
import { spacesSay } from './spaces-say.js';

const BETTER: readonly AnswerVerdict[] = ['real', 'partly', 'undecided', 'not-real'];
/** What is judged again once a remedy has been applied. */
const DECIDE: readonly FindingId[] = ['chance-level', 'one-cloud', 'class-overlap'];

function beyondTwice({ alpha, permutations }: Context, findings: readonly Finding[]): boolean {
  const p = findings.find(({ id }) => id === 'chance-level')?.evidence.find(({ name }) => name === 'p')?.value;
  return typeof p === 'number' && p <= Math.max(alpha / 2, 2 / (1 + permutations));
}

/** The verdict on the input with the remedies; null where it is no better than on the input as given. */
function afterRemedy(remedied: Remedied | null, given: Judgement, findings: readonly Finding[]): Better | null {
  if (remedied === null) return null;
  const { context } = remedied;
  const again = FINDINGS.filter(({ id }) => DECIDE.includes(id)).flatMap(({ make }) => make(context) ?? []);
  const found = judge(context, again);
  // Labels at chance that a remedy lifts were tested twice, so that the second time counts at half the level.
  if (given.ground === 'chance' && !beyondTwice(context, again)) return null;
  // Labels that a remedy lifts above chance are not at chance, even where they turn out to cut one cloud.
  const otherwise = given.ground === 'chance' && found.ground === 'one-cloud';
  if (!otherwise && BETTER.indexOf(found.verdict) >= BETTER.indexOf(given.verdict)) return null;
  const others = findings.filter(({ id }) => !DECIDE.includes(id) && !remedied.causes.includes(id));
  return { ...found, findings: [...again, ...others] };
}

/** The advice of the finding that comes first: what the verdict rests on, then the gravest. */
function nextStep(findings: readonly Finding[], because: readonly FindingId[], calm: boolean): Recommendation | null {
  const open = findings.filter(({ id, recommendation }) => because.includes(id) && recommendation !== null);
  const grave = byWeight(findings).filter(
    ({ recommendation, severity }) => recommendation !== null && (!calm || severity !== 'low'),
  );
  const first = grave.find(({ id }) => because.includes(id)) ?? grave[0] ?? (calm ? undefined : open[0]);
  return first?.recommendation ?? null;
}

/** What the findings come to: whether the clusters are real, why, and the one next step. */
export function answerOf(context: Context, settled: Settled, claims: readonly ClaimCheck[] | null): Answer {
  const { findings, remedied } = settled;
  const given = judge(context, findings);
  const better = afterRemedy(remedied, given, findings);
  const spaces = spacesSay(context, given);
  const holds = (better !== null && better.verdict !== 'not-real') || spaces?.holds === true;
  const verdict: AnswerVerdict = holds ? 'partly' : given.verdict;
  const because = [
    ...(better === null ? [] : remedied!.causes),
    ...given.because,
    ...(spaces === null ? [] : spaces.because),
  ].filter((id, at, all) => all.indexOf(id) === at && findings.some((finding) => finding.id === id));
  return {
    verdict,
    sentence: sayAnswer({
      context,
      findings,
      given,
      remedied: better === null ? null : remedied,
      better,
      spaces,
      claims,
    }),
    because,
    todo: nextStep(findings, because, verdict === 'real'),
    weakest: weakestOf(context),
  };
}
