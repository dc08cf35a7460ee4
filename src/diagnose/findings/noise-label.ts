import { Rng } from '../../core/rng.js';
import type { Label } from '../../core/types.js';
import { countText, numberText, percentText, pIs } from '../../core/words.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame } from '../../kernels/frame.js';
import { dealLabels } from '../../statistics/deal-labels.js';
import { rowOrder } from '../../statistics/row-order.js';
import { noiseCandidate } from '../../studies/claims/noise-candidate.js';
import { BOUNDS, type ClassReach, noiseClassAmong } from '../../studies/rows/noise-class.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { commandOf, diagnoseCall } from './recommended.js';
import { countOf, FROM_ZERO, finding, HIGHER, measuredBy, SHARE, sayRows } from './words.js';

/** From this share of the rows on, a noise class scored as a class changes scores that are compared. */
const MATTERS = 0.05;
/** Noise is spread wider than a class by at least this factor; below the other one it is no wider. */
const WIDER = 1.5;
const ALIKE = 1.1;
const DEALS = 199;

/** Root mean square distance to its own mean of one class over that of the others. */
function spreadRatio(rows: Float64Array, d: number, labels: Int32Array, k: number, candidate: number): number {
  const { scatter, weight } = clusterMoments(rows, d, labels, k);
  let others = 0;
  let freedom = 0;
  for (let c = 0; c < k; c++) {
    if (c === candidate || weight[c]! < 2) continue;
    others += scatter[c]!;
    freedom += weight[c]! - 1;
  }
  return Math.sqrt(scatter[candidate]! / (weight[candidate]! - 1) / (others / freedom));
}

function testSpread({ sample, seed }: Context, label: Label): { ratio: number; p: number } | null {
  const candidate = sample.classes.indexOf(label);
  if (candidate === -1 || sample.counts[candidate]! < 3) return null;
  const { rows } = centredFrame(sample.points, sample.n, sample.d);
  const ratio = spreadRatio(rows, sample.d, sample.labels, sample.k, candidate);
  if (!Number.isFinite(ratio)) return null;
  const rng = new Rng(seed);
  const order = rowOrder(sample);
  const dealt = sample.labels.slice();
  let asLarge = 0;
  for (let t = 0; t < DEALS; t++) {
    if (spreadRatio(rows, sample.d, dealLabels(dealt, order, rng), sample.k, candidate) >= ratio) asLarge++;
  }
  return { ratio, p: (1 + asLarge) / (1 + DEALS) };
}

const about = {
  id: 'noise-label',
  title: 'Label for noise',
  hypothesis: 'One of the labels marks rows that belong to no class, and is scored as if it were a class.',
} as const;

/** The noise label was named by the user. */
function namedByUser({ whole, noiseLabel }: Context) {
  const code = whole.classes.indexOf(noiseLabel!);
  const rows = code === -1 ? 0 : whole.counts[code]!;
  return finding(about, 'rejected', 'info', {
    summary: `Label ${noiseLabel} was named as noise: its ${countText(rows, 'row')} (${percentText(rows / whole.n)}) ${rows === 1 ? 'is' : 'are'} left out of every score.`,
    evidence: [
      measuredBy('option noiseLabel')('noiseRows', 'Rows with the noise label', rows, countOf('rows', whole.n)),
    ],
    changesIf: 'It holds as long as noiseLabel names the noise.',
  });
}

function reachEvidence(reach: ClassReach, note: Context['note']) {
  const shown = measuredBy('medians of distances to the nearest row of each class', note);
  return [
    shown(
      'cover',
      'Distance from other classes to its nearest row, over the distance of its own rows to each other (1: as dense among them)',
      reach.cover,
      FROM_ZERO,
    ),
    shown('every', 'The same to the other class where it is largest', reach.every, FROM_ZERO),
    shown(
      'apart',
      'Distance from its rows to the nearest row of another class, over the distance of those to each other (1: even overlap)',
      reach.apart,
      FROM_ZERO,
    ),
    shown(
      'thin',
      'Distance to the fifth nearest row of it around the densest tenth of its rows, over the same in the thinnest other class (above 1: nowhere as dense as the others)',
      reach.thin,
      FROM_ZERO,
    ),
    measuredBy('distances to the class centres', note)(
      'beyond',
      'Share of its rows beyond the centre of another class (the class with most left out)',
      reach.beyond,
      SHARE,
    ),
    measuredBy('nearest rows of the other classes', note)(
      'rest',
      'Agreement of the other classes without it, between chance (0) and perfect (1)',
      reach.rest,
      { range: [null, 1], ...HIGHER, chance: 0 },
    ),
  ];
}

function noCandidate(context: Context) {
  const { whole, note } = context;
  const judged = context.classReaches().length;
  const spread =
    judged === 0
      ? ''
      : `, and none of the ${countText(judged, 'class', 'classes')} that could be judged is spread over the others`;
  return finding(about, 'rejected', 'info', {
    summary: `None of the ${countText(whole.k, 'label')} is written as noise usually is${spread}${judged === 0 ? '' : sayRows(note)}.`,
    evidence: [
      measuredBy('names of the labels')('candidates', 'Labels written as noise', 0, countOf('classes', whole.k)),
      measuredBy('distances to the nearest row of each class', note)(
        'judged',
        'Classes that were compared with the others',
        judged,
        countOf('classes', whole.k),
      ),
    ],
    changesIf:
      'A label -1 beside labels that count from 0, a word like noise, outlier or unknown, or a class that lies among at least two other classes and is nowhere as dense as they are would be put to the test.',
  });
}

const make: FindingMaker = (context) => {
  const { whole, alpha, square, note } = context;
  if (context.noiseLabel !== undefined) return namedByUser(context);
  const reaches = context.classReaches();
  const written = noiseCandidate(whole.classes);
  const label = written === -1 ? noiseClassAmong(reaches)?.label : whole.classes[written]!;
  if (label === undefined) return noCandidate(context);
  const rows = whole.counts[whole.classes.indexOf(label)]!;
  const share = rows / whole.n;
  const reach = reaches.find((of) => of.label === label);
  const wide = square || written === -1 ? null : testSpread(context, label);
  const wider = wide !== null && wide.p <= alpha && wide.ratio >= WIDER;
  const confirmed = reach?.spread === true || wider;
  const compact = wide !== null && wide.ratio < ALIKE;
  const verdict = confirmed ? 'confirmed' : compact ? 'rejected' : 'inconclusive';
  const named = `Label ${label} (${percentText(share)} of the rows)`;
  const how =
    reach?.spread === true
      ? `is spread over the other classes: from them its nearest row is ${numberText(reach.cover)} times as far away as its rows are from each other (cover; 1: as dense there as at home), from it the nearest row of theirs is ${numberText(reach.apart)} times as far as those are from each other (apart), and where it is densest it is ${numberText(reach.thin)} times as thin as the thinnest of them`
      : wide === null
        ? `is written as noise usually is; its spread ${reach === undefined ? 'cannot be compared, since that takes three rows of it, others that spread, and coordinates or three classes' : 'does not tell whether it is'}`
        : `is ${written === -1 ? '' : 'written as noise usually is and '}spread ${numberText(wide.ratio)} times as wide as the other classes (${pIs(wide.p)})`;
  return finding(about, verdict, !confirmed ? 'info' : share > MATTERS ? 'medium' : 'low', {
    summary: `${named} ${how}${sayRows(note)}.`,
    evidence: [
      measuredBy(written === -1 ? 'distances to the nearest row of each class' : 'names of the labels')(
        'label',
        'The label',
        label,
      ),
      measuredBy('classBalance')('share', `Share of rows with label ${label}`, share, SHARE),
      ...(reach === undefined ? [] : reachEvidence(reach, note)),
      ...(wide === null
        ? []
        : [
            measuredBy(`permutation of labels (${DEALS})`, note)(
              'spreadRatio',
              'Its spread over that of the other classes',
              wide.ratio,
              { ...FROM_ZERO, chance: 1, p: wide.p },
            ),
          ]),
    ],
    changesIf:
      `Confirmed where the class covers the others (cover <= ${BOUNDS.cover}, apart >= ${BOUNDS.apart} and beyond >= ${BOUNDS.beyond}), is thinner than they are and these hold without it (${BOUNDS.thin.map(({ thin, rest, every }) => `thin >= ${thin} and rest >= ${rest}${every === Infinity ? '' : ` and every <= ${every}`}`).join(', or ')}), or where it is written as noise and spread ` +
      `${WIDER} times as wide as the others or more with p <= ${alpha}; rejected below ${ALIKE} times. Of medium severity above ${percentText(MATTERS)} of the rows.`,
    recommendation:
      verdict === 'rejected'
        ? null
        : {
            text: confirmed
              ? `Name ${label} as noise, so that these rows are left out and their share is reported.`
              : 'If it marks noise, name it, so that these rows are left out and their share is reported; do not merge it with a class.',
            call: diagnoseCall(context, { noiseLabel: label }),
            command: commandOf({ ...context, noiseLabel: label }, 'clusterlens diagnose DATA'),
          },
    remedy: { noiseLabel: label, words: `once ${label} is left out as noise` },
  });
};

export const noiseLabel: FindingModule = { ...about, make };
