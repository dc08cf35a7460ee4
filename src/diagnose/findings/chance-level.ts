import { countText, numberText, percentText, pIs, pText } from '../../core/words.js';
import { benjaminiHochberg } from '../../statistics/false-discovery.js';
import { visibleEffect } from '../../statistics/normal-quantile.js';
import type { Recommendation, Severity, Verdict } from '../finding-types.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { FURTHER, furtherLevel, risesAboveChance } from './further-tests.js';
import { callOf, commandOf, groupsCommand, otherGroupsCall } from './recommended.js';
import { AGREEMENT, countOf, finding, HIGHER, LOWER, measuredBy, SIGNED, scoredNote, untested } from './words.js';

/** A rise of the agreement, of the room above chance, that the test should be able to see, else it says nothing. */
export const NOTICEABLE = 1 / 3;
/** Classes with fewer rows are not tested one by one: chosen by size alone, so that the others keep their level. */
const LEAST_ROWS = 5;

/** What is left to do with labels at chance: the only advice that a diagnosis then gives. */
function adviceOf(context: Context, verdict: Verdict): Recommendation {
  const more = {
    call: callOf(context, 'significance', { permutations: 999 }),
    command: `${commandOf(context, 'clusterlens diagnose DATA')} --permutations 999`,
  };
  if (verdict !== 'confirmed') {
    return { text: 'Collect more rows per class, or allow more permutations, before you decide.', ...more };
  }
  const check = 'Check that each label stands beside its own row: a shifted or sorted column looks like this.';
  const others = context.otherGroups();
  if ('reason' in others || !others.missed) {
    return {
      text: `${check} If the labels are right, these columns do not carry them: measure something else, and do not interpret the clusters.`,
    };
  }
  return {
    text: `${check} If the labels are right, use the ${countText(others.groups, 'group')} that the points do show in their place.`,
    call: otherGroupsCall(context),
    command: groupsCommand(context),
  };
}

const about = {
  id: 'chance-level',
  title: 'Labels against chance',
  hypothesis: 'The labels fit the points no better than random labels.',
} as const;

const make: FindingMaker = (context) => {
  const found = context.significance();
  if ('reason' in found) return untested(about, 'significance', found.reason);
  const { alpha } = context;
  const note = scoredNote(found.sample);
  const { silhouette, macroSilhouette, neighborAgreement, permutations } = found;
  // Two indices are looked at, so each is tested at half the level.
  const p = Math.min(1, 2 * Math.min(silhouette.p, neighborAgreement.p));
  // A row that is alone in its class cannot agree with anyone, so that 1 is out of reach.
  const paired = found.clusters.reduce((sum, { size }) => sum + (size > 1 ? size : 0), 0) / found.n;
  const room = paired - neighborAgreement.null.mean;
  const visible = room <= 0 ? 1 : Math.min(1, (visibleEffect(alpha / 2) * neighborAgreement.null.sd) / room);
  const reachable = 2 / (1 + permutations) <= alpha;
  const tested = found.clusters.filter(({ size }) => size >= LEAST_ROWS);
  const q = benjaminiHochberg(tested.map((cluster) => cluster.p));
  const clusters = tested
    .map((cluster, c) => ({ ...cluster, q: q[c]!, excess: cluster.observed - cluster.null.mean }))
    .sort((a, b) => b.excess - a.excess);
  const better = clusters.filter((cluster) => cluster.q <= alpha).length;
  // As many classes must reach the least p together before one of them can be named.
  const needed = Math.ceil(tested.length / (alpha * (1 + permutations)) - 1e-9);
  // Other tests of the same hypothesis: when one of them speaks against it, it is not confirmed.
  const signatures = context.signatures();
  const hierarchy = context.hierarchy();
  const others = [
    { name: 'the class means', p: 'reason' in signatures ? 1 : (signatures.null?.p ?? 1) },
    { name: 'single classes', p: Math.min(1, ...q) },
    { name: 'groups of labels on held-out rows', p: 'reason' in hierarchy ? 1 : hierarchy.p },
  ];
  const least = Math.min(...others.map((other) => other.p));
  const against = others.filter((other) => other.p <= furtherLevel(context));
  const beyond = risesAboveChance(context);
  const verdict: Verdict = beyond
    ? 'rejected'
    : visible <= NOTICEABLE && reachable && against.length === 0
      ? 'confirmed'
      : 'inconclusive';
  const severity: Severity = verdict === 'confirmed' ? 'high' : verdict === 'inconclusive' ? 'low' : 'info';
  const test = `permutation of labels (${permutations})`;
  const shown = measuredBy(test, note);
  const index = (name: string, text: string, of: typeof silhouette, kind: typeof AGREEMENT | typeof SIGNED) =>
    shown(name, text, of.observed, {
      ...kind,
      chance: of.null.mean,
      p: of.p,
      ...(of.interval === undefined ? {} : { interval: of.interval }),
    });
  const adjusted = (name: string, text: string, of: typeof silhouette) =>
    shown(name, text, of.adjusted, { range: [null, 1], ...HIGHER, chance: 0 });
  return finding(about, verdict, severity, {
    summary:
      `Silhouette ${numberText(silhouette.observed)} where random labels give ${numberText(silhouette.null.mean)}; nearest neighbours agree in ` +
      `${percentText(neighborAgreement.observed)} of all rows where chance gives ${percentText(neighborAgreement.null.mean)} (${pIs(p)}, both indices counted). ` +
      (tested.length === 0
        ? `No class has the ${LEAST_ROWS} rows that a test of its own needs.`
        : `${numberText(better)} of the ${countText(tested.length, 'class', 'classes')} with ${LEAST_ROWS} rows or more ${better === 1 ? 'is' : 'are'} better than chance by ${better === 1 ? 'its' : 'their'} own silhouette.`) +
      (verdict === 'inconclusive' && against.length > 0
        ? ` It is not settled: ${against.map(({ name }) => name).join(' and ')} beat chance.`
        : verdict === 'confirmed' && least <= alpha
          ? ` Of three further tests (class means, single classes, groups of labels) the best has p = ${pText(least)}, as three tests of nothing well may.`
          : ''),
    evidence: [
      index('silhouette', 'Mean silhouette', silhouette, SIGNED),
      adjusted('silhouetteAdjusted', 'Silhouette between chance (0) and perfect (1)', silhouette),
      index('macroSilhouette', 'Mean over classes of their silhouette', macroSilhouette, SIGNED),
      index('neighborAgreement', 'Nearest neighbour has the same label, over all rows', neighborAgreement, AGREEMENT),
      adjusted('neighborAgreementAdjusted', 'Agreement between chance (0) and perfect (1)', neighborAgreement),
      measuredBy(`${test}, Bonferroni`, note)('p', 'p of the better of the two indices, doubled', p, {
        range: [0, 1],
        p,
      }),
      measuredBy('spread of the permutation null', note)(
        'visible',
        'Agreement between chance (0) and the most that these classes allow (1) that this test finds with 80% power',
        visible,
        { range: [0, 1], ...LOWER },
      ),
      measuredBy(`${test}, Benjamini-Hochberg`, note)(
        'classesBetterThanChance',
        `Classes of ${LEAST_ROWS} rows or more better than chance at a false-discovery rate of ${alpha}; ` +
          `with these permutations ${countText(needed, 'class', 'classes')} at least must be so together`,
        better,
        { ...countOf('classes', tested.length), ...HIGHER },
      ),
      measuredBy(`signatures, classes and hierarchy, each at a level of ${numberText(furtherLevel(context))}`, note)(
        'against',
        'Other tests of the same hypothesis that beat chance',
        against.length,
        countOf('tests', FURTHER),
      ),
    ],
    tables: [
      {
        name: 'classes',
        text: 'Silhouette of each class beside chance, farthest above chance first',
        test: `${test}, Benjamini-Hochberg`,
        columns: ['label', 'size', 'silhouette', 'chance', 'p', 'q'],
        rows: clusters.slice(0, 40).map((c) => [c.label, c.size, c.observed, c.null.mean, c.p, c.q]),
        omitted: Math.max(0, found.clusters.length - 40, found.clusters.length - clusters.length),
      },
    ],
    changesIf:
      `Rejected when p <= ${alpha} (now ${pText(p)}); confirmed when it is not, no other test speaks against it, and an agreement ` +
      `${percentText(NOTICEABLE)} of the way from chance to the most possible would have been seen (now ${percentText(visible)}).`,
    recommendation: beyond ? null : adviceOf(context, verdict),
  });
};

export const chanceLevel: FindingModule = { ...about, make };
