import { InputError, show } from '../core/errors.js';
import type { Diagnosis, Finding } from '../diagnose/types.js';
import { bySeverity } from './say-value.js';

/** Puts names of files into a recommended command, where DATA and HELD_OUT stand for them. */
export type FillCommand = (command: string) => string;

/** The findings, the most severe first, with their commands filled in. @throws InputError. */
export function findingsOf(where: string, { findings }: Diagnosis, fill: FillCommand | undefined): Finding[] {
  if (fill !== undefined && typeof fill !== 'function') {
    throw new InputError('wrong-type', `${where}: fillCommand must be a function, got ${show(fill)}`);
  }
  return bySeverity(findings).map((finding) => {
    const { recommendation } = finding;
    if (fill === undefined || recommendation?.command === undefined) return finding;
    return { ...finding, recommendation: { ...recommendation, command: fill(recommendation.command) } };
  });
}
