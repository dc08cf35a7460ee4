import { countText, numberText, percentText } from '../core/words.js';
import type { ClaimCheck } from '../studies/claims/claim-types.js';
import { clearestGroups } from '../studies/hierarchy/clearest-groups.js';
import { byWeight } from './by-weight.js';
import type { Finding } from './finding-types.js';
import { NOTICEABLE } from './findings/chance-level.js';
import type { Context } from './findings/context.js';
import { gapsOf } from './findings/gaps-of.js';
import { listLabels, sayLabel, sayWeakSpot } from './findings/label-words.js';
import { weakestOf } from './findings/weakest.js';
import { type Judgement, OF_DATA } from './judge.js';
import { reservationsOf } from './reservations.js';
import type { Remedied } from './settle.js';
import type { SpacesSay } from './spaces-say.js';

/** Silhouette from which structure counts as strong (Kaufman and Rousseeuw 1990, table 4). */
const LOOKS_GOOD = 0.7;

/** The verdict with the remedy, and the findings that stand then. */
export interface Better extends Judgement {
  readonly findings: readonly Finding[];
}

interface Told {
  readonly context: Context;
  readonly findings: readonly Finding[];
  readonly given: Judgement;
  readonly remedied: Remedied | null;
  readonly better: Better | null;
  readonly spaces: SpacesSay | null;
  readonly claims: readonly ClaimCheck[] | null;
}

const classesOf = ({ raw }: Context) => countText(raw.k, 'class', 'classes');

/** "96% of rows have a neighbour of their own class; by chance 33%". */
function agreement(context: Context): string {
  const found = context.significance();
  if ('reason' in found) return 'not scored';
  const { observed, null: chance } = found.neighborAgreement;
  return `${percentText(observed)} of rows have a neighbour of their own class; by chance ${percentText(chance.mean)}`;
}

/** Share of the ceiling from which a silhouette that looks low is about the best that the points allow. */
const NEAR = 0.9;

/** "; silhouette 0.55 of at most 0.6 that these points allow classes of these sizes", where the silhouette alone would look worse. */
function nearCeiling(context: Context): string {
  const found = context.ceiling();
  if ('reason' in found || found.reached === null || found.reached < NEAR || found.ceiling > LOOKS_GOOD) return '';
  // Of a sample the silhouette is another number than that of all rows, and only the share is told.
  return found.rows < context.data.n
    ? `; the silhouette is about ${percentText(found.reached)} of the most that these points allow classes of these sizes`
    : `; silhouette ${numberText(found.silhouette)} of at most ${numberText(found.ceiling)} that these points allow classes of these sizes`;
}

/** The pair that holds least, as the finding on overlap has it. */
const weakSpot = (context: Context) => sayWeakSpot(weakestOf(context).pairs);

/** Problems of weight that a sentence names. */
const NAMED = 2;

/** Problems of weight with the rows, columns and labels, in half a sentence; empty without any. */
function reservations({ context, findings }: Pick<Told, 'context' | 'findings'>): string {
  const grave = byWeight(findings).filter(({ id, severity }) => OF_DATA.has(id) && severity !== 'low');
  return reservationsOf(context, grave.slice(0, NAMED));
}

const butText = (told: Pick<Told, 'context' | 'findings'>, start = ', but ') => {
  const text = reservations(told);
  return text === '' ? '' : `${start}${text}`;
};

/** How many merged groups held-out rows support where the labels as they are are too fine; the one with the best silhouette beside it. */
function mergedGroups(context: Context, findings: readonly Finding[]): string {
  const confirmed = findings.some(({ id, verdict }) => id === 'granularity' && verdict === 'confirmed');
  const found = confirmed ? context.hierarchy() : null;
  if (found === null || 'reason' in found || found.mergeable === null) return '';
  const told = [found.mergeable.groups, clearestGroups(found)].flatMap((groups, at, all) => {
    const score = all.indexOf(groups) === at ? found.scores.find((one) => one.groups === groups) : undefined;
    if (score === undefined) return [];
    const { mean, chance } = score.balancedAccuracy;
    return [
      `${numberText(score.groups)} groups (${percentText(mean)} right on held-out rows; by chance ${percentText(chance.mean)})`,
    ];
  });
  const which =
    found.leftOut.length === 0
      ? ''
      : ` of the ${countText(found.labels.length, 'class', 'classes')} of ${found.minClassSize} rows or more`;
  return ` Merged, the labels${which} hold better: ${told.join(', or ')}.`;
}

/** Rows that would show a noticeable rise: the spread of the null falls with the root of their number. */
function rowsNeeded(findings: readonly Finding[], n: number): string {
  const chance = findings.find(({ id }) => id === 'chance-level');
  const visible = chance?.evidence.find(({ name }) => name === 'visible')?.value;
  const times = typeof visible === 'number' ? Math.max(2, (visible / NOTICEABLE) ** 2) : 4;
  const rows = Math.ceil((n * times) / 10) * 10;
  return `About ${numberText(rows)} rows in the same classes would tell (there are ${numberText(n)}).`;
}

/** Rows that would tell of gaps, or why nobody can say how many. */
function gapRows(context: Context): string {
  const gaps = gapsOf(context);
  if (gaps === null) return '';
  if (gaps.rowsToTell !== null) return ` About ${numberText(gaps.rowsToTell)} rows in the same classes would tell.`;
  return gaps.p > gaps.alpha
    ? ' How many would do cannot be said: the rows agree on no line along which to look.'
    : ' More rows would not help: no line runs through such gaps, and neighbours do not tell either.';
}

/** That labels follow the points says something where they were not made from them, which the user knows. */
function ifElsewhere({ labelsFrom }: Context): string {
  return labelsFrom === 'auto' ? " If they come from elsewhere, say so (labelsFrom 'elsewhere')." : '';
}

function undecided({ context, findings, given }: Told): string {
  const chance = findings.find(({ id }) => id === 'chance-level');
  const reason = chance?.evidence.find(({ name }) => name === 'tested')?.reason;
  if (given.ground === 'untested') {
    return `Undecided: the labels could not be tested${reason === undefined ? '' : ` (${reason})`}. It takes two classes, with several rows each.`;
  }
  if (given.ground === 'few-gaps') {
    return `Undecided: the labels follow the points, as labels made from them always do (${agreement(context)}), and whether there are gaps between the ${classesOf(context)} cannot be seen in ${countText(context.raw.n, 'row')}.${gapRows(context)}${ifElsewhere(context)}`;
  }
  const visible = chance?.evidence.find(({ name }) => name === 'visible')?.value;
  if (typeof visible === 'number' && visible <= NOTICEABLE) {
    const needed = Math.ceil(2 / context.alpha - 1e-9) - 1;
    return `Undecided: ${numberText(context.permutations)} permutations cannot reach the level of ${context.alpha} (${agreement(context)}). It takes ${numberText(needed)} or more.`;
  }
  return `Undecided: ${countText(context.raw.n, 'row')} in ${classesOf(context)} are too few to tell (${agreement(context)}). ${rowsNeeded(findings, context.raw.n)}`;
}

/** '4 of the 10 classes hold, a, b and 4 more do not', or which neighbours have no gap between them. */
function weakText(context: Context): string {
  const names = weakestOf(context).classes.map(({ label }) => label);
  if (names.length > 0) {
    return `${numberText(context.raw.k - names.length)} of the ${classesOf(context)} hold, ${listLabels(names)} ${names.length === 1 ? 'does' : 'do'} not`;
  }
  const without = (gapsOf(context)?.pairs ?? []).filter(({ gap }) => gap === false);
  const pairs = without.slice(0, NAMED).map(({ labels }) => labels.map(sayLabel).join(' and '));
  const more = without.length - pairs.length;
  return `there is no gap between ${pairs.join(', nor between ')}${more > 0 ? `, nor between ${countText(more, 'more pair')}` : ''}`;
}

function partly(told: Told): string {
  const { context, findings, given } = told;
  switch (given.ground) {
    case 'overlap': {
      const everywhere = findings.some(({ id, severity }) => id === 'class-overlap' && severity === 'high');
      const how = everywhere ? `the ${classesOf(context)} overlap` : `not all ${classesOf(context)} are told apart`;
      return `Partly: the labels fit the points better than chance, but ${how} (${agreement(context)}).${weakSpot(context)}${mergedGroups(context, findings)}`;
    }
    case 'untold':
      return `Partly: no gap shows along a line from class to class, but rows keep to their own class more than pieces of one cloud would (${agreement(context)}).`;
    case 'continuum':
      return `Partly: the points carry the ${classesOf(context)}, but as parts of a continuum, without gaps between neighbours (${agreement(context)}).${weakSpot(context)}`;
    case 'faint':
      return `Partly: something of the labels is in the points, but neighbours do not show it (${agreement(context)}).`;
    case 'weak-classes':
      return `Partly: ${weakText(context)} (${agreement(context)})${butText(told, '; ')}.${weakSpot(context)}`;
    default:
      return `Partly: the labels fit the points better than chance (${agreement(context)})${butText(told)}.`;
  }
}

/** '7 pairs of neighbouring classes': how many of them have a gap between them. */
function gapsText(context: Context): string {
  const { found, pairs } = gapsOf(context) ?? { found: 0, pairs: [] };
  if (pairs.length === 1) return 'there is no gap between the two classes';
  const have = found === 0 ? 'none' : found === 1 ? 'only 1' : `only ${numberText(found)}`;
  return `${have} of the ${countText(pairs.length, 'pair')} of neighbouring classes ${found > 1 ? 'have' : 'has'} a gap between them`;
}

function verdictText(told: Told): string {
  const { context, given } = told;
  switch (given.verdict) {
    case 'real':
      return `Yes: the ${classesOf(context)} are real (${agreement(context)}${nearCeiling(context)})${butText(told)}.${weakSpot(context)}`;
    case 'partly':
      return partly(told);
    case 'undecided':
      return undecided(told);
    case 'not-real':
      return given.ground === 'chance'
        ? `No: the labels fit the points no better than chance (${agreement(context)}).`
        : `No: the points are one cloud, which the labels cut: ${gapsText(context)}.`;
  }
}

/** What a remedy changes: the sentence on the input as given, then the one with the remedy. */
function withRemedy({ context, remedied, better, ...told }: Told): string {
  const after = verdictText({
    ...told,
    context: remedied!.context,
    given: better!,
    remedied,
    better,
    findings: better!.findings,
  });
  const [word, ...rest] = after.split(': ');
  if (better!.verdict === 'not-real')
    return `No: not as the columns and rows stand (${agreement(context)}), and ${remedied!.remedy.words} ${rest.join(': ')}`;
  const holds = word === 'Yes' ? rest.join(': ') : `${rest.join(': ')}`;
  return `Partly: not as the columns and rows stand (${agreement(context)}), but ${remedied!.remedy.words} ${holds}`;
}

function claimsText(claims: readonly ClaimCheck[] | null): string {
  const refuted = (claims ?? []).filter(({ verdict }) => verdict === 'refuted');
  return refuted
    .map(({ metric, claimed, decimals, recomputed }) => {
      const real = recomputed === null ? 'it has no value here' : `it is ${numberText(recomputed)}`;
      return ` The claimed ${metric} of ${claimed.toFixed(decimals)} is refuted: ${real}.`;
    })
    .join('');
}

/** The answer in sentences, with the numbers that decide. */
export function sayAnswer(told: Told): string {
  const { better, spaces, claims } = told;
  const main = better === null ? verdictText(told) : withRemedy(told);
  const beside = spaces === null ? '' : ` ${spaces.sentence}`;
  const turned = spaces?.holds === true ? main.replace(/^No: /, 'Partly: in the input ') : main;
  return `${turned}${beside}${claimsText(claims)}`;
}
