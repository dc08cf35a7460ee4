import { numberText, percentText, pText } from '../../core/words.js';
import type { ClusterShapeResult } from '../../studies/shape/shape-types.js';
import type { Evidence } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { advisedMerges, sayMerges } from './granularity.js';
import { callOf } from './recommended.js';
import { AGREEMENT, finding, HIGHER, measuredBy, SIGNED, subsetNote, untested } from './words.js';

const about = {
  id: 'shape',
  title: 'Shape of the clusters',
  hypothesis: 'The clusters are no balls, so that the silhouette is the wrong index for them.',
} as const;
const TEST = 'clusterShape';

function summaryOf({ shape, given, compact, centred, neighbors, interval }: ClusterShapeResult): string {
  const near = `the nearest ${neighbors} rows have the same label in ${percentText(given.agreement)} (chance ${percentText(given.chance)})`;
  const rather = `The silhouette would rather have other, compact groups of these rows (${numberText(compact.silhouette)}) than these labels (${numberText(given.silhouette)})`;
  if (shape === 'other') {
    return `The silhouette is the wrong index here: it is ${numberText(given.silhouette)}, since the clusters are no balls, but ${near}. ${rather}, and the nearest class medoid gives ${percentText(centred)} of rows their label.`;
  }
  if (shape === 'unclear') {
    const doubt =
      interval.low < 0.5
        ? `${near}, too little to trust the labels more`
        : `neighbours do not prefer the labels either (${percentText(given.agreement)}, and ${percentText(compact.agreement)} of the compact groups)`;
    return `The silhouette is no worse a judge than neighbours are. ${rather}, and ${doubt}.`;
  }
  return `The silhouette suits these clusters: as many compact groups of the same rows have ${numberText(compact.silhouette)}, and these labels ${numberText(given.silhouette)}.`;
}

/** Another metric that shows the groups: then the shape in this one is no cause but a consequence. */
function betterMetric(context: Context): string | null {
  if (context.square) return null;
  const found = context.metricChoice();
  return 'reason' in found || found.choice === null || found.choice.standardize ? null : found.choice.metric;
}

/** The silhouette beside what clusters of the same sizes cannot pass. */
function ceilingEvidence(context: Context): Evidence[] {
  const found = context.ceiling();
  if ('reason' in found) return [];
  const { ceiling, silhouette, reached, rows } = found;
  const note = subsetNote(rows < context.data.n ? { rows, of: context.data.n } : undefined);
  const bound = measuredBy('silhouetteCeiling for clusters of the same sizes (arXiv 2509.08625)', note);
  return [
    bound('silhouetteCeiling', 'Mean silhouette that no clustering into clusters of these sizes can pass', ceiling, {
      range: [0, 1],
    }),
    ...(reached === null
      ? []
      : [
          bound('ceilingReached', `Share of it that the labels reach (${numberText(silhouette)})`, reached, {
            range: [null, 1],
            ...HIGHER,
          }),
        ]),
  ];
}

const lowerFirst = (text: string) => `${text[0]!.toLowerCase()}${text.slice(1)}`;

/** Evidence that is there where the shape shows only once labels are merged. */
export const MERGED = 'mergedLabels';

/**
 * One group under two labels has neighbours that do not agree, so that these say nothing of its shape: with the labels
 * merged that held-out rows do not tell apart, they do. null: nothing to merge, or no other shape then.
 */
function onceMerged(context: Context) {
  const merges = advisedMerges(context);
  if (merges.length === 0) return null;
  const into = new Map(merges.flatMap(([first, ...others]) => others.map((label) => [label, first!] as const)));
  const { raw } = context;
  const relabel = Array.from(raw.labels, (c) => into.get(raw.classes[c]!) ?? raw.classes[c]!);
  const after = context.rerun({ relabel, words: '' });
  const found = after.shape();
  return 'reason' in found || found.shape !== 'other'
    ? null
    : { context: after, found, words: sayMerges(merges), into };
}

const make: FindingMaker = (given) => {
  const asGiven = given.shape();
  if ('reason' in asGiven) return untested(about, TEST, asGiven.reason);
  const merged = asGiven.shape === 'other' ? null : onceMerged(given);
  const { context, found } = merged ?? { context: given, found: asGiven };
  const { shape, given: labels, compact, centred, interval, p, density, margin, neighbors } = found;
  const note = subsetNote(found.sample);
  const metric = shape === 'other' ? betterMetric(context) : null;
  const confirmed = shape === 'other' && metric === null;
  const width = measuredBy('silhouette', note);
  const near = measuredBy(`share of the nearest ${neighbors} rows`, note);
  const paired = measuredBy(`${TEST}: normal test of the adjusted agreements, paired over rows`, note);
  const densities =
    'reason' in density
      ? []
      : ([
          ['densityGiven', 'Density-based validity of the labels', density.given],
          ['densityCompact', 'Density-based validity of as many compact groups', density.compact],
        ] as const);
  return finding(about, confirmed ? 'confirmed' : 'rejected', confirmed ? 'low' : 'info', {
    summary:
      metric === null
        ? merged === null
          ? summaryOf(found)
          : `Once ${merged.words} are one label, the clusters are no balls: ${lowerFirst(summaryOf(found))}`
        : `The silhouette is low for what neighbours say (${numberText(labels.silhouette)}, and ${percentText(labels.agreement)} of the nearest ${neighbors} rows agree), which is a question of the metric before it is one of shape: ${metric} shows the groups better (see metric-choice).`,
    evidence: [
      ...(merged === null
        ? []
        : [measuredBy('labelHierarchy')(MERGED, 'Labels that were merged into others', merged.into.size)]),
      width('silhouette', 'Mean silhouette of the labels', labels.silhouette, SIGNED),
      width(
        'silhouetteCompact',
        'Mean silhouette of as many compact groups of the same rows',
        compact.silhouette,
        SIGNED,
      ),
      near('agreement', 'Nearest rows that have the same label', labels.agreement, {
        ...AGREEMENT,
        unit: 'share',
        chance: labels.chance,
      }),
      near('agreementCompact', 'Nearest rows in the same compact group', compact.agreement, {
        ...AGREEMENT,
        unit: 'share',
        chance: compact.chance,
      }),
      measuredBy('nearest medoid of the classes', note)(
        'centred',
        'Rows that are nearest to the medoid of their own class',
        centred,
        { ...AGREEMENT, unit: 'share', chance: labels.chance },
      ),
      paired('agreementAdjusted', 'Agreement of the labels between chance (0) and perfect (1)', labels.adjusted, {
        range: [null, 1],
        ...HIGHER,
        chance: 0,
        p,
        interval,
      }),
      ...ceilingEvidence(context),
      ...densities.map(([name, text, value]) =>
        measuredBy('dbcv, of at most 500 rows', note)(name, text, value, SIGNED),
      ),
    ],
    changesIf:
      `Confirmed when the silhouette is below 0.5 and prefers compact groups by ${margin} or more (now ${numberText(compact.silhouette - labels.silhouette)}), ` +
      `while neighbours prefer the labels to these or to the nearest class medoid (p at most ${context.alpha}, now ${pText(p)}) and agree to more than half beyond chance (now at least ${numberText(interval.low)}), and no other metric shows the groups better.`,
    recommendation: confirmed
      ? {
          text: 'Judge these clusters by neighbour agreement or a density-based index, and do not choose a clustering of such data by its silhouette.',
          // dbcv takes columns and labels as they are.
          ...(context.standardized || merged !== null
            ? {}
            : { call: callOf(context, context.square ? 'neighborAgreement' : 'dbcv', { seed: undefined }) }),
        }
      : null,
  });
};

export const shape: FindingModule = { ...about, make };
