import { Rng } from '../../core/rng.js';
import type { Label } from '../../core/types.js';
import { countText, numberText, percentText, pText } from '../../core/words.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame } from '../../kernels/frame.js';
import { dealLabels } from '../../statistics/deal-labels.js';
import { rowOrder } from '../../statistics/row-order.js';
import { noiseCandidate } from '../../studies/claims/noise-candidate.js';
import type { Context, FindingMaker, FindingModule } from './context.js';
import { commandOf, diagnoseCall } from './recommended.js';
import { countOf, FROM_ZERO, finding, measuredBy, SHARE, sayRows, untested } from './words.js';

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

const make: FindingMaker = (context) => {
  const { whole, alpha, square, note } = context;
  if (context.noiseLabel !== undefined) {
    const code = whole.classes.indexOf(context.noiseLabel);
    const rows = code === -1 ? 0 : whole.counts[code]!;
    return finding(about, 'rejected', 'info', {
      summary: `Label ${context.noiseLabel} was named as noise: its ${countText(rows, 'row')} (${percentText(rows / whole.n)}) ${rows === 1 ? 'is' : 'are'} left out of every score.`,
      evidence: [
        measuredBy('option noiseLabel')('noiseRows', 'Rows with the noise label', rows, countOf('rows', whole.n)),
      ],
      changesIf: 'It holds as long as noiseLabel names the noise.',
    });
  }
  const candidate = noiseCandidate(whole.classes);
  if (candidate === -1) {
    return finding(about, 'rejected', 'info', {
      summary: `None of the ${countText(whole.k, 'label')} is written as noise usually is.`,
      evidence: [
        measuredBy('names of the labels')('candidates', 'Labels written as noise', 0, countOf('classes', whole.k)),
      ],
      changesIf:
        'A label -1 beside labels that count from 0, or a word like noise, outlier or unknown, would be put to the test.',
    });
  }
  const label = whole.classes[candidate]!;
  const share = whole.counts[candidate]! / whole.n;
  const shown = measuredBy('classBalance')('share', `Share of rows with label ${label}`, share, SHARE);
  const tested = square ? null : testSpread(context, label);
  if (tested === null)
    return untested(
      about,
      'permutation test of spread',
      square
        ? 'distances were given in place of coordinates'
        : `the spread of label ${label} (${countText(whole.counts[candidate]!, 'row')}) cannot be compared; it takes three rows, and others that spread`,
      [shown],
    );
  const confirmed = tested.p <= alpha && tested.ratio >= WIDER;
  const verdict = confirmed ? 'confirmed' : tested.ratio < ALIKE ? 'rejected' : 'inconclusive';
  return finding(about, verdict, confirmed ? (share > 0.05 ? 'medium' : 'low') : 'info', {
    summary: `Label ${label} (${percentText(share)} of the rows) is spread ${numberText(tested.ratio)} times as wide as the other classes (p = ${pText(tested.p)})${sayRows(note)}.`,
    evidence: [
      measuredBy('names of the labels')('label', 'The label', label),
      shown,
      measuredBy(`permutation of labels (${DEALS})`, note)(
        'spreadRatio',
        'Its spread over that of the other classes',
        tested.ratio,
        { ...FROM_ZERO, chance: 1, p: tested.p },
      ),
    ],
    changesIf: `Confirmed at a spread of ${WIDER} times the others or more with p <= ${alpha}; rejected below ${ALIKE} times.`,
    recommendation: confirmed
      ? {
          text: 'Name it, so that these rows are left out and their share is reported.',
          call: diagnoseCall(context, { noiseLabel: label }),
          command: commandOf({ ...context, noiseLabel: label }, 'clusterlens diagnose DATA'),
        }
      : null,
    remedy: { noiseLabel: label, words: `once ${label} is left out as noise` },
  });
};

export const noiseLabel: FindingModule = { ...about, make };
