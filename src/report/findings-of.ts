import { InputError, show } from '../core/errors.js';
import type { Answer } from '../diagnose/answer-types.js';
import type { Finding, Recommendation } from '../diagnose/finding-types.js';
import type { Diagnosis } from '../diagnose/types.js';
import { bySeverity } from './say-value.js';

/** Puts names of files into a recommended command, where DATA and HELD_OUT stand for them. */
export type FillCommand = (command: string) => string;

/** The findings, the most severe first, with their commands filled in, or with words for what is left to fill in. @throws InputError. */
export function findingsOf(where: string, { findings }: Diagnosis, fill: FillCommand | undefined): Finding[] {
  if (fill !== undefined && typeof fill !== 'function') {
    throw new InputError('wrong-type', `${where}: fillCommand must be a function, got ${show(fill)}`);
  }
  return bySeverity(findings).map((finding) => ({ ...finding, recommendation: filled(finding.recommendation, fill) }));
}

/** The answer with its command filled in; where commands are, a call of a program is none that its reader could make. */
export function answerOf({ answer }: Diagnosis, fill: FillCommand | undefined): Answer {
  const todo = filled(answer.todo, fill);
  if (todo === null || fill === undefined) return { ...answer, todo };
  const { call: _, ...inTerminal } = todo;
  return { ...answer, todo: inTerminal };
}

function filled(recommendation: Recommendation | null, fill: FillCommand | undefined): Recommendation | null {
  if (recommendation?.command === undefined) return recommendation;
  const command = fill === undefined ? recommendation.command : fill(recommendation.command);
  const open = /\bDATA\b/.test(command) && fill === undefined;
  const text = open ? `${recommendation.text} DATA stands for the file with the rows.` : recommendation.text;
  return { ...recommendation, text, command };
}
