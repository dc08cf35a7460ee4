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
  /** Advice given by findings. */
  readonly advice: readonly FindingId[];
}

export function outcomeOf({ make }: Row, seed: number): Outcome {
  const { answer, findings } = diagnose(make(seed), { permutations: 99, seed });
  const problems = findings.filter(
    ({ verdict, severity, explainedBy }) => verdict === 'confirmed' && severity !== 'info' && explainedBy === null,
  );
  return {
    verdict: answer.verdict,
    because: answer.because,
    problems: problems.map(({ id }) => id),
    grave: problems.filter(({ severity }) => severity !== 'low').map(({ id }) => id),
    advice: findings.filter(({ recommendation }) => recommendation !== null).map(({ id }) => id),
  };
}
