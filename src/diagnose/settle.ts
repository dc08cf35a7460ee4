import { ClusterlensError } from '../core/errors.js';
import { RERUN_ROWS } from './apply-remedy.js';
import { adviseNothing, consequencesOf } from './consequences.js';
import { explainedTable, type Vanished } from './explained-table.js';
import type { Finding, FindingId, Severity } from './finding-types.js';
import type { Context, MadeFinding } from './findings/context.js';
import { type Remedy, together } from './findings/remedy.js';
import { FINDINGS } from './findings/table.js';

/** Findings that can be the cause of others, in the order in which their remedies are tried. */
const CAUSES: readonly FindingId[] = [
  'placeholder-values',
  'identifier-columns',
  'duplicates',
  'outliers',
  'scale',
  'noise-label',
  'uninformative-columns',
  'metric-choice',
];
/** Causes that show in distances, which an earlier cause can distort so far that they are not seen. */
const HIDDEN: readonly FindingId[] = ['noise-label'];
/** Findings that a remedy can make vanish: what stands against the clusters, and later causes. */
const EFFECTS: readonly FindingId[] = [
  ...CAUSES,
  'chance-level',
  'signature-separation',
  'one-cloud',
  'class-overlap',
  'label-noise',
  'granularity',
  'hidden-groups',
  'other-groups',
  'shape',
  'dimension',
];
/** Groups of the points; columns that carry them are no noise, whatever they say of the labels. */
const STRUCTURE: readonly FindingId[] = ['other-groups', 'hidden-groups'];
/** Remedies that are tried at most, each on top of those that helped. */
const MOST = 3;
/** Rows of a remedy that the rerun without it has in any case. */
const MOST_ROWS = 20;
const SEVERITIES: readonly Severity[] = ['info', 'low', 'medium', 'high'];

/** The input with every remedy that helped. */
export interface Remedied {
  readonly context: Context;
  readonly remedy: Remedy;
  readonly causes: readonly FindingId[];
}

export interface Settled {
  readonly findings: readonly Finding[];
  /** null: no remedy was at hand, or none helped. */
  readonly remedied: Remedied | null;
}

function again(id: FindingId, context: Context): MadeFinding | null {
  return FINDINGS.find((module) => module.id === id)?.make(context) ?? null;
}

/** Findings of weight that are rejected once the remedy is applied. */
function vanishing(open: readonly MadeFinding[], before: Context, after: Context, whole: boolean): Vanished[] {
  return open.flatMap((finding): Vanished[] => {
    const gone = again(finding.id, after);
    if (gone?.verdict !== 'rejected') return [];
    // On fewer rows it may be gone by itself, which no remedy can take the credit for.
    const was = whole ? finding : again(finding.id, before);
    return was?.verdict === 'confirmed' ? [{ before: was, after: gone }] : [];
  });
}

/** Neighbour agreement between chance (0) and perfect (1). */
function agreementOf(context: Context): number {
  const found = context.significance();
  return 'reason' in found ? Number.NEGATIVE_INFINITY : found.neighborAgreement.adjusted;
}

/** A remedy may leave nothing that can be scored: then it is none. */
function tried<T>(compute: () => T): T | null {
  try {
    return compute();
  } catch (error) {
    if (error instanceof ClusterlensError) return null;
    throw error;
  }
}

/** Causes that are not confirmed on the input as given, and are on that with the remedies. */
function comingUp(made: readonly MadeFinding[], { context, remedy, causes }: Remedied): MadeFinding[] {
  return HIDDEN.flatMap((id) => {
    const given = made.find((of) => of.id === id);
    if (given === undefined || given.verdict === 'confirmed' || causes.includes(id)) return [];
    const found = again(id, context);
    if (found?.verdict !== 'confirmed' || found.remedy === undefined) return [];
    const when = `${remedy.words[0]!.toUpperCase()}${remedy.words.slice(1)}`;
    return [{ ...found, summary: `${when}: ${found.summary}` }];
  });
}

/** Tries the remedies of the causes, one on top of the other, and says which findings are gone with which. */
function tryRemedies(context: Context, made: readonly MadeFinding[]) {
  const confirmed = made.filter(({ verdict, severity }) => verdict === 'confirmed' && severity !== 'info');
  const causes = CAUSES.flatMap((id) => confirmed.filter((of) => of.id === id && of.remedy !== undefined));
  const gone = new Map<FindingId, readonly Vanished[]>();
  const reversed = new Map<FindingId, FindingId>();
  const revealed = new Map<FindingId, MadeFinding>();
  const explained = new Set<FindingId>();
  let best = null as Remedied | null;
  if (causes.length === 0) return { gone, reversed, revealed, best };
  const whole = context.raw.n <= RERUN_ROWS;
  const always = causes.flatMap(({ remedy }) => [...(remedy!.dropRows ?? [])].slice(0, MOST_ROWS));
  let before = whole ? context : context.rerun({ always, words: '' });
  for (let tries = 0; tries < MOST && causes.length > 0; tries++) {
    const { id, remedy } = causes.shift()!;
    if (explained.has(id)) continue;
    const next: Remedy = best === null ? remedy! : together(best.remedy, remedy!);
    // A cause whose remedy is applied is gone by that, and not by the next one.
    const applied = [id, ...(best?.causes ?? []), ...reversed.values()];
    const open = confirmed.filter((of) => EFFECTS.includes(of.id) && !applied.includes(of.id) && !explained.has(of.id));
    const found = tried(() => {
      const after = context.rerun(next);
      return {
        after,
        vanished: vanishing(open, before, after, whole),
        better: agreementOf(after) > agreementOf(before),
      };
    });
    const carried = STRUCTURE.find((of) => found?.vanished.some(({ before: { id: lost } }) => lost === of));
    if (id === 'uninformative-columns' && carried !== undefined) {
      reversed.set(id, carried);
      // What goes with the columns of these groups comes from them: distances are theirs, and labels look out of place.
      const effects = found!.vanished.filter(({ before: { id: lost } }) => !STRUCTURE.includes(lost));
      for (const { before: effect } of effects) explained.add(effect.id);
      if (effects.length > 0) gone.set(carried, effects);
      continue;
    }
    if (found === null || (found.vanished.length === 0 && !found.better)) continue;
    before = found.after;
    best = { context: found.after, remedy: next, causes: [...(best?.causes ?? []), id] };
    for (const { before: effect } of found.vanished) explained.add(effect.id);
    if (found.vanished.length > 0) gone.set(id, found.vanished);
    const coming = comingUp(made, best).filter((of) => !revealed.has(of.id));
    for (const cause of coming) revealed.set(cause.id, cause);
    causes.unshift(...coming);
  }
  return { gone, reversed, revealed, best };
}

const graver = (a: Severity, b: Severity) => (SEVERITIES.indexOf(a) >= SEVERITIES.indexOf(b) ? a : b);

/**
 * Puts causes before consequences, those that another cause hid included. A finding that goes with its cause is told there: its severity is low
 * at most and it gives no advice of its own, and the cause is as grave as the gravest of what it explains.
 */
export function settle(context: Context, given: readonly MadeFinding[]): Settled {
  const { gone, reversed, revealed, best } = tryRemedies(context, given);
  const made = given.map((of) => revealed.get(of.id) ?? of);
  const causeOf = new Map<FindingId, FindingId>(reversed);
  for (const [cause, vanished] of gone) for (const { before } of vanished) causeOf.set(before.id, cause);
  for (const [effect, cause] of consequencesOf(made, causeOf, context)) causeOf.set(effect, cause);
  const quiet = adviseNothing(made, causeOf);
  const findings = made.map(({ remedy: _, ...found }): Finding => {
    const finding = quiet.has(found.id) ? { ...found, recommendation: null } : found;
    const explainedBy = causeOf.get(finding.id) ?? null;
    if (explainedBy !== null) {
      const severity = finding.severity === 'info' ? 'info' : 'low';
      return { ...finding, severity, explainedBy, recommendation: null };
    }
    const effects = made.filter(({ id }) => causeOf.get(id) === finding.id);
    if (effects.length === 0) return finding;
    const table = explainedTable(gone.get(finding.id) ?? []);
    return {
      ...finding,
      severity: effects.map(({ severity }) => severity).reduce(graver, finding.severity),
      explains: effects.map(({ id }) => id),
      tables: table === null ? finding.tables : [table, ...finding.tables],
    };
  });
  return { findings, remedied: best };
}
