import { neighborAgreement } from '../../metrics/internal/neighbor-agreement.js';
import { firstEqualRow } from '../equal-rows.js';
import { asInput, partOf } from '../row-sample.js';
import type { Evidence } from '../types.js';
import { attempt, type Context, type FindingMaker } from './context.js';
import { percent, SHARE, say, untested } from './words.js';

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
  let count = 0;
  for (let i = n; i < first.length; i++) if (first[i]! < n) count++;
  return count;
}

function agreementWithoutCopies(context: Context): Evidence[] {
  const { rawSample, sample, metric } = context;
  const first = firstEqualRow(rawSample.points, sample.n, sample.d);
  const kept = Int32Array.from(first.keys()).filter((i) => first[i] === i);
  const before = attempt(() => neighborAgreement(...asInput(sample), { metric }).score);
  const after = attempt(() => neighborAgreement(...asInput(partOf(sample, kept)), { metric }).score);
  if (typeof before !== 'number' || typeof after !== 'number') return [];
  const common = { range: SHARE, better: 'higher' as const, test: 'neighborAgreement', ...context.note };
  return [
    { name: 'agreement', text: 'Nearest neighbour has the same label', value: before, ...common },
    { name: 'agreementWithoutCopies', text: 'The same with one row of each kind', value: after, ...common },
  ];
}

export const duplicates: FindingMaker = (context) => {
  const about = {
    id: 'duplicates' as const,
    title: 'Copies of rows',
    hypothesis: 'Exact copies of rows flatter the scores: a copy is its own nearest neighbour.',
  };
  if (context.square) return untested(about, 'comparison of rows', 'distances were given in place of coordinates');
  const { raw } = context;
  const { n, d, labels } = raw;
  const first = firstEqualRow(raw.points, n, d);
  let copies = 0;
  let conflicting = 0;
  for (let i = 0; i < n; i++) {
    if (first[i] === i) continue;
    copies++;
    if (labels[i] !== labels[first[i]!]) conflicting++;
  }
  const leak = leaked(context);
  const leakShare = leak === null ? 0 : leak / context.heldOut!.raw.n;
  const share = copies / n;
  const confirmed = share >= WORTH || (leak !== null && leakShare >= WORTH);
  const effect = copies === 0 ? [] : agreementWithoutCopies(context);
  const drop = effect.length === 0 ? 0 : (effect[0]!.value as number) - (effect[1]!.value as number);
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity: !confirmed
      ? 'info'
      : drop > 0.1 || leakShare > 0.05
        ? 'high'
        : drop > 0.02 || share > 0.05
          ? 'medium'
          : 'low',
    summary:
      `${say(copies)} of ${say(n)} rows (${percent(share)}) copy an earlier row, ${say(conflicting)} of them under another label.` +
      (leak === null ? '' : ` ${say(leak)} held-out rows (${percent(leakShare)}) are also training rows.`),
    evidence: [
      {
        name: 'copies',
        text: 'Rows that equal an earlier row',
        value: copies,
        unit: 'rows',
        range: [0, n],
        better: 'lower',
        test: 'exact comparison of rows',
      },
      {
        name: 'share',
        text: 'Their share',
        value: share,
        unit: 'share',
        range: SHARE,
        better: 'lower',
        test: 'exact comparison of rows',
      },
      {
        name: 'conflicting',
        text: 'Copies with another label than the first',
        value: conflicting,
        unit: 'rows',
        range: [0, n],
        better: 'lower',
        test: 'exact comparison of rows',
      },
      ...(leak === null
        ? []
        : [
            {
              name: 'leaked',
              text: 'Held-out rows that equal a training row',
              value: leak,
              unit: 'rows',
              range: [0, context.heldOut!.raw.n] as const,
              better: 'lower' as const,
              test: 'exact comparison of rows',
            },
          ]),
      ...effect,
    ],
    tables: [],
    changesIf: `Confirmed from ${percent(WORTH)} of copies on (now ${percent(share)}).`,
    recommendation: confirmed
      ? {
          text: 'Keep one row of each kind (and keep copies on one side of a split) before scoring.',
          call: 'const seen = new Set(); const keep = labels.map((_, i) => { const key = Array.from(points[i]).join(); return !seen.has(key) && seen.add(key); });',
        }
      : null,
  };
};
