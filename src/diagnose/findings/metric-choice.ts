import { numberText, percentText, pIs } from '../../core/words.js';
import type { MetricCandidate, MetricChoiceResult } from '../../studies/metric-choice/metric-choice-types.js';
import type { FindingMaker, FindingModule } from './context.js';
import { commandOf, diagnoseCall } from './recommended.js';
import { AGREEMENT, countOf, finding, HIGHER, measuredBy, SIGNED, subsetNote, untested } from './words.js';

const about = {
  id: 'metric-choice',
  title: 'Choice of the metric',
  hypothesis: 'Another metric shows groups that this one hides.',
} as const;
const TEST = 'metricChoice';

const REASONABLE = 0.5;

const nameOf = ({ metric, standardize }: Pick<MetricCandidate, 'metric' | 'standardize'>) =>
  standardize ? `${metric} on standardised columns` : metric;

const WHAT: Readonly<Record<string, string>> = {
  cosine: 'the direction of a row carries the labels, its length does not',
  correlation: 'the profile of a row carries the labels, its level and its amplitude do not',
  manhattan: 'single columns with large differences rule the distances less',
  euclidean: 'the lengths of rows carry the labels too',
};

function summaryOf({ choice, current, candidates, metric }: MetricChoiceResult): string {
  const numbers = (view: { agreement: number; silhouette: number }) =>
    `${percentText(view.agreement)} of rows have a nearest row with the same label and the silhouette is ${numberText(view.silhouette)}`;
  if (choice === null) {
    const [best] = candidates;
    const names = candidates.map(nameOf).join(', ');
    return best === undefined
      ? `No other metric was tried beside ${metric}: the columns allow none.`
      : `No metric shows the groups better than ${metric} does (tried: ${names}).`;
  }
  if (choice.standardize) {
    return `Standardised columns show the groups better than ${metric} on columns as given, which is a question of scale (see scale), and no other metric does better than they do.`;
  }
  return `With ${choice.metric}, ${numbers(choice)}; with ${metric}, ${numbers(current)}: ${WHAT[choice.metric] ?? 'it shows the groups better'}.`;
}

const make: FindingMaker = (context) => {
  if (context.square) return untested(about, TEST, 'distances were given in place of coordinates');
  const found = context.metricChoice();
  if ('reason' in found) return untested(about, TEST, found.reason);
  const { choice, current, candidates, chance, margins, metric, alpha } = found;
  const note = subsetNote(found.sample);
  const other = choice !== null && !choice.standardize ? choice : null;
  const agreement = measuredBy(
    `${TEST}: neighbour agreement; sign test over rows, Bonferroni over ${candidates.length}`,
    note,
  );
  const width = measuredBy(
    `${TEST}: silhouette; normal test, paired over rows, Bonferroni over ${candidates.length}`,
    note,
  );
  const beside = { ...AGREEMENT, unit: 'share', chance } as const;
  // From no reasonable structure to one (Kaufman and Rousseeuw 1990, table 4): scores are not comparable then.
  const severe = other !== null && current.silhouette < REASONABLE && other.silhouette >= REASONABLE;
  return finding(
    about,
    other === null ? 'rejected' : 'confirmed',
    other === null ? 'info' : severe ? 'medium' : 'low',
    {
      summary: summaryOf(found),
      evidence: [
        agreement('agreement', `Nearest row has the same label, ${metric}`, current.agreement, beside),
        width('silhouette', `Mean silhouette, ${metric}`, current.silhouette, SIGNED),
        ...(other === null
          ? []
          : [
              agreement('agreementOther', `Nearest row has the same label, ${nameOf(other)}`, other.agreement, {
                ...beside,
                p: other.p,
              }),
              width(
                'silhouetteOther',
                `Mean silhouette, ${nameOf(other)}; of square roots of distances where these are squares`,
                other.silhouette,
                {
                  ...SIGNED,
                  p: other.silhouetteP,
                },
              ),
            ]),
        measuredBy(TEST, note)(
          'betterMetrics',
          'Metrics that show the groups better than the one in use',
          candidates.filter(({ better }) => better).length,
          { ...countOf('metrics', candidates.length), ...HIGHER },
        ),
      ],
      tables: [
        {
          name: 'metrics',
          text: 'Metrics that were tried, best first: neighbour agreement and silhouette, rows gained and lost, p of both',
          test: TEST,
          columns: ['metric', 'agreement', 'silhouette', 'gained', 'lost', 'p', 'silhouetteP'],
          rows: candidates.map((one) => [
            nameOf(one),
            one.agreement,
            one.silhouette,
            one.gained,
            one.lost,
            one.p,
            one.silhouetteP,
          ]),
          omitted: 0,
          ...note,
        },
      ],
      changesIf:
        `Confirmed when a metric has a higher silhouette and an adjusted agreement that is higher by ${margins.agreement} or more, both at p <= ${alpha}` +
        `${candidates[0] === undefined ? '' : ` (now ${numberText(candidates[0].adjusted - current.adjusted)} at best, ${pIs(candidates[0].p)})`}, or lifts the silhouette by ${margins.silhouette} from below 0.5 to 0.5 or more while neighbours agree no less. Where standardised columns do nearly as well, scale says so instead.`,
      recommendation:
        other === null
          ? null
          : {
              text: `Measure with ${other.metric}, for scores and for clustering alike.`,
              call: diagnoseCall(context, { metric: other.metric }),
              command: `${commandOf({ ...context, metric: other.metric as never }, 'clusterlens diagnose DATA')}`,
            },
      remedy:
        other === null
          ? undefined
          : { metric: other.metric as never, words: `once distances are measured with ${other.metric}` },
    },
  );
};

export const metricChoice: FindingModule = { ...about, make };
