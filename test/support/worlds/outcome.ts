import { type AnswerVerdict, diagnose, type FindingId } from '../../../src/index.js';
import type { Row } from './answers.js';

/** What a diagnosis said of one world. */
export interface Outcome {
  readonly verdict: AnswerVerdict;
  readonly because: readonly FindingId[];
  /** Findings confirmed that stand by themselves, of any severity above 'info'. */
  readonly problems: readonly FindingId[];
  /** Of these, medium and high. */
  readonly grave: readonly FindingId[];
  /** Findings confirmed that another one explains, each with its cause. */
  readonly explained: Readonly<Partial<Record<FindingId, FindingId>>>;
  /** Advice given by findings. */
  readonly advice: readonly FindingId[];
}

export function outcomeOf({ make }: Row, seed: number): Outcome {
  const { noiseLabel, ...world } = make(seed);
  const { answer, findings } = diagnose(world, { permutations: 99, seed, noiseLabel });
  const problems = findings.filter(
    ({ verdict, severity, explainedBy }) => verdict === 'confirmed' && severity !== 'info' && explainedBy === null,
  );
  return {
    verdict: answer.verdict,
    because: answer.because,
    problems: problems.map(({ id }) => id),
    grave: problems.filter(({ severity }) => severity !== 'low').map(({ id }) => id),
    explained: Object.fromEntries(
      findings.flatMap(({ id, verdict, explainedBy }) =>
        verdict === 'confirmed' && explainedBy !== null ? [[id, explainedBy]] : [],
      ),
    ),
    advice: findings.filter(({ recommendation }) => recommendation !== null).map(({ id }) => id),
  };
}

/** Whether each of two causes is named: as a problem that stands, or as one that the other explains. */
export function bothNamed({ both }: Row, { problems, explained }: Outcome): boolean {
  const ids = both!.flat();
  return both!.every((cause) =>
    cause.some((id) => problems.includes(id) || (explained[id] !== undefined && ids.includes(explained[id]))),
  );
}
