import type { Evidence, Severity, Verdict } from '../types.js';
import type { FindingMaker } from './context.js';
import { callOptions, commandOptions, SHARE, SIGNED, say, untested } from './words.js';

/** A rise of the chance-adjusted agreement that the test should be able to see, else it says nothing. */
const NOTICEABLE = 0.3;
/** Standard deviations between chance and an effect found with 80% power at the 5% level. */
const POWER = 1.645 + 0.842;

export const chanceLevel: FindingMaker = (context) => {
  const about = {
    id: 'chance-level' as const,
    title: 'Better than chance?',
    hypothesis: 'The labels fit the points no better than labels dealt out at random.',
  };
  const found = context.significance();
  if ('reason' in found) return untested(about, 'significance', found.reason);
  const { alpha, note } = context;
  const { silhouette, macroSilhouette, neighborAgreement, clusters, permutations } = found;
  // Two indices are looked at, so each is tested at half the level.
  const p = Math.min(1, 2 * Math.min(silhouette.p, neighborAgreement.p));
  const spread = neighborAgreement.null.sd / (1 - neighborAgreement.null.mean);
  const visible = POWER * spread;
  const reachable = 2 / (1 + permutations) <= alpha;
  const beyond = p <= alpha;
  const verdict: Verdict = beyond ? 'rejected' : visible <= NOTICEABLE && reachable ? 'confirmed' : 'inconclusive';
  const severity: Severity = verdict === 'confirmed' ? 'high' : verdict === 'inconclusive' ? 'low' : 'info';
  const better = clusters.filter(({ q }) => q <= alpha);
  const test = `permutation of labels (${permutations})`;
  const row = (name: string, text: string, of: typeof silhouette, range: Evidence['range']): Evidence => ({
    name,
    text,
    value: of.observed,
    range: range!,
    better: 'higher',
    chance: of.null.mean,
    p: of.p,
    test,
    ...note,
  });
  const shown = clusters
    .map((cluster) => ({ ...cluster, excess: cluster.observed - cluster.null.mean }))
    .sort((a, b) => b.excess - a.excess);
  return {
    ...about,
    verdict,
    severity,
    summary:
      `Silhouette ${say(silhouette.observed)} where random labels give ${say(silhouette.null.mean)}; nearest neighbours agree in ` +
      `${say(100 * neighborAgreement.observed)}% where chance gives ${say(100 * neighborAgreement.null.mean)}% (p = ${say(p)}, both indices counted). ` +
      `${say(better.length)} of ${say(clusters.length)} classes are better than chance each by itself.`,
    evidence: [
      row('silhouette', 'Mean silhouette', silhouette, SIGNED),
      {
        name: 'silhouetteAdjusted',
        text: 'Silhouette between chance (0) and perfect (1)',
        value: silhouette.adjusted,
        range: [null, 1],
        better: 'higher',
        chance: 0,
        test,
        ...note,
      },
      row('macroSilhouette', 'Mean over classes of their silhouette', macroSilhouette, SIGNED),
      row('neighborAgreement', 'Nearest neighbour has the same label', neighborAgreement, SHARE),
      {
        name: 'neighborAgreementAdjusted',
        text: 'Agreement between chance (0) and perfect (1)',
        value: neighborAgreement.adjusted,
        range: [null, 1],
        better: 'higher',
        chance: 0,
        test,
        ...note,
      },
      {
        name: 'p',
        text: 'p of the better of the two indices, doubled',
        value: p,
        range: SHARE,
        p,
        test: `${test}, Bonferroni`,
        ...note,
      },
      {
        name: 'visible',
        text: 'Adjusted agreement that this test finds with 80% power',
        value: visible,
        range: [0, null],
        better: 'lower',
        test: 'spread of the permutation null',
        ...note,
      },
      {
        name: 'classesBetterThanChance',
        text: `Classes better than chance at a false-discovery rate of ${alpha}`,
        value: better.length,
        unit: 'classes',
        range: [0, clusters.length],
        better: 'higher',
        test: `${test}, Benjamini-Hochberg`,
        ...note,
      },
    ],
    tables: [
      {
        name: 'classes',
        text: 'Silhouette of each class beside chance, farthest above chance first',
        test: `${test}, Benjamini-Hochberg`,
        columns: ['label', 'size', 'silhouette', 'chance', 'p', 'q'],
        rows: shown.slice(0, 40).map((c) => [c.label, c.size, c.observed, c.null.mean, c.p, c.q]),
        omitted: Math.max(0, shown.length - 40),
      },
    ],
    changesIf:
      `Rejected when p <= ${alpha} (now ${say(p)}); confirmed when it is not and an adjusted agreement of ${NOTICEABLE} would have been seen ` +
      `(now ${say(visible)}).`,
    recommendation: beyond
      ? null
      : {
          text:
            verdict === 'confirmed'
              ? 'Do not interpret these clusters; check that rows and labels belong together, and look for features that carry the labels.'
              : 'Collect more rows per class or allow more permutations before deciding.',
          call: `significance(points, labels, { permutations: 999${callOptions({ ...context, standardized: false })
            .replace(/^, \{ /, ', ')
            .replace(/ \}$/, '')} })`,
          command: `clusterlens diagnose DATA${commandOptions(context)} --json`,
        },
  };
};
