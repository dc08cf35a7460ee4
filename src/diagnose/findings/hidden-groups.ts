import { countText, numberText, pIs } from '../../core/words.js';
import type { HiddenGroups } from '../../studies/groups/hidden-types.js';
import type { Severity } from '../finding-types.js';
import type { FindingMaker, FindingModule } from './context.js';
import { callOf, groupsCommand } from './recommended.js';
import { countOf, finding, LOWER, measuredBy, subsetNote, untested } from './words.js';

const about = {
  id: 'hidden-groups',
  title: 'Groups inside the classes',
  hypothesis: 'One label covers several groups with a gap between them.',
} as const;
const TEST = 'hiddenGroups';
const JUDGED = "Hartigan's dip on rows that did not make the split, Bonferroni over lines and classes";
/** A class below this share of the rows changes little. */
const SOME = 0.05;
/** Mean absolute cosine of the splits from which they run the same way. */
const SAME_WAY = 0.9;
/** Names that a sentence holds. */
const NAMES = 3;

function sayNames(names: readonly unknown[]): string {
  const shown = names.slice(0, NAMES).map(String);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(', ')} and ${more} more`;
  return shown.length === 1 ? shown[0]! : `${shown.slice(0, -1).join(', ')} and ${shown[shown.length - 1]}`;
}

function severityOf({ classes, deep }: HiddenGroups, across: boolean): Severity {
  // Labels that run across the groups are one problem, and that is `other-groups`.
  if (across) return 'info';
  const rows = classes.reduce((sum, one) => sum + one.rows, 0);
  return classes.some((one) => deep.includes(one.label) && one.rows >= SOME * rows) ? 'medium' : 'low';
}

const make: FindingMaker = (context) => {
  const result = context.hiddenGroups();
  if ('reason' in result) return untested(about, TEST, result.reason);
  const { classes, found, deep, leftOut, betweenClasses, sameDirection, alpha } = result;
  const note = subsetNote(result.sample);
  const shown = measuredBy(TEST, note);
  if (classes.length === 0) {
    return untested(about, TEST, 'no class has the 16 rows that looking for groups inside it needs');
  }
  const counts = [
    shown('classesLookedAt', 'Classes that were looked at', classes.length, countOf('classes', null)),
    shown('classesLeftOut', 'Classes with fewer than 16 rows', leftOut.length, countOf('classes', null)),
    shown('classesWithGroups', 'Classes with two groups or more', found.length, {
      ...countOf('classes', classes.length),
      ...LOWER,
    }),
  ];
  const between =
    betweenClasses === null
      ? []
      : [
          shown(
            'betweenClasses',
            'Separation of a class from the nearest other one (median over classes), in sums of standard deviations',
            Number.isFinite(betweenClasses) ? betweenClasses : null,
            Number.isFinite(betweenClasses) ? {} : { reason: 'the classes have no spread' },
          ),
        ];
  const changesIf = `Confirmed when a class has a gap with a corrected p <= ${alpha}, or one that a linkage finds in both halves of 200 rows or more. Medium when the sides are at least ${numberText(0.75)} times as far apart as classes are, in a class of at least ${numberText(100 * SOME)}% of the rows.`;
  if (found.length === 0) {
    return finding(about, 'rejected', 'info', {
      summary: `No class falls into several groups: ${countText(classes.length, 'class', 'classes')} of at least 16 rows were split in two, and none has a gap between its sides.`,
      evidence: [...counts, ...between],
      changesIf,
    });
  }
  const several = classes.filter(({ groups }) => groups > 1).sort((x, y) => y.separation! - x.separation!);
  const [first] = several;
  const batch = found.length > 1 && sameDirection !== null && sameDirection >= SAME_WAY;
  const depth =
    betweenClasses === null
      ? ''
      : deep.length === 0
        ? ' They lie closer to each other than classes do.'
        : ` The groups of ${sayNames(deep)} are as far apart as classes are.`;
  const other = context.otherGroups();
  const across = !('reason' in other) && other.missed;
  const way = across
    ? ' These are the groups that the labels run across.'
    : batch
      ? ' The splits run the same way in all of them, as those of a batch do.'
      : '';
  return finding(about, 'confirmed', severityOf(result, across), {
    summary:
      `${found.length === 1 ? `Class ${sayNames(found)} covers ${numberText(first!.groups)} groups` : `${found.length} of ${classes.length} classes cover several groups: ${sayNames(several.map(({ label }) => label))}`}` +
      ` (${first!.label}: ${first!.sizes.map(numberText).join(', ')} rows${first!.p === null ? '' : `, ${pIs(first!.p)}`}).${depth}${way}`,
    evidence: [
      ...counts,
      shown('classesAsDeep', 'Of these, with groups as far apart as classes are', deep.length, {
        ...countOf('classes', found.length),
        ...LOWER,
      }),
      ...between,
      measuredBy(JUDGED, note)(
        'largestSeparation',
        `Separation of the two sides of ${first!.label}, in sums of standard deviations`,
        Number.isFinite(first!.separation) ? first!.separation : null,
        {
          ...(Number.isFinite(first!.separation) ? {} : { reason: 'the groups have no spread' }),
          ...(first!.p === null ? {} : { p: first!.p }),
        },
      ),
      ...(sameDirection === null
        ? []
        : [
            shown('sameDirection', 'Mean absolute cosine between the splits of the classes', sameDirection, {
              range: [0, 1],
            }),
          ]),
    ],
    tables: [
      {
        name: 'hiddenGroups',
        text: 'Classes with several groups',
        test: JUDGED,
        columns: ['label', 'rows', 'groups', 'sizes', 'separation', 'fromNearest', 'p', 'by'],
        rows: several.map((one) => [
          one.label,
          one.rows,
          one.groups,
          one.sizes.join(', '),
          Number.isFinite(one.separation) ? one.separation : null,
          one.fromNearest !== null && Number.isFinite(one.fromNearest) ? one.fromNearest : null,
          one.p,
          one.by,
        ]),
        omitted: 0,
      },
    ],
    changesIf,
    recommendation: across
      ? null
      : {
          text: batch
            ? 'Find out what divides every class the same way (a batch, an instrument, a site), and take it out or score inside its parts.'
            : `Look at what divides ${sayNames(found)}, and give its groups labels of their own where they mean something.`,
          call: `${callOf(context, 'hiddenGroups', { alpha: alpha === 0.05 ? undefined : alpha })}.subLabels`,
          command: groupsCommand(context),
        },
  });
};

export const hiddenGroups: FindingModule = { ...about, make };
