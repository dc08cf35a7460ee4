import { attempt } from '../../core/attempt.js';
import { countText, numberText, percentText } from '../../core/words.js';
import { firstEqualRow } from '../../data/equal-rows.js';
import { type Part, partOf } from '../../data/row-sample.js';
import { CLAIMABLE } from '../../studies/claims/claim-conventions.js';
import { conflictsOf } from '../../studies/rows/suspicious-rows.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { AGREEMENT, countOf, finding, LOWER, measuredBy, SHARE, sayRows, scoredNote, untested } from './words.js';

/** Share of rows from which copies are worth a finding. */
const WORTH = 0.01;

/** Held-out rows that equal a training row. */
function leaked({ raw, heldOut }: Context): number | null {
  if (heldOut === null) return null;
  const { n, d } = raw;
  const both = new Float64Array((n + heldOut.raw.n) * d);
  both.set(raw.points);
  both.set(heldOut.raw.points, n * d);
  const first = firstEqualRow(both, n + heldOut.raw.n, d);
  let leaks = 0;
  for (let i = n; i < first.length; i++) if (first[i]! < n) leaks++;
  return leaks;
}

/** Neighbour agreement of all rows, and of one row of each kind; null where undefined. */
function agreements({ data, fitted: metric, scored, seed }: Context, standsFor: Int32Array) {
  const kept = Int32Array.from(standsFor.keys()).filter((i) => standsFor[i] === i);
  const settings = { metric, noiseLabel: undefined, scored: scored < data.n ? scored : undefined, seed };
  const of = (part: Part) => {
    const { value, interval } = CLAIMABLE.neighborAgreement!.compute(part, settings)[0]!;
    const beside = interval === undefined ? {} : { interval: interval(0.95) };
    const sample = interval === undefined ? undefined : { rows: scored, of: part.n };
    return { value, beside: { ...beside, ...scoredNote(sample) } };
  };
  const found = attempt(() => ({ before: of(data), after: of(partOf(data, kept)) }));
  return 'reason' in found ? null : found;
}

/** Rows to keep of both sides: one of each kind, and held-out rows that are no training rows. */
const KEEP_BOTH =
  '((known) => ({ rows: points.map(String).flatMap((row, i, all) => (all.indexOf(row) === i ? [i] : [])), ' +
  'heldOutRows: heldOutPoints.flatMap((row, i) => (known.has(String(row)) ? [] : [i])) }))(new Set(points.map(String)))';
const SHOWN = 10;

/** What to do, of the side or sides that have copies. */
function keeping(copies: number, leak: number): string {
  if (leak === 0) return 'Keep one row of each kind in the data before you score them.';
  return copies === 0
    ? 'Keep of the held-out rows only those that are not training rows too, before you score them.'
    : 'Keep one row of each kind in the data before you score them, and of the held-out rows those that are not training rows too.';
}

const about = {
  id: 'duplicates',
  title: 'Duplicate rows',
  hypothesis: 'Rows are exact copies of others, so that scores count them twice and find neighbours at distance 0.',
} as const;

const make: FindingMaker = (context) => {
  if (context.square) return untested(about, 'comparison of rows', 'distances were given in place of coordinates');
  const { n, labels } = context.raw;
  const standsFor = context.standsFor();
  const conflicts = conflictsOf(context.raw, standsFor, (i) => context.givenRows[i]!);
  let copies = 0;
  let conflicting = 0;
  for (let i = 0; i < n; i++) {
    if (standsFor[i] === i) continue;
    copies++;
    if (labels[i] !== labels[standsFor[i]!]) conflicting++;
  }
  const leak = leaked(context);
  const leakShare = leak === null ? 0 : leak / context.heldOut!.raw.n;
  const share = copies / n;
  const confirmed = share >= WORTH || leakShare >= WORTH;
  const effect = copies === 0 ? null : agreements(context, standsFor);
  const drop = effect === null ? 0 : effect.before.value - effect.after.value;
  const severity = !confirmed
    ? 'info'
    : drop > 0.1 || leakShare > 0.05
      ? 'high'
      : drop > 0.02 || leakShare >= WORTH || (copies > 0 && effect === null)
        ? 'medium'
        : 'low';
  const compared = measuredBy('exact comparison of rows', LOWER);
  const agreement = measuredBy('neighborAgreement', AGREEMENT);
  return finding(about, confirmed ? 'confirmed' : 'rejected', severity, {
    summary:
      (copies === 0
        ? 'No row copies another row.'
        : `${numberText(copies)} of ${countText(n, 'row')} (${percentText(share)}) ${copies === 1 ? 'copies' : 'copy'} another row, ${numberText(conflicting)} of them under another label.`) +
      (effect === null || !confirmed
        ? ''
        : ` With one row of each kind the nearest neighbour agrees in ${percentText(effect.after.value)} instead of ${percentText(effect.before.value)}${sayRows(effect.before.beside)}.`) +
      (leak === null
        ? ''
        : ` ${countText(leak, 'held-out row')} (${percentText(leakShare)}) ${leak === 1 ? 'is also a training row' : 'are also training rows'}.`),
    evidence: [
      compared('copies', 'Rows that equal another row, one row of each kind aside', copies, countOf('rows', n)),
      compared('share', 'Their share', share, SHARE),
      compared(
        'conflicting',
        'Copies with another label than most rows of their kind',
        conflicting,
        countOf('rows', n),
      ),
      ...(leak === null
        ? []
        : [
            compared(
              'leaked',
              'Held-out rows that equal a training row',
              leak,
              countOf('rows', context.heldOut!.raw.n),
            ),
          ]),
      ...(effect === null
        ? []
        : [
            agreement('agreement', 'Nearest neighbour has the same label', effect.before.value, effect.before.beside),
            agreement(
              'agreementWithoutCopies',
              'The same with one row of each kind',
              effect.after.value,
              effect.after.beside,
            ),
          ]),
    ],
    tables:
      conflicting === 0
        ? []
        : [
            {
              name: 'rows',
              text: 'Copies with another label than most rows of their kind; rows count from 0',
              test: 'exact comparison of rows',
              columns: ['row', 'label', 'label of most copies'],
              rows: conflicts.slice(0, SHOWN).map(({ row, label, nearer }) => [row, label, nearer]),
              omitted: Math.max(0, conflicts.length - SHOWN),
            },
          ],
    changesIf: `Confirmed from ${percentText(WORTH)} of copies on (now ${percentText(share)}${leak === null ? '' : `; held-out rows ${percentText(leakShare)}`}).`,
    recommendation: confirmed
      ? {
          text: keeping(copies, leak ?? 0),
          call:
            leak === null || leak === 0
              ? 'points.map(String).flatMap((row, i, all) => (all.indexOf(row) === i ? [i] : []))'
              : KEEP_BOTH,
        }
      : null,
    remedy: {
      dropRows: Int32Array.from(standsFor.keys()).filter((i) => standsFor[i] !== i),
      words: 'once copies of rows are left out',
    },
  });
};

export const duplicates: FindingModule = { ...about, make };
