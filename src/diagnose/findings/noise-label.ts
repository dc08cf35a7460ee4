import { Rng } from '../../core/rng.js';
import type { Label } from '../../core/types.js';
import { clusterMoments } from '../../kernels/cluster-moments.js';
import { centredFrame } from '../../kernels/frame.js';
import type { Context, FindingMaker } from './context.js';
import { FROM_ZERO, percent, SHARE, say, untested } from './words.js';

const WORDS = /^(|-1|noise|outliers?|unknown|none|n\/?a|nan|null|undefined|unlabell?ed|other|misc(ellaneous)?|\?)$/i;
/** Noise is spread wider than a class by at least this factor. */
const WIDER = 1.5;
const DEALS = 199;

/** A label that is written as noise often is; -1 only beside numbers that count from 0. */
function candidateOf(classes: readonly Label[]): number {
  if (classes.length < 3) return -1;
  const numbers = classes.filter((label) => label !== -1);
  const counting = numbers.every((label) => typeof label === 'number' && Number.isInteger(label) && label >= 0);
  return classes.findIndex((label) =>
    label === -1 ? counting : typeof label === 'string' && WORDS.test(label.trim()),
  );
}

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
  const dealt = sample.labels.slice();
  let asLarge = 0;
  for (let t = 0; t < DEALS; t++) {
    if (spreadRatio(rows, sample.d, rng.shuffle(dealt), sample.k, candidate) >= ratio) asLarge++;
  }
  return { ratio, p: (1 + asLarge) / (1 + DEALS) };
}

export const noiseLabel: FindingMaker = (context) => {
  const { whole, alpha, square } = context;
  const about = {
    id: 'noise-label' as const,
    title: 'A label that means noise',
    hypothesis: 'One of the labels marks rows that belong to no class, and is scored as if it were a class.',
  };
  if (context.noiseLabel !== undefined) {
    const code = whole.classes.indexOf(context.noiseLabel);
    const rows = code === -1 ? 0 : whole.counts[code]!;
    return {
      ...about,
      verdict: 'rejected',
      severity: 'info',
      summary: `Label ${context.noiseLabel} was named as noise: its ${say(rows)} rows (${percent(rows / whole.n)}) are left out of every score.`,
      evidence: [
        {
          name: 'noiseRows',
          text: 'Rows with the noise label',
          value: rows,
          unit: 'rows',
          range: [0, whole.n],
          test: 'option noiseLabel',
        },
      ],
      tables: [],
      changesIf: 'It holds as long as noiseLabel names the noise.',
      recommendation: null,
    };
  }
  const candidate = candidateOf(whole.classes);
  if (candidate === -1) {
    return {
      ...about,
      verdict: 'rejected',
      severity: 'info',
      summary: `None of the ${say(whole.k)} labels is written as noise usually is.`,
      evidence: [
        {
          name: 'candidates',
          text: 'Labels written as noise',
          value: 0,
          unit: 'classes',
          range: [0, whole.k],
          test: 'names of the labels',
        },
      ],
      tables: [],
      changesIf:
        'A label -1 beside labels that count from 0, or a word like noise, outlier or unknown, would be put to the test.',
      recommendation: null,
    };
  }
  const label = whole.classes[candidate]!;
  const share = whole.counts[candidate]! / whole.n;
  const shown = {
    name: 'share',
    text: `Share of rows with label ${label}`,
    value: share,
    unit: 'share',
    range: SHARE,
    test: 'classBalance',
  };
  const tested = square ? null : testSpread(context, label);
  if (tested === null)
    return untested(
      about,
      'permutation test of spread',
      square
        ? 'distances were given in place of coordinates'
        : `label ${label} has ${say(whole.counts[candidate]!)} rows, fewer than a spread needs`,
      [shown],
    );
  const confirmed = tested.p <= alpha && tested.ratio >= WIDER;
  return {
    ...about,
    verdict: confirmed ? 'confirmed' : tested.ratio < 1.1 ? 'rejected' : 'inconclusive',
    severity: confirmed ? (share > 0.05 ? 'medium' : 'low') : 'info',
    summary: `Label ${label} (${percent(share)} of the rows) is spread ${say(tested.ratio)} times as wide as the other classes (p = ${say(tested.p)}).`,
    evidence: [
      { name: 'label', text: 'The label', value: label, test: 'names of the labels' },
      shown,
      {
        name: 'spreadRatio',
        text: 'Its spread over that of the other classes',
        value: tested.ratio,
        range: FROM_ZERO,
        chance: 1,
        p: tested.p,
        test: `permutation of labels (${DEALS})`,
        ...context.note,
      },
    ],
    tables: [],
    changesIf: `Confirmed at a spread of ${WIDER} times the others or more with p <= ${alpha}.`,
    recommendation: confirmed
      ? {
          text: `Name it, so that these rows are left out and their share is reported.`,
          call: `diagnose({ points, labels }, { noiseLabel: ${JSON.stringify(label)} })`,
          command: `clusterlens diagnose DATA --noise-label ${JSON.stringify(label)}`,
        }
      : null,
  };
};
