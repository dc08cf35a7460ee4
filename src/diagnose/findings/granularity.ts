import { numberText, percentText, pText } from '../../core/words.js';
import type { GroupingScore } from '../../studies/hierarchy/hierarchy-types.js';
import type { Evidence, Verdict } from '../types.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf, commandOf } from './recommended.js';
import { AGREEMENT, countOf, finding, HIGHER, measuredBy, SIGNED, subsetNote, untested } from './words.js';

/** Support of the labels as they are from which merging is a matter of taste. */
const GOOD = 0.5;

const about = {
  id: 'granularity',
  title: 'Granularity of the labels',
  hypothesis: 'The labels are finer than the data support: fewer, merged labels hold better on held-out rows.',
} as const;

const make: FindingMaker = (context) => {
  const found = context.hierarchy();
  if ('reason' in found) return untested(about, 'labelHierarchy', found.reason);
  const { scores, best, gain, labels, folds, permutations, alpha, leftOut, p, minClassSize } = found;
  const note = subsetNote(found.sample);
  const k = labels.length;
  const asTheyAre = scores.find(({ groups }) => groups === k)!;
  const merged = best !== null && best.groups < k;
  const clear = gain !== null && gain.difference > 0 && gain.p <= alpha;
  const verdict: Verdict =
    k === 2
      ? 'rejected'
      : merged && clear
        ? 'confirmed'
        : best !== null && best.groups === k
          ? 'rejected'
          : 'inconclusive';
  const severity = verdict !== 'confirmed' ? 'info' : asTheyAre.support >= GOOD ? 'low' : 'medium';
  const test = `tree on training folds, scored on held-out folds (${folds} folds, ${permutations} permutations)`;
  const shown = measuredBy(test, note);
  const corrected = measuredBy(`${test}, maximum over the numbers of groups`, note);
  const size = measuredBy('labelHierarchy');
  const top = best === null ? null : scores.find(({ groups }) => groups === best.groups)!;
  const supported = best === null ? [] : [best.groups, ...best.alsoSupported].sort((a, b) => a - b);
  const others = supported.length > 1 ? ` (${supported.join(', ')} are within one standard error)` : '';
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
          ? `No number of groups of the ${counts} is better than chance on held-out rows (smallest corrected p = ${pText(p)}).`
          : `Of the ${counts}, ${numberText(top.groups)} groups hold best on held-out rows${others}: silhouette ${numberText(top.silhouette.mean)}, balanced accuracy ` +
            `${percentText(top.balancedAccuracy.mean)} (chance ${percentText(top.balancedAccuracy.chance.mean)}, corrected p = ${pText(top.p)})` +
            (top.groups === k
              ? '.'
              : `, against ${numberText(asTheyAre.silhouette.mean)} and ${percentText(asTheyAre.balancedAccuracy.mean)} (chance ${percentText(asTheyAre.balancedAccuracy.chance.mean)}) for the labels as they are.`),
    evidence: [
      size('classesCompared', 'Classes that take part', k, countOf('classes', null, 2)),
      size('classesLeftOut', `Classes with fewer than ${minClassSize} rows`, leftOut.length, countOf('classes', null)),
      corrected('bestGroups', 'Number of groups with the best held-out support', best === null ? null : best.groups, {
        ...(best === null ? { reason: 'no number of groups is better than chance' } : {}),
        ...countOf('groups', k, 2),
        p,
      }),
      ...(supported.length > 1
        ? [shown('alsoSupported', 'Numbers of groups within one standard error of the best', supported.join(', '))]
        : []),
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
        rows: merged ? best.members.map((members, g) => [g + 1, members.join(', ')]) : [],
        omitted: 0,
      },
    ],
    changesIf:
      `Confirmed when fewer groups have a corrected p <= ${alpha} and gain support over the labels as they are with p <= ${alpha}` +
      `${gain === null ? '' : ` (now ${pText(gain.p)})`}; rejected when the labels as they are have the best support.`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: `Merge the labels into ${supported.length > 1 ? `${supported[0]} to ${supported[supported.length - 1]}` : supported[0]} groups (see the table), and judge them on rows that did not choose them.`,
            call: `${callOf(context, 'labelHierarchy', {
              minClassSize,
              folds,
              permutations,
              sampleSize: context.hierarchyRows,
              alpha: alpha === 0.05 ? undefined : alpha,
            })}.best.members`,
            command: `${commandOf(context, 'clusterlens diagnose DATA')} --json`,
          }
        : null,
  });
};

export const granularity: FindingModule = { ...about, make };
