import type { ClaimCheck, Finding, FindingId } from 'clusterlens';
import { POST_MORTEM } from './findings-text.js';
import { fixed } from './fixed.js';
import type { Outcome } from './report.js';

/** Level of the permutation tests. */
const LEVEL = 0.05;

const number = (value: number) => fixed(value, 3);
const percent = (share: number) => `${(100 * share).toFixed(1)}%`;

function findingOf(outcome: Outcome | undefined, id: FindingId): Finding | undefined {
  return outcome?.diagnosis.findings.find((finding) => finding.id === id);
}

/** A number of a finding by its name; null where the finding or its value is missing. */
function evidence(finding: Finding | undefined, name: string): number | null {
  const value = finding?.evidence.find((item) => item.name === name)?.value;
  return typeof value === 'number' ? value : null;
}

function claimLesson(claims: readonly ClaimCheck[] | null): string[] {
  if (claims === null) return [];
  const told = claims.map(({ metric, claimed, decimals, recomputed, verdict, reproducedBy, conventions, reason }) => {
    const [name, stated] = [metric === 'daviesBouldin' ? 'Davies-Bouldin' : metric, claimed.toFixed(decimals)];
    if (recomputed === null) return `${name} ${stated} was published and cannot be computed here (${reason})`;
    const from = `${name} ${stated} was published, ${number(recomputed)} is computed`;
    return verdict === 'reproduced'
      ? `${from} (reproduced: ${reproducedBy})`
      : `${from} (${verdict}: none of ${conventions.length} conventions gives ${stated})`;
  });
  const refuted = claims.some(({ verdict }) => verdict === 'refuted');
  return [`${refuted ? 'Report only what was calculated: ' : ''}${told.join('; ')}.`];
}

/** How many statements of the post-mortem the evidence upholds, and what it did not see. */
function postMortemLesson(original: Outcome): string[] {
  const { findings } = original.diagnosis;
  const judged = findings.flatMap(({ id, verdict }) => {
    const before = POST_MORTEM[id];
    return before === undefined || verdict === 'inconclusive' ? [] : [{ id, holds: before.verdict === verdict }];
  });
  const named = (holds: boolean) =>
    judged
      .filter((one) => one.holds === holds)
      .map(({ id }) => id)
      .join(', ') || 'none';
  const missed = findings.filter(
    ({ id, verdict, severity }) =>
      verdict === 'confirmed' && (severity === 'high' || severity === 'medium') && POST_MORTEM[id] === undefined,
  );
  return [
    `Test every explanation: of ${judged.length} verdicts of the post-mortem the evidence upholds ${named(true)} and ` +
      `contradicts ${named(false)}` +
      (missed.length === 0 ? '.' : `; it missed ${missed.map(({ id }) => id).join(', ')}.`),
  ];
}

function pairsLesson(original: Outcome): string[] {
  const pairs = findingOf(original, 'positive-pairs');
  const share = evidence(pairs, 'observed') ?? evidence(pairs, 'expected');
  if (pairs?.verdict !== 'confirmed' || share === null) return [];
  const ratio = evidence(findingOf(original, 'loss-balance'), 'ratio');
  return [
    `A weight acts only where there are pairs: ${percent(1 - share)} of the anchors had no positive in their batch, ` +
      `so that lambda multiplied nothing for them${ratio === null ? '' : ` (the stronger of the two weighted gradients was ${fixed(ratio, 2)} times the weaker)`}.`,
  ];
}

function reachLesson(original: Outcome, repaired: Outcome | undefined): string[] {
  const reach = findingOf(original, 'output-reach');
  const [floor, columns] = [evidence(reach, 'errorFloor'), evidence(reach, 'columnsMostlyOutside')];
  if (reach?.verdict !== 'confirmed' || floor === null || columns === null) return [];
  const after = findingOf(repaired, 'output-reach')?.verdict === 'rejected' ? repaired : undefined;
  return [
    `Look at what the outputs can reach: ${columns} outputs of the decoder with bounded heads miss most of their targets, so that its ` +
      `error cannot fall below ${number(floor)}` +
      (after === undefined
        ? '.'
        : `; the linear decoder has no such floor and ends at ${number(after.report.reconstructionError.training)}.`),
  ];
}

function filterLesson(remedy: Outcome): string[] {
  const { silhouette, chance, n } = remedy.report.spaces.latent.heldOut;
  const overlap = findingOf(remedy, 'class-overlap');
  if (silhouette === null || chance === null) return [];
  const better = chance.p <= LEVEL;
  return [
    `Filtering ${better ? 'leaves more than chance' : 'alone does not help'}: with the ${remedy.report.spaces.latent.training.k} terms of ` +
      `${remedy.report.minimumExamples} rows or more the latent of ${n} held-out rows scores ${number(silhouette)}, random labels ` +
      `${number(chance.mean)} (p = ${number(chance.p)})` +
      (overlap?.verdict === 'confirmed' ? '; class-overlap of the input stays confirmed.' : '.'),
  ];
}

function mergeLesson(repaired: Outcome): string[] {
  const { groups, spaces } = repaired.report;
  const { silhouette, chance, k } = spaces.input.heldOut;
  if (groups === null) return ['Merge only what the data support: no number of groups of terms is better than chance.'];
  if (silhouette === null || chance === null) return [];
  return [
    `Ask how fine the labels may be: the training rows support ${groups.length} groups of terms; the input of held-out rows ` +
      `then scores ${number(silhouette)} over ${k} groups where random labels give ${number(chance.mean)} (p = ${number(chance.p)}).`,
  ];
}

function memoryLesson(outcome: Outcome): string[] {
  const { training, heldOut } = outcome.report.spaces.latent;
  if (training.silhouette === null || heldOut.silhouette === null) return [];
  const gap = findingOf(outcome, 'generalisation-gap')?.evidence.find(({ name }) => name === 'latent.silhouette');
  const scores = `the latent of '${outcome.report.name}' scores ${number(training.silhouette)} on training rows and ${number(heldOut.silhouette)} on held-out rows`;
  if (typeof gap?.value !== 'number' || gap.chance === undefined || gap.p === undefined || gap.p > LEVEL) {
    return [`Show training rows and held-out rows side by side: ${scores}.`];
  }
  return [
    `Quote held-out rows: ${scores}; ${number(gap.value - gap.chance)} of the difference is memory (corrected p = ${number(gap.p)}).`,
  ];
}

/** What the diagnosis answers, as it says it, and what more it found that weighs. */
function answerLesson({ diagnosis, report }: Outcome): string[] {
  const { sentence, because } = diagnosis.answer;
  const more = diagnosis.findings.filter(
    ({ id, verdict, severity, explainedBy }) =>
      verdict === 'confirmed' &&
      (severity === 'high' || severity === 'medium') &&
      explainedBy === null &&
      !because.includes(id),
  );
  const beside = more.length === 0 ? '' : ` Beside it stand ${more.map(({ id }) => id).join(', ')}.`;
  return [`Ask first whether the clusters are real. Of '${report.name}' the diagnosis says: ${sentence}${beside}`];
}

/** Whether the recipe brings held-out rows together where labels are in the data, and here. */
function controlLesson(repaired: Outcome | undefined, control: Outcome): string[] {
  const [before, after] = [control.report.spaces.input.heldOut, control.report.spaces.latent.heldOut];
  const overlap = findingOf(control, 'class-overlap');
  if (before.silhouette === null || after.silhouette === null || overlap === undefined) return [];
  const digits = `the same recipe takes held-out digits from ${number(before.silhouette)} to ${number(after.silhouette)}`;
  const works = after.silhouette > before.silhouette + 0.2;
  if (!works) return [`The control did not cluster: ${digits}; this run is too short to say where the fault lies.`];
  const terms = repaired?.report.spaces.latent.heldOut;
  if (terms?.silhouette == null || terms.chance === null) return [`Keep a control: ${digits}.`];
  const inCurves = terms.silhouette >= after.silhouette / 2 ? '' : terms.chance.p <= LEVEL ? ' only faintly' : ' not';
  return [
    `Keep a control: ${digits}, held-out terms to ${number(terms.silhouette)}. The training works; the labels of the ` +
      `corpus are${inCurves} in its curves.`,
  ];
}

/** What the run shows, each sentence chosen by verdicts and made of the numbers that led to them. */
export function lessons(outcomes: readonly Outcome[]): string[] {
  const of = (name: string) => outcomes.find(({ report }) => report.name === name);
  const [original, remedy, repaired, control] = ['original', 'remedy', 'repaired', 'control'].map(of);
  return [
    ...(original === undefined ? [] : claimLesson(original.report.claims)),
    ...(original?.report.published === true ? postMortemLesson(original) : []),
    ...(remedy === undefined ? [] : answerLesson(remedy)),
    ...(original === undefined ? [] : pairsLesson(original)),
    ...(original === undefined ? [] : reachLesson(original, repaired)),
    ...(remedy === undefined ? [] : filterLesson(remedy)),
    ...(repaired === undefined ? [] : mergeLesson(repaired)),
    ...(repaired === undefined ? [] : memoryLesson(repaired)),
    ...(control === undefined ? [] : controlLesson(repaired, control)),
  ];
}
