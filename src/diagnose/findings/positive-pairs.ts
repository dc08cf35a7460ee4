import type { ClassPositiveCounts, TrainingRecord } from '../../core/training-record.js';
import { countText, numberText, percentText, pIs } from '../../core/words.js';
import { benjaminiHochberg } from '../../statistics/false-discovery.js';
import type { PositivePairAudit } from '../../studies/positives/pair-audit-types.js';
import type { Evidence, EvidenceTable, Recommendation } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { countOf, FROM_ZERO, finding, HIGHER, LOWER, measuredBy, SHARE, untested } from './words.js';

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

/** How what was counted agrees with what the sampler gives; null when nothing was counted by class. */
function agreementOf({ sampler, observed, classes, expectedPositives }: PositivePairAudit, alpha: number) {
  if (observed === null) return null;
  const q = benjaminiHochberg(classes.map((of) => of.observed!.p));
  // The whole and the classes are each tested at half the level.
  const off = q.filter((value) => value <= alpha / 2).length;
  const agrees = observed.p > alpha / 2 && off === 0;
  const test = sampler === 'shuffled' ? 'pairs in shuffled batches, closed-form mean and variance' : 'exact comparison';
  const over = `over ${countText(observed.epochs, 'epoch')}`;
  return {
    q,
    text: agrees
      ? `Class by class, the counts ${over} agree with the expectation (${pIs(observed.p)} over all classes).`
      : `The counts ${over} do not agree with the expectation (${pIs(observed.p)} over all classes; ${countText(off, 'class', 'classes')} off alone): ` +
        'check that these labels and this sampler are those of the training.',
    evidence: [
      measuredBy(test)('observedPositives', 'Positives of an anchor, as counted in training', observed.positives, {
        ...FROM_ZERO,
        chance: expectedPositives,
        p: observed.p,
      }),
      measuredBy(`${test}, Benjamini-Hochberg`)(
        'classesOffExpectation',
        `Classes whose counts do not agree with the expectation, at a false-discovery rate of ${alpha / 2}`,
        off,
        { ...countOf('classes', classes.length), ...LOWER },
      ),
    ],
  };
}

/** Expected beside counted positives of each class. */
function classTable({ classes, observed }: PositivePairAudit, q: readonly number[] | undefined): EvidenceTable {
  const listed = classes.map((of, c) => ({ ...of, q: q?.[c] ?? null })).sort((a, b) => b.size - a.size);
  const seen = observed !== null;
  return {
    name: 'classes',
    text: `Expected ${seen ? 'and counted ' : ''}positives by class, largest first`,
    test: seen ? 'positivePairAudit, closed form and training record' : 'positivePairAudit, closed form',
    columns: [
      'label',
      'size',
      'withPositive',
      'expectedPositives',
      ...(seen ? ['countedAnchors', 'countedWithPositive', 'countedPositives', 'p', 'q'] : []),
    ],
    rows: listed
      .slice(0, MOST_CLASSES)
      .map(({ label, size, withPositive, expectedPositives, observed: own, q }) => [
        label,
        size,
        withPositive,
        expectedPositives,
        ...(own === null ? [] : [own.anchors, own.withPositive, own.positives, own.p, q]),
      ]),
    omitted: Math.max(0, listed.length - MOST_CLASSES),
  };
}

/** Counted positives of each class, where it is not known what to expect. */
function countedTable({ positives }: TrainingRecord): EvidenceTable | null {
  if (positives == null || positives.length === 0) return null;
  const per = (value: number, { anchors }: ClassPositiveCounts) => (anchors === 0 ? null : value / anchors);
  const listed = [...positives].sort((a, b) => b.anchors - a.anchors);
  return {
    name: 'classes',
    text: 'Counted positives by class, most anchors first',
    test: 'training record',
    columns: ['label', 'countedAnchors', 'countedWithPositive', 'countedPositives'],
    rows: listed
      .slice(0, MOST_CLASSES)
      .map((of) => [of.label, of.anchors, per(of.withPositive, of), per(of.positives, of)]),
    omitted: Math.max(0, listed.length - MOST_CLASSES),
  };
}

const about = {
  id: 'positive-pairs',
  title: 'Positives in a batch',
  hypothesis:
    'Most anchors find no other row of their class in their batch, so that the contrastive loss learns nothing from them.',
} as const;

const make: FindingMaker = (context) => {
  const record = context.training?.record;
  if (record === undefined) return null;
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
          counted(
            'observed',
            `Share of ${numberText(all)} anchors that had a positive, as counted in training`,
            observed,
            {
              ...SHARE,
              ...HIGHER,
            },
          ),
          counted(
            'observedAnchors',
            `Anchors with a positive in a batch, over ${numberText(batches)} batches`,
            valid / batches,
            {
              unit: 'rows',
              ...FROM_ZERO,
              ...HIGHER,
            },
          ),
        ];
  const { alpha } = context;
  const agreement = known === null ? null : agreementOf(known, alpha);
  const confirmed = share < HALF;
  return finding(about, confirmed ? 'confirmed' : 'rejected', confirmed ? 'high' : share < ENOUGH ? 'low' : 'info', {
    summary: [
      known === null
        ? ''
        : `With ${known.sampler} batches of ${numberText(known.batchSize)}, ${percentText(known.withPositive)} of anchors are expected to have a positive; ` +
          `${numberText(known.neverPositive)} of ${countText(known.k, 'class', 'classes')} can never have one, and ${percentText(known.emptyBatches.share)} of batches have no pair at all.`,
      observed === null ? '' : `Counted in training: ${percentText(observed)} of ${numberText(all)} anchors.`,
      agreement?.text ?? '',
      audit !== null && 'reason' in audit ? `No expectation: ${audit.reason}.` : '',
    ]
      .filter((text) => text !== '')
      .join(' '),
    evidence: [...(known === null ? [] : expectedEvidence(known)), ...seen, ...(agreement?.evidence ?? [])],
    tables: [known === null ? countedTable(record) : classTable(known, agreement?.q)].filter((table) => table !== null),
    changesIf: `Confirmed while less than half of the anchors have a positive (now ${percentText(share)}).`,
    recommendation: share < ENOUGH ? balancedAdvice(context, known?.batchSize ?? 16) : null,
  });
};

export const positivePairs: FindingModule = { ...about, make };
