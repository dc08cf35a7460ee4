import type { Label } from '../core/types.js';
import { countText, numberText, percentText } from '../core/words.js';
import type { ClaimCheck } from '../studies/claims/claim-types.js';
import { clearestGroups } from '../studies/hierarchy/clearest-groups.js';
import { NOTICEABLE } from './findings/chance-level.js';
import type { Context } from './findings/context.js';
import { gapsOf } from './gaps-of.js';
import type { Judgement } from './judge.js';
import type { Remedied } from './settle.js';
import type { SpacesSay } from './spaces-say.js';
import type { Finding } from './types.js';
import { weakestOf } from './weakest.js';

/** Silhouette from which structure counts as strong (Kaufman and Rousseeuw 1990, table 4). */
const LOOKS_GOOD = 0.7;

interface Told {
  readonly context: Context;
  readonly findings: readonly Finding[];
  readonly given: Judgement;
  readonly remedied: Remedied | null;
  readonly better: Judgement | null;
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

/** "; silhouette 0.55 of at most 0.6 that these points allow", where the silhouette alone would look worse. */
function nearCeiling(context: Context): string {
  const found = context.ceiling();
  if ('reason' in found || found.reached === null || found.reached < NEAR || found.ceiling > LOOKS_GOOD) return '';
  return `; silhouette ${numberText(found.silhouette)} of at most ${numberText(found.ceiling)} that these points allow`;
}

const named = (label: Label) => (String(label).trim() === '' ? '(blank)' : String(label));

/** Labels as a list that ends in words. */
function listed(labels: readonly Label[], most = 3): string {
  const shown = labels.slice(0, most).map(named);
  const more = labels.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${numberText(more)} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

/** The pair that holds least. */
function weakSpot(context: Context): string {
  const pair = weakestOf(context).pairs[0];
  if (pair === undefined) return '';
  const [a, b] = pair.labels;
  const how = pair.confused > 0 ? `overlap (${countText(Math.round(pair.confused), 'row')})` : 'touch without a gap';
  return ` Weak spot: ${named(a)} and ${named(b)} ${how}.`;
}

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
  return ` Merged, the labels hold better: ${told.join(', or ')}.`;
}

/** Rows that would show a noticeable rise: the spread of the null falls with the root of their number. */
function rowsNeeded(findings: readonly Finding[], n: number): string {
  const chance = findings.find(({ id }) => id === 'chance-level');
  const visible = chance?.evidence.find(({ name }) => name === 'visible')?.value;
  const times = typeof visible === 'number' ? Math.max(2, (visible / NOTICEABLE) ** 2) : 4;
  const rows = Math.ceil((n * times) / 10) * 10;
  return `About ${numberText(rows)} rows in the same classes would tell (there are ${numberText(n)}).`;
}

function undecided({ context, findings, given }: Told): string {
  const chance = findings.find(({ id }) => id === 'chance-level');
  const reason = chance?.evidence.find(({ name }) => name === 'tested')?.reason;
  if (given.ground === 'untested') {
    return `Undecided: the labels could not be tested${reason === undefined ? '' : ` (${reason})`}. It takes two classes, with several rows each.`;
  }
  if (given.ground === 'few-gaps') {
    return `Undecided: the labels follow the points (${agreement(context)}), and whether there are gaps between the ${classesOf(context)} cannot be seen in ${countText(context.raw.n, 'row')}.`;
  }
  const visible = chance?.evidence.find(({ name }) => name === 'visible')?.value;
  if (typeof visible === 'number' && visible <= NOTICEABLE) {
    const needed = Math.ceil(2 / context.alpha - 1e-9) - 1;
    return `Undecided: ${numberText(context.permutations)} permutations cannot reach the level of ${context.alpha} (${agreement(context)}). It takes ${numberText(needed)} or more.`;
  }
  return `Undecided: ${countText(context.raw.n, 'row')} in ${classesOf(context)} are too few to tell (${agreement(context)}). ${rowsNeeded(findings, context.raw.n)}`;
}

function partly({ context, findings, given }: Told): string {
  const weak = weakestOf(context);
  switch (given.ground) {
    case 'overlap':
      return `Partly: the labels are beyond chance, but the ${classesOf(context)} overlap (${agreement(context)}).${weakSpot(context)}${mergedGroups(context, findings)}`;
    case 'untold':
      return `Partly: no line shows a gap between the ${classesOf(context)}, but neighbours keep to their own class more than across a cut of one cloud (${agreement(context)}).`;
    case 'faint':
      return `Partly: something of the labels is in the points, but neighbours do not show it (${agreement(context)}).`;
    case 'weak-classes': {
      const names = weak.classes.map(({ label }) => label);
      const pairs = weak.pairs.filter(({ gap }) => gap === false);
      const said =
        names.length > 0
          ? `${numberText(context.raw.k - names.length)} of the ${classesOf(context)} hold, ${listed(names)} ${names.length === 1 ? 'does' : 'do'} not`
          : `${countText(pairs.length, 'pair')} of neighbouring classes ${pairs.length === 1 ? 'has' : 'have'} no gap between them`;
      return `Partly: ${said} (${agreement(context)}).${weakSpot(context)}`;
    }
    default: {
      const grave = given.because.flatMap((id) => findings.filter((of) => of.id === id && of.severity === 'high'));
      const first = grave[0];
      return `Partly: the labels are beyond chance (${agreement(context)}), but ${first === undefined ? 'something grave stands against them' : `this stands against them: ${first.title.toLowerCase()}`}.`;
    }
  }
}

function verdictText(told: Told): string {
  const { context, given } = told;
  switch (given.verdict) {
    case 'real':
      return `Yes: the ${classesOf(context)} are real (${agreement(context)}${nearCeiling(context)}).${weakSpot(context)}`;
    case 'partly':
      return partly(told);
    case 'undecided':
      return undecided(told);
    case 'not-real': {
      if (given.ground === 'chance') {
        return `No: the labels fit the points no better than chance (${agreement(context)}).`;
      }
      const pairs = gapsOf(context)?.pairs ?? [];
      const without = pairs.filter(({ gap }) => !gap).length;
      return `No: the points are one cloud, which the labels cut: ${numberText(without)} of ${countText(pairs.length, 'pair')} of neighbouring classes ${without === 1 ? 'has' : 'have'} no gap between them.`;
    }
  }
}

/** What a remedy changes: the sentence on the input as given, then the one with the remedy. */
function withRemedy({ context, remedied, better, ...told }: Told): string {
  const after = verdictText({ ...told, context: remedied!.context, given: better!, remedied, better, findings: [] });
  const [word, ...rest] = after.split(': ');
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
