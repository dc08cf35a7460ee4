import { countText, numberText, percentText, pIs } from '../../core/words.js';
import type { FindingMaker, FindingModule } from './context.js';
import { groupsCommand, otherGroupsCall } from './recommended.js';
import { countOf, finding, HIGHER, measuredBy, subsetNote, untested } from './words.js';

const about = {
  id: 'other-groups',
  title: 'Groups found without the labels',
  hypothesis: 'The points have groups with gaps between them, and the labels run across them.',
} as const;
const TEST = 'otherGroups';
const JUDGED = "Hartigan's dip on rows that did not make the line, corrected for all choices";

const make: FindingMaker = (context) => {
  const result = context.otherGroups();
  if ('reason' in result) return untested(about, TEST, result.reason);
  const { groups, sizes, p, agreement, explained, missed, alpha } = result;
  const { k, n } = context.data;
  if (k < 2) return untested(about, TEST, 'all rows have one label, which no group can run across');
  if (k === n) return untested(about, TEST, 'every row has a label of its own');
  const note = subsetNote(result.sample);
  const changesIf = `Confirmed when all neighbouring groups have a gap between them (corrected p <= ${alpha}) and the labels tell at most ${numberText(0.25)} of what they could tell of the groups (adjusted mutual information).`;
  const count = measuredBy(JUDGED, note)(
    'groups',
    'Groups found without the labels',
    groups,
    groups === 1 ? { ...countOf('groups', null, 1) } : { ...countOf('groups', null, 1), ...(p === null ? {} : { p }) },
  );
  if (groups === 1) {
    return finding(about, 'rejected', 'info', {
      summary: 'Without the labels no groups were found that have gaps between them all, so the labels miss none.',
      evidence: [count],
      changesIf,
    });
  }
  const evidence = [
    count,
    measuredBy('adjustedMutualInformation', note)('agreement', 'Agreement of labels and groups', agreement, {
      range: [null, 1],
      ...HIGHER,
      chance: 0,
    }),
    measuredBy("adjustedMutualInformation, average 'min'", note)(
      'explained',
      'The same as a share of what the coarser of the two can tell',
      explained,
      { range: [null, 1], ...HIGHER, chance: 0 },
    ),
  ];
  const told = `${percentText(Math.max(0, explained!))} of what they could tell (by chance 0%)`;
  const found = `${countText(groups, 'group')} with gaps between them (${sizes.map(numberText).join(', ')} rows${p === null ? '' : `, ${pIs(p)}`})`;
  if (!missed) {
    return finding(about, 'rejected', 'info', {
      summary: `The labels follow the groups that the points have: they tell ${told} of ${found}.`,
      evidence,
      changesIf,
    });
  }
  const chance = context.significance();
  const atChance = 'reason' in chance || 2 * Math.min(chance.silhouette.p, chance.neighborAgreement.p) > context.alpha;
  return finding(about, 'confirmed', atChance ? 'low' : 'medium', {
    summary: `The points have ${found}, and the labels run across them: they tell ${told}.`,
    evidence,
    tables: [
      {
        name: 'otherGroups',
        text: 'Groups found without the labels',
        test: JUDGED,
        columns: ['group', 'rows'],
        rows: sizes.map((size, g) => [g + 1, size]),
        omitted: 0,
      },
    ],
    changesIf,
    recommendation: {
      text: 'Find out what makes these groups (a batch, an instrument, a site), and score the labels inside each of them.',
      call: otherGroupsCall(context),
      command: groupsCommand(context),
    },
  });
};

export const otherGroups: FindingModule = { ...about, make };
