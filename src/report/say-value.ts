import type { Label } from '../core/types.js';
import { numberText, percentText } from '../core/words.js';
import type { Evidence, Finding, Severity, UsedRows, Verdict } from '../diagnose/finding-types.js';
import type { Diagnosis, Reading } from '../diagnose/types.js';

/** A computed value as people read it; an en dash where there is none. */
export function sayValue(value: Label | null, unit?: string): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'string') return value.trim() === '' ? '(blank)' : value;
  if (unit === 'share') return percentText(value);
  return unit === undefined
    ? numberText(value)
    : `${numberText(value)} ${value === 1 ? unit.replace(/(?<=ss)es$|(?<!s)s$/, '') : unit}`;
}

const LABELS = ['label', 'labels', 'class', 'a', 'b', 'from', 'to', 'rival'];

/** A cell of a table of evidence: a label stays as it was written, 2021 does not become 2,021. */
export function sayCell(value: Label | null, column: string): string {
  return LABELS.includes(column) && value !== null ? sayLabel(value) : sayValue(value);
}

export function sayLabel(label: Label): string {
  return String(label).trim() === '' ? '(blank)' : String(label);
}

/** Which rows a number comes from, and what they were compared with. */
export function sayRows({ rows, of, against }: UsedRows): string {
  const how = against === 'all' ? 'each against all' : 'among themselves';
  return `${numberText(rows)} of ${numberText(of)} rows, ${how}`;
}

/** Everything that stands beside the value of an evidence: its interval and the rows it is from. */
export function sayDetail({ interval, sample, unit, reason }: Evidence): string {
  const parts: string[] = [];
  if (interval !== undefined) {
    const [low, high] = [
      sayValue(interval.low, unit === 'share' ? unit : undefined),
      sayValue(interval.high, unit === 'share' ? unit : undefined),
    ];
    parts.push(`${percentText(interval.level)} interval ${low} to ${high}`);
  }
  if (sample !== undefined) parts.push(sayRows(sample));
  if (reason !== undefined) parts.push(reason);
  return parts.join('; ');
}

/** How the files were read, in sentences. */
export function sayReading({ reading }: Diagnosis): string[] {
  if (reading === undefined) return [];
  const { data, heldOut } = reading;
  return [...data.notes, ...(heldOut?.notes ?? []).map((note) => `held-out rows: ${note}`)];
}

/** What was left out of a file; undefined where nothing was. */
export function sayDropped({ rows, dropped, unlabelled, unreadable = 0 }: Reading): string | undefined {
  if (dropped === 0) return undefined;
  const of = unlabelled === 0 ? '' : `, ${numberText(unlabelled)} of them without a label`;
  return `${numberText(dropped)} of ${numberText(rows)} rows left out for missing values${unreadable === 0 ? '' : ' or cells that are no numbers'}${of}`;
}

const SEVERITIES: readonly Severity[] = ['high', 'medium', 'low', 'info'];
const VERDICTS: readonly Verdict[] = ['confirmed', 'inconclusive', 'rejected'];

/** The most severe first, of equal ones the confirmed; else in the order of the diagnosis. */
export function bySeverity(findings: readonly Finding[]): Finding[] {
  const rank = ({ severity, verdict }: Finding) => SEVERITIES.indexOf(severity) * 3 + VERDICTS.indexOf(verdict);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
