import type { PositivePairAudit } from '../pair-audit-types.js';
import type { Evidence, Recommendation } from '../types.js';
import type { Context, FindingMaker } from './context.js';
import {
  count,
  countOf,
  FROM_ZERO,
  finding,
  HIGHER,
  LOWER,
  measuredBy,
  percent,
  SHARE,
  say,
  untested,
} from './words.js';

/** Share of anchors with a positive below which the loss learns little, and from which nothing is lost. */
const HALF = 0.5;
const ENOUGH = 0.9;
const MOST_CLASSES = 30;

/** Balanced batches that these classes can fill, of about the size that was used. */
function balancedAdvice({ whole }: Context, batchSize: number): Recommendation {
  const text =
    'Draw balanced batches: P classes with K >= 2 rows each give every anchor K - 1 positives. Classes with fewer rows than K are left out.';
  const large = (samples: number) => whole.counts.filter((size) => size >= samples).length;
  const samples = [4, 3, 2].find((rows) => large(rows) >= 2);
  if (samples === undefined)
    return { text: `${text} Fewer than two classes have two rows: merge classes first.`, call: 'filterCurve(labels)' };
  const classes = Math.max(2, Math.min(large(samples), Math.floor(batchSize / samples)));
  return { text, call: `positivePairAudit(labels, { sampler: 'balanced', classes: ${classes}, samples: ${samples} })` };
}

function expectedEvidence(audit: PositivePairAudit): Evidence[] {
  const closed = measuredBy('positivePairAudit, closed form');
  const { sampler, batchSize, k } = audit;
  return [
    closed(
      'expected',
      `Probability that an anchor has a positive, ${sampler} batches of ${batchSize}`,
      audit.withPositive,
      { ...SHARE, ...HIGHER },
    ),
    closed('positivesPerAnchor', 'Expected positives of an anchor', audit.expectedPositives, {
      ...FROM_ZERO,
      ...HIGHER,
    }),
    closed('validAnchors', 'Expected anchors with a positive in a batch', audit.validAnchorsPerBatch, {
      ...countOf('rows', batchSize),
      ...HIGHER,
    }),
    measuredBy('positivePairAudit, exact')(
      'emptyBatches',
      'Probability that a batch has no positive pair at all',
      audit.emptyBatches.share,
      { ...SHARE, ...LOWER },
    ),
    measuredBy('positivePairAudit')('neverPositive', 'Classes that can never have a positive', audit.neverPositive, {
      ...countOf('classes', k),
      ...LOWER,
    }),
  ];
}

export const positivePairs: FindingMaker = (context) => {
  const record = context.training?.record;
  if (record === undefined) return null;
  const about = {
    id: 'positive-pairs' as const,
    title: 'Positives in a batch',
    hypothesis:
      'Most anchors find no other row of their class in their batch, so that the contrastive loss learns nothing from them.',
  };
  const epochs = record.epochs.flatMap(({ anchors }) => (anchors === null ? [] : [anchors]));
  const valid = epochs.reduce((sum, of) => sum + of.valid, 0);
  const all = epochs.reduce((sum, of) => sum + of.valid + of.skipped, 0);
  const observed = all === 0 ? null : valid / all;
  const audit = context.positivePairs();
  const known = audit === null || 'reason' in audit ? null : audit;
  const share = known?.withPositive ?? observed;
  if (share === null) {
    const reason =
      audit !== null && 'reason' in audit ? audit.reason : 'the sampler is not known and no anchors were counted';
    return untested(about, 'positivePairAudit', reason);
  }
  const batches = epochs.length * record.sampler.batchesPerEpoch;
  const counted = measuredBy('training record');
  const seen: Evidence[] =
    observed === null
      ? []
      : [
          counted('observed', `Share of ${say(all)} anchors that had a positive, as counted in training`, observed, {
            ...SHARE,
            ...HIGHER,
          }),
          counted(
            'observedAnchors',
            `Anchors with a positive in a batch, over ${say(batches)} batches`,
            valid / batches,
            {
              unit: 'rows',
              ...FROM_ZERO,
              ...HIGHER,
            },
          ),
        ];
  const listed = known === null ? [] : [...known.classes].sort((a, b) => b.size - a.size);
  const confirmed = share < HALF;
  return finding(about, confirmed ? 'confirmed' : 'rejected', confirmed ? 'high' : share < ENOUGH ? 'low' : 'info', {
    summary: [
      known === null
        ? ''
        : `With ${known.sampler} batches of ${say(known.batchSize)}, ${percent(known.withPositive)} of anchors are expected to have a positive; ` +
          `${say(known.neverPositive)} of ${count(known.k, 'class', 'classes')} can never have one, and ${percent(known.emptyBatches.share)} of batches have no pair at all.`,
      observed === null ? '' : `Counted in training: ${percent(observed)} of ${say(all)} anchors.`,
    ]
      .filter((text) => text !== '')
      .join(' '),
    evidence: [...(known === null ? [] : expectedEvidence(known)), ...seen],
    tables:
      known === null
        ? []
        : [
            {
              name: 'classes',
              text: 'Expected positives by class, largest first',
              test: 'positivePairAudit, closed form',
              columns: ['label', 'size', 'withPositive', 'expectedPositives'],
              rows: listed
                .slice(0, MOST_CLASSES)
                .map((of) => [of.label, of.size, of.withPositive, of.expectedPositives]),
              omitted: Math.max(0, listed.length - MOST_CLASSES),
            },
          ],
    changesIf: `Confirmed while less than half of the anchors have a positive (now ${percent(share)}).`,
    recommendation: share < ENOUGH ? balancedAdvice(context, known?.batchSize ?? 16) : null,
  });
};
