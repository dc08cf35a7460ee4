import type { FindingMaker } from './context.js';
import { percent, SHARE, say } from './words.js';

/** Above this share of rows the rule for singletons moves a mean score noticeably. */
const NOTICEABLE = 0.1;

export const singletonClasses: FindingMaker = (context) => {
  const { balance } = context;
  const { n, k, singletons } = balance;
  const confirmed = singletons > 0;
  const found = context.significance();
  const score = 'reason' in found ? null : found.silhouette.observed;
  const sample = 'reason' in found ? undefined : found;
  const alone = sample === undefined ? 0 : sample.clusters.filter(({ size }) => size === 1).length;
  const spread = sample === undefined || alone === 0 || alone === sample.n ? null : alone / sample.n;
  return {
    id: 'singleton-classes',
    title: 'Classes of one row',
    hypothesis: 'Some classes have a single row, about which no clustering score can say anything.',
    verdict: confirmed ? 'confirmed' : 'rejected',
    severity: !confirmed ? 'info' : singletons / n > NOTICEABLE ? 'medium' : 'low',
    summary: confirmed
      ? `${say(singletons)} of ${say(k)} classes have one row: ${percent(singletons / n)} of all rows. Their silhouette is 0 by convention.`
      : `All ${say(k)} classes have two rows or more.`,
    evidence: [
      {
        name: 'singletons',
        text: 'Classes of one row',
        value: singletons,
        unit: 'classes',
        range: [0, k],
        better: 'lower',
        test: 'classBalance',
      },
      {
        name: 'shareOfClasses',
        text: 'Their share of the classes',
        value: singletons / k,
        unit: 'share',
        range: SHARE,
        test: 'classBalance',
      },
      {
        name: 'shareOfRows',
        text: 'Their share of the rows',
        value: singletons / n,
        unit: 'share',
        range: SHARE,
        test: 'classBalance',
      },
      ...(score === null || spread === null
        ? []
        : [
            {
              name: 'silhouetteSpan',
              text: 'What the mean silhouette can differ by between conventions (singletons score 0 or 1)',
              value: spread,
              range: SHARE,
              test: 'silhouette, option singletons',
              ...context.note,
            },
          ]),
    ],
    tables: [],
    changesIf: 'Rejected once every class has two rows or more.',
    recommendation: confirmed
      ? {
          text: 'Leave them out of scores, or merge them into larger classes; say which was done.',
          call: 'filterByClassSize(labels, { min: 2 })',
          command: 'clusterlens diagnose DATA --min-class-size 2',
        }
      : null,
  };
};
