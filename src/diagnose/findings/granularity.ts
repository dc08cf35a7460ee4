import type { Label } from '../../core/types.js';
import { numberText, percentText, pIs, pText } from '../../core/words.js';
import { clearestGroups } from '../../studies/hierarchy/clearest-groups.js';
import type { GroupingScore, LabelHierarchy } from '../../studies/hierarchy/hierarchy-types.js';
import type { Evidence, Verdict } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { furtherLevel } from './further-tests.js';
import { callOf } from './recommended.js';
import { AGREEMENT, countOf, finding, HIGHER, measuredBy, SIGNED, subsetNote, untested } from './words.js';

/** Support of the labels as they are from which merging is a matter of taste. */
const GOOD = 0.5;

const about = {
  id: 'granularity',
  title: 'Granularity of the labels',
  hypothesis: 'The labels are finer than the data support: fewer, merged labels hold better on held-out rows.',
} as const;

/** At most three groups of labels by name. */
export function sayMerges(merged: ReadonlyArray<readonly Label[]>): string {
  if (merged.some((members) => members.length > 4) || merged.length > 3) {
    return `the labels of ${merged.length === 1 ? 'one group' : `${merged.length} groups`}`;
  }
  return merged.map((members) => `${members.slice(0, -1).join(', ')} and ${members[members.length - 1]}`).join('; ');
}

/** Whether fewer groups, of labels that held-out rows do not tell apart, hold better than the labels as they are. */
function mergesHoldBetter(context: Context, { labels, mergeable, p, alpha }: LabelHierarchy): boolean {
  const gain = mergeable?.gain ?? null;
  return labels.length > 2 && p <= furtherLevel(context) && gain !== null && gain.difference > 0 && gain.p <= alpha;
}

/** Labels that held-out rows do not tell apart, where merging them is advised; none elsewhere. */
export function advisedMerges(context: Context): ReadonlyArray<readonly Label[]> {
  const found = context.hierarchy();
  if ('reason' in found || !mergesHoldBetter(context, found)) return [];
  return found.mergeable!.members.filter((members) => members.length > 1);
}

const make: FindingMaker = (context) => {
  const found = context.hierarchy();
  if ('reason' in found) return untested(about, 'labelHierarchy', found.reason);
  const { scores, best, mergeable, merges, labels, folds, permutations, alpha, leftOut, p, minClassSize } = found;
  const note = subsetNote(found.sample);
  const k = labels.length;
  const asTheyAre = scores.find(({ groups }) => groups === k)!;
  // Only what held-out rows do not tell apart is merged; fewer groups that hold too are a level above, and no error.
  const gain = mergeable?.gain ?? null;
  const confirmed = mergesHoldBetter(context, found);
  const holds = asTheyAre.p <= furtherLevel(context);
  const verdict: Verdict = k === 2 ? 'rejected' : confirmed ? 'confirmed' : holds ? 'rejected' : 'inconclusive';
  const severity = verdict !== 'confirmed' ? 'info' : asTheyAre.support >= GOOD ? 'low' : 'medium';
  const above = !confirmed && best !== null && best.groups < k ? best : null;
  const test = `tree on training folds, scored on held-out folds (${folds} folds, ${permutations} permutations)`;
  const shown = measuredBy(test, note);
  const corrected = measuredBy(`${test}, maximum over the numbers of groups`, note);
  const size = measuredBy('labelHierarchy');
  const topGroups = confirmed ? mergeable!.groups : best === null ? null : holds && k > 2 ? k : best.groups;
  const top = topGroups === null ? null : scores.find(({ groups }) => groups === topGroups)!;
  const clearest = confirmed ? clearestGroups(found) : null;
  const clear = clearest === topGroups ? null : (scores.find(({ groups }) => groups === clearest) ?? null);
  const merged = advisedMerges(context);
  const closest = merges.reduce<(typeof merges)[number] | null>(
    (least, merge) =>
      least === null || merge.toldApart.balancedAccuracy < least.toldApart.balancedAccuracy ? merge : least,
    null,
  );
  const counts = `${numberText(k)} classes of at least ${minClassSize} rows`;
  const rowsOf = (
    { silhouette, balancedAccuracy, support, p: own }: GroupingScore,
    name: string,
    words: string,
  ): Evidence[] => [
    shown(`${name}Silhouette`, `Held-out silhouette of ${words}`, silhouette.mean, {
      ...SIGNED,
      chance: silhouette.chance.mean,
      p: silhouette.p,
    }),
    shown(`${name}BalancedAccuracy`, `Held-out balanced accuracy of ${words}`, balancedAccuracy.mean, {
      unit: 'share',
      ...AGREEMENT,
      chance: balancedAccuracy.chance.mean,
      p: balancedAccuracy.p,
    }),
    corrected(`${name}Support`, `Support of ${words}: mean of the two between chance (0) and perfect (1)`, support, {
      range: [null, 1],
      ...HIGHER,
      chance: 0,
      p: own,
    }),
  ];
  return finding(about, verdict, severity, {
    summary:
      k === 2
        ? `There are two classes of at least ${minClassSize} rows, and no fewer groups than two to compare them with.`
        : top === null
          ? `No number of groups of the ${counts} is better than chance on held-out rows (smallest corrected ${pIs(p)}).`
          : confirmed
            ? `Held-out rows do not tell ${sayMerges(merged)} apart. Of the ${counts}, ${numberText(top.groups)} groups hold better: silhouette ${numberText(top.silhouette.mean)}, balanced accuracy ` +
              `${percentText(top.balancedAccuracy.mean)} (chance ${percentText(top.balancedAccuracy.chance.mean)}, corrected ${pIs(top.p)}), against ${numberText(asTheyAre.silhouette.mean)} and ${percentText(asTheyAre.balancedAccuracy.mean)} (chance ${percentText(asTheyAre.balancedAccuracy.chance.mean)}) for the labels as they are.` +
              (clear === null
                ? ''
                : ` The held-out silhouette is highest for ${numberText(clear.groups)} groups: ${numberText(clear.silhouette.mean)}.`)
            : holds
              ? `The ${counts} hold as they are (corrected ${pIs(asTheyAre.p)}): held-out rows tell even the two that are most alike apart in ${percentText(closest!.toldApart.balancedAccuracy)} of cases (chance 50%)` +
                (above === null
                  ? '.'
                  : `; ${numberText(above.groups)} larger groups of them hold too, as a level above.`)
              : `${numberText(top.groups)} groups of the ${counts} are better than chance on held-out rows (corrected ${pIs(top.p)}), and the labels as they are are not.`,
    evidence: [
      size('classesCompared', 'Classes that take part', k, countOf('classes', null, 2)),
      size('classesLeftOut', `Classes with fewer than ${minClassSize} rows`, leftOut.length, countOf('classes', null)),
      corrected('bestGroups', 'Number of groups that holds best and merges only what is not told apart', topGroups, {
        ...(topGroups === null ? { reason: 'no number of groups is better than chance' } : {}),
        ...countOf('groups', k, 2),
        p: top === null ? p : top.p,
      }),
      ...(closest === null
        ? []
        : [
            measuredBy('nearest centre and nearest row on held-out rows', note)(
              'leastToldApart',
              'Balanced accuracy between the two sides of the merge that is told apart least',
              closest.toldApart.balancedAccuracy,
              { unit: 'share', ...AGREEMENT, chance: 0.5, p: closest.toldApart.p },
            ),
          ]),
      ...(above === null
        ? []
        : [
            shown('levelAbove', 'Larger groups that hold too', above.groups, {
              ...countOf('groups', k, 2),
              p: above.p,
            }),
          ]),
      ...(clear === null ? [] : rowsOf(clear, 'clearest', `${clear.groups} groups, the highest silhouette`)),
      ...(top === null || top.groups === k ? [] : rowsOf(top, 'best', `${top.groups} groups`)),
      ...rowsOf(asTheyAre, 'unmerged', 'the labels as they are'),
      ...(gain === null
        ? []
        : [
            measuredBy(`corrected resampled t over ${folds} folds (Nadeau and Bengio 2003), one-sided`, note)(
              'gain',
              'Support gained over the labels as they are',
              gain.difference,
              { range: [null, null], ...HIGHER, chance: 0, p: gain.p },
            ),
          ]),
    ],
    tables: [
      {
        name: 'groups',
        text: 'Held-out scores by number of groups',
        test,
        columns: ['groups', 'silhouette', 'silhouetteChance', 'balancedAccuracy', 'accuracyChance', 'support', 'p'],
        rows: scores.map((s) => [
          s.groups,
          s.silhouette.mean,
          s.silhouette.chance.mean,
          s.balancedAccuracy.mean,
          s.balancedAccuracy.chance.mean,
          s.support,
          s.p,
        ]),
        omitted: 0,
      },
      {
        name: 'merged',
        text: 'Labels of each group',
        test: "Ward's tree of the class means over all rows",
        columns: ['group', 'labels'],
        rows: confirmed ? mergeable!.members.map((members, g) => [g + 1, members.join(', ')]) : [],
        omitted: 0,
      },
    ],
    changesIf:
      `Confirmed when fewer groups, of labels that held-out rows tell apart in fewer than 75% of cases, have a corrected p <= ${alpha} and gain support over the labels as they are with p <= ${alpha}` +
      `${gain === null ? '' : ` (now ${pText(gain.p)})`}; rejected when the labels as they are are better than chance and nothing is to be merged.`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: `Give one label to ${sayMerges(merged)} in the data, and judge the ${numberText(mergeable!.groups)} groups on rows that did not choose them.`,
            call: `${callOf(context, 'labelHierarchy', {
              minClassSize,
              folds,
              permutations,
              sampleSize: context.hierarchyRows,
              alpha: alpha === 0.05 ? undefined : alpha,
            })}.mergeable?.members`,
          }
        : null,
  });
};

export const granularity: FindingModule = { ...about, make };
