import { countText, numberText } from '../../core/words.js';
import type { Evidence, Finding, Severity, Verdict } from '../finding-types.js';
import type { MadeFinding } from './context.js';

/** The index in words. */
export function nameOf(metric: 'silhouette' | 'neighborAgreement'): string {
  return metric === 'silhouette' ? 'silhouette' : 'neighbour agreement';
}

/** A ratio that may have no value: 0 / 0 is null. */
export function orNull(ratio: number): number | null {
  return Number.isNaN(ratio) ? null : ratio;
}

export const HIGHER = { better: 'higher' } as const;
export const LOWER = { better: 'lower' } as const;
export const SHARE = { unit: 'share', range: [0, 1] } as const;
export const AGREEMENT = { range: [0, 1], ...HIGHER } as const;
export const SIGNED = { range: [-1, 1], ...HIGHER } as const;
export const FROM_ZERO = { range: [0, null] } as const;

/** Unit and range of a count. */
export function countOf(unit: string, most: number | null, least = 0) {
  return { unit, range: [least, most] } as const;
}

type Beside = Omit<Partial<Evidence>, 'name' | 'text' | 'value' | 'test'>;

/** Makes evidence of numbers that one test produced; `common` holds for all of them. */
export function measuredBy(test: string, common: Beside = {}) {
  return (name: string, text: string, value: Evidence['value'], beside: Beside = {}): Evidence => ({
    name,
    text,
    value,
    ...common,
    ...beside,
    test,
  });
}

type Rows = { readonly rows: number; readonly of: number } | undefined;

/** Beside a number of rows that were each compared with all. */
export function scoredNote(sample: Rows): Pick<Evidence, 'sample'> {
  return sample === undefined ? {} : { sample: { rows: sample.rows, of: sample.of, against: 'all' } };
}

/** Beside a number of rows that were compared among themselves. */
export function subsetNote(sample: Rows): Pick<Evidence, 'sample'> {
  return sample === undefined ? {} : { sample: { rows: sample.rows, of: sample.of, against: 'sample' } };
}

/** What a sentence says of numbers that come from fewer rows; nothing where they come from all. */
export function sayRows({ sample }: Pick<Evidence, 'sample'>): string {
  if (sample === undefined) return '';
  const how = sample.against === 'all' ? 'each scored against all' : 'scored among themselves';
  return ` (${numberText(sample.rows)} of ${countText(sample.of, 'row')}, ${how})`;
}

export type About = Pick<Finding, 'id' | 'title' | 'hypothesis'>;
type Told = Pick<Finding, 'summary' | 'evidence' | 'changesIf'> &
  Partial<Pick<MadeFinding, 'tables' | 'recommendation' | 'remedy'>>;

/** A finding; without tables and without a recommendation unless told. */
export function finding(about: About, verdict: Verdict, severity: Severity, told: Told): MadeFinding {
  return { ...about, verdict, severity, tables: [], recommendation: null, explains: [], explainedBy: null, ...told };
}

/** The rule for a finding that could not be put to the test. */
export function untested(about: About, test: string, reason: string, more: readonly Evidence[] = []): MadeFinding {
  const tested = measuredBy(test)('tested', 'Whether the test could be made', null, { reason });
  return finding(about, 'inconclusive', 'info', {
    summary: `Not tested: ${reason}.`,
    evidence: [tested, ...more],
    changesIf: 'It can be tested once the reason above is gone.',
  });
}
