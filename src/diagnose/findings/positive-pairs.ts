import type { Evidence, Severity, Verdict } from '../types.js';
import type { FindingMaker } from './context.js';
import { percent, SHARE, say, untested } from './words.js';

export const positivePairs: FindingMaker = (context) => {
  const { training } = context;
  if (training?.record === undefined) return null;
  const about = {
    id: 'positive-pairs' as const,
    title: 'Positives in a batch',
    hypothesis:
      'Most anchors find no other row of their class in their batch, so that the contrastive loss learns nothing from them.',
  };
  const epochs = training.record.epochs.flatMap(({ anchors }) => (anchors === null ? [] : [anchors]));
  const valid = epochs.reduce((sum, of) => sum + of.valid, 0);
  const all = epochs.reduce((sum, of) => sum + of.valid + of.skipped, 0);
  const observed = all === 0 ? null : valid / all;
  const seen: Evidence[] =
    observed === null
      ? []
      : [
          {
            name: 'observed',
            text: `Share of ${say(all)} anchors that had a positive, as counted in training`,
            value: observed,
            unit: 'share',
            range: SHARE,
            better: 'higher',
            test: 'training record',
          },
        ];
  const audit = context.positivePairs();
  const known = audit === null || 'reason' in audit ? null : audit;
  const share = known?.withPositive ?? observed;
  if (share === null) {
    const reason =
      audit !== null && 'reason' in audit ? audit.reason : 'the sampler is not known and no anchors were counted';
    return untested(about, 'positivePairAudit', reason);
  }
  const verdict: Verdict = share < 0.5 ? 'confirmed' : 'rejected';
  const severity: Severity = share < 0.5 ? 'high' : share < 0.9 ? 'low' : 'info';
  const expected: Evidence[] =
    known === null
      ? []
      : [
          {
            name: 'expected',
            text: `Probability that an anchor has a positive, ${known.sampler} batches of ${known.batchSize}`,
            value: known.withPositive,
            unit: 'share',
            range: SHARE,
            better: 'higher',
            test: 'positivePairAudit, closed form',
          },
          {
            name: 'positivesPerAnchor',
            text: 'Expected positives of an anchor',
            value: known.expectedPositives,
            range: [0, null],
            better: 'higher',
            test: 'positivePairAudit, closed form',
          },
          {
            name: 'validAnchors',
            text: 'Expected anchors with a positive in a batch',
            value: known.validAnchorsPerBatch,
            unit: 'rows',
            range: [0, known.batchSize],
            better: 'higher',
            test: 'positivePairAudit, closed form',
          },
          {
            name: 'emptyBatches',
            text: 'Probability that a batch has no positive pair at all',
            value: known.emptyBatches.share,
            unit: 'share',
            range: SHARE,
            better: 'lower',
            test: 'positivePairAudit, exact',
          },
          {
            name: 'neverPositive',
            text: 'Classes that can never have a positive',
            value: known.neverPositive,
            unit: 'classes',
            range: [0, known.k],
            better: 'lower',
            test: 'positivePairAudit',
          },
        ];
  const listed = known === null ? [] : [...known.classes].sort((a, b) => b.size - a.size);
  return {
    ...about,
    verdict,
    severity,
    summary:
      (known === null
        ? ''
        : `With ${known.sampler} batches of ${say(known.batchSize)}, ${percent(known.withPositive)} of anchors have a positive; ` +
          `${say(known.neverPositive)} of ${say(known.k)} classes never have one.`) +
      (observed === null ? '' : ` Counted in training: ${percent(observed)}.`),
    evidence: [...expected, ...seen],
    tables:
      known === null
        ? []
        : [
            {
              name: 'classes',
              text: 'Positives by class, largest first',
              test: 'positivePairAudit, closed form',
              columns: ['label', 'size', 'withPositive', 'expectedPositives'],
              rows: listed.slice(0, 30).map((of) => [of.label, of.size, of.withPositive, of.expectedPositives]),
              omitted: Math.max(0, listed.length - 30),
            },
          ],
    changesIf: `Confirmed while less than half of the anchors have a positive (now ${percent(share)}).`,
    recommendation:
      share < 0.9
        ? {
            text: 'Draw balanced batches: P classes with K >= 2 rows each give every anchor K - 1 positives. Classes with fewer rows than K are left out.',
            call: "positivePairAudit(labels, { sampler: 'balanced', classes: 4, samples: 4 })",
          }
        : null,
  };
};
