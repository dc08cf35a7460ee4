import type { GroupingScore } from '../hierarchy-types.js';
import type { Evidence, Verdict } from '../types.js';
import type { FindingMaker } from './context.js';
import { callOptions, commandOptions, percent, SHARE, SIGNED, say, untested } from './words.js';

/** Support of the labels as they are from which merging is a matter of taste. */
const GOOD = 0.5;
/** Standard errors over folds by which merged labels must be better. */
const ERRORS = 2;

function rowsOf(score: GroupingScore, name: string, words: string, test: string): Evidence[] {
  const { silhouette, balancedAccuracy, support, p } = score;
  return [
    {
      name: `${name}Silhouette`,
      text: `Held-out silhouette of ${words}`,
      value: silhouette.mean,
      range: SIGNED,
      better: 'higher',
      chance: silhouette.chance.mean,
      p: silhouette.p,
      test,
    },
    {
      name: `${name}BalancedAccuracy`,
      text: `Held-out balanced accuracy of ${words}`,
      value: balancedAccuracy.mean,
      unit: 'share',
      range: SHARE,
      better: 'higher',
      chance: balancedAccuracy.chance.mean,
      p: balancedAccuracy.p,
      test,
    },
    {
      name: `${name}Support`,
      text: `Support of ${words}: mean of the two between chance (0) and perfect (1)`,
      value: support,
      range: [null, 1],
      better: 'higher',
      chance: 0,
      p,
      test: `${test}, maximum over the numbers of groups`,
    },
  ];
}

export const granularity: FindingMaker = (context) => {
  const about = {
    id: 'granularity' as const,
    title: 'Granularity of the labels',
    hypothesis: 'The labels are finer than the data support: fewer, merged labels hold better on held-out rows.',
  };
  const found = context.hierarchy();
  if ('reason' in found) return untested(about, 'labelHierarchy', found.reason);
  const { scores, best, gain, labels, folds, permutations, alpha, leftOut, p } = found;
  const k = labels.length;
  const asTheyAre = scores.find(({ groups }) => groups === k)!;
  const merged = best !== null && best.groups < k;
  const clear = gain !== null && gain.difference > ERRORS * gain.standardError;
  const verdict: Verdict =
    k === 2
      ? 'rejected'
      : merged && clear
        ? 'confirmed'
        : best !== null && best.groups === k
          ? 'rejected'
          : 'inconclusive';
  const test = `tree on training folds, scored on held-out folds (${folds} folds, ${permutations} permutations)`;
  const top = best === null ? null : scores.find(({ groups }) => groups === best.groups)!;
  const supported = best === null ? [] : [best.groups, ...best.alsoSupported].sort((a, b) => a - b);
  const others = supported.length > 1 ? ` (${supported.join(', ')} are within one standard error)` : '';
  const counts = `${say(k)} classes of at least ${found.minClassSize} rows`;
  return {
    ...about,
    verdict,
    severity: verdict !== 'confirmed' ? 'info' : asTheyAre.support >= GOOD ? 'low' : 'medium',
    summary:
      top === null
        ? `No number of groups of the ${counts} is better than chance on held-out rows (smallest corrected p = ${say(p)}).`
        : `Of the ${counts}, ${say(top.groups)} groups hold best on held-out rows${others}: silhouette ${say(top.silhouette.mean)}, balanced accuracy ` +
          `${percent(top.balancedAccuracy.mean)} (corrected p = ${say(top.p)})` +
          (top.groups === k
            ? '.'
            : `, against ${say(asTheyAre.silhouette.mean)} and ${percent(asTheyAre.balancedAccuracy.mean)} for the labels as they are.`),
    evidence: [
      {
        name: 'classesCompared',
        text: 'Classes that take part',
        value: k,
        unit: 'classes',
        range: [2, null],
        test: 'labelHierarchy',
      },
      {
        name: 'classesLeftOut',
        text: `Classes with fewer than ${found.minClassSize} rows`,
        value: leftOut.length,
        unit: 'classes',
        range: [0, null],
        test: 'labelHierarchy',
      },
      {
        name: 'bestGroups',
        text: 'Number of groups with the best held-out support',
        value: best === null ? null : best.groups,
        ...(best === null ? { reason: 'no number of groups is better than chance' } : {}),
        unit: 'groups',
        range: [2, k],
        p,
        test: `${test}, maximum over the numbers of groups`,
      },
      {
        name: 'alsoSupported',
        text: 'Numbers of groups within one standard error of the best',
        value: supported.join(', '),
        test,
      },
      ...(top === null || top.groups === k ? [] : rowsOf(top, 'best', `${top.groups} groups`, test)),
      ...rowsOf(asTheyAre, 'unmerged', 'the labels as they are', test),
      ...(gain === null
        ? []
        : [
            {
              name: 'gain',
              text: 'Support gained over the labels as they are',
              value: gain.difference,
              range: [null, null] as const,
              better: 'higher' as const,
              interval: {
                low: gain.difference - ERRORS * gain.standardError,
                high: gain.difference + ERRORS * gain.standardError,
                level: 0.95,
              },
              test: `difference over ${folds} folds, two standard errors`,
            },
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
    changesIf: `Confirmed when fewer groups have a corrected p <= ${alpha} and gain more than ${ERRORS} standard errors of support over the labels as they are.`,
    recommendation:
      verdict === 'confirmed'
        ? {
            text: `Merge the labels into ${supported.length > 1 ? `${supported[0]} to ${supported[supported.length - 1]}` : supported[0]} groups (see the table), and judge them on rows that did not choose them.`,
            call: `labelHierarchy(points, labels${callOptions(context)}).best.members`,
            command: `clusterlens diagnose DATA${commandOptions(context)} --json`,
          }
        : null,
  };
};
