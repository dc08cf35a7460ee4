import { countText, numberText, percentText } from '../../core/words.js';
import type { FindingMaker, FindingModule } from './context.js';
import { commandOf } from './recommended.js';
import { countOf, finding, LOWER, measuredBy, SHARE } from './words.js';

/** Above this share of rows the rule for singletons moves a mean score noticeably. */
const NOTICEABLE = 0.1;

const about = {
  id: 'singleton-classes',
  title: 'Classes of one row',
  hypothesis: 'Some classes have a single row, about which no clustering score can say anything.',
} as const;

const make: FindingMaker = (context) => {
  const { n, k, singletons } = context.balance;
  const confirmed = singletons > 0;
  const found = context.significance();
  const clusters = 'reason' in found ? [] : found.clusters;
  const alone = clusters.filter(({ size }) => size === 1).length;
  const rows = clusters.reduce((sum, { size }) => sum + size, 0);
  const shown = measuredBy('classBalance');
  return finding(
    about,
    confirmed ? 'confirmed' : 'rejected',
    !confirmed ? 'info' : singletons / n > NOTICEABLE ? 'medium' : 'low',
    {
      summary: confirmed
        ? `${numberText(singletons)} of ${countText(k, 'class', 'classes')} ${singletons === 1 ? 'has' : 'have'} one row: ${percentText(singletons / n)} of all rows. ` +
          'The silhouette of such a row is 0 by convention.'
        : k === 1
          ? 'The only class has two rows or more.'
          : `All ${numberText(k)} classes have two rows or more.`,
      evidence: [
        shown('singletons', 'Classes of one row', singletons, { ...countOf('classes', k), ...LOWER }),
        shown('shareOfClasses', 'Their share of the classes', singletons / k, SHARE),
        shown('shareOfRows', 'Their share of the rows', singletons / n, SHARE),
        ...(alone === 0
          ? []
          : [
              measuredBy('silhouette, option singletons')(
                'silhouetteSpan',
                'What the mean silhouette differs by between conventions (singletons score 0 or 1)',
                alone / rows,
                { range: [0, 1] },
              ),
            ]),
      ],
      changesIf: 'Rejected once every class has two rows or more.',
      recommendation: confirmed
        ? {
            text: 'Leave them out of scores, or merge them into larger classes; say which was done.',
            call: 'filterByClassSize(labels, { min: 2 })',
            command: commandOf(context, 'clusterlens diagnose DATA --min-class-size 2'),
          }
        : null,
    },
  );
};

export const singletonClasses: FindingModule = { ...about, make };
