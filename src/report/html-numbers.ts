import { numberText, pText } from '../core/words.js';
import type { BalanceSummary, Diagnosis, MetricRow } from '../diagnose/types.js';
import type { ClaimCheck } from '../studies/claims/claim-types.js';
import { escapeHtml as e } from './escape.js';
import { cellHtml, table } from './html-finding.js';
import { sayLeftOut } from './say-columns.js';
import { sayLabel, sayReading, sayValue } from './say-value.js';

const CLAIM_WORDS = {
  reproduced: 'reproduced',
  refuted: 'refuted',
  consistent: 'consistent with the sample',
  'not-computable': 'not computable',
} as const;
const UNDECIDED = 'the sample cannot tell; exact computation decides';

function rangeOf(interval: MetricRow['interval']): string {
  if (interval === undefined) return '';
  const { low, high, level } = interval;
  return `<small>${Math.round(100 * level)}% interval ${e(numberText(low))} to ${e(numberText(high))}</small>`;
}

function scoreRow(row: MetricRow): string[] {
  const from = row.sample === undefined ? '' : `, ${numberText(row.sample.rows)} of ${numberText(row.sample.of)}`;
  return [
    `${e(row.metric)}<small>${e(row.space)}, ${row.rows} rows${from}; ${row.better} is better</small>`,
    `${e(sayValue(row.score))}${row.reason === undefined ? '' : `<small>${e(row.reason)}</small>`}${rangeOf(row.interval)}`,
    row.chance === null ? '' : `${e(numberText(row.chance.mean))}<small>sd ${e(numberText(row.chance.sd))}</small>`,
    row.p === null ? '' : e(pText(row.p)),
    row.adjusted === null ? '' : e(numberText(row.adjusted)),
  ];
}

export function scoresHtml(metrics: readonly MetricRow[]): string {
  const columns = [
    { text: 'Index' },
    { text: 'Score', numeric: true },
    { text: 'By chance', numeric: true },
    { text: 'p', numeric: true },
    { text: 'Adjusted', numeric: true },
  ];
  return (
    `<div class="card">${table('Scores', columns, metrics.map(scoreRow))}` +
    `<p class="changes">By chance: mean under permuted labels. Adjusted: (score - chance) / (1 - chance), for indices that end at 1.</p></div>`
  );
}

const small = (text: string | undefined) => (text === undefined ? '' : `<small>${e(text)}</small>`);

export function claimsHtml(claims: readonly ClaimCheck[]): string {
  const rows = claims.map((claim) => {
    const { interval, sample } = claim;
    const range =
      interval === null
        ? ''
        : `<small>${Math.round(100 * interval.level)}% interval ${e(numberText(interval.low))} to ${e(numberText(interval.high))}</small>`;
    const from = small(
      sample === undefined ? undefined : `from ${numberText(sample.rows)} of ${numberText(sample.of)} rows`,
    );
    return [
      e(claim.metric),
      e(claim.claimed.toFixed(claim.decimals)),
      `${e(sayValue(claim.recomputed))}${small(claim.reason)}${range}${from}`,
      `${CLAIM_WORDS[claim.verdict]}${small(claim.verdict === 'consistent' ? UNDECIDED : undefined)}${small(claim.reproducedBy === null ? undefined : `by: ${claim.reproducedBy}`)}${small(claim.caution)}`,
    ];
  });
  const columns = [
    { text: 'Index' },
    { text: 'Claimed', numeric: true },
    { text: 'Recomputed', numeric: true },
    { text: 'Verdict' },
  ];
  return `<div class="card">${table('Claims', columns, rows)}</div>`;
}

/** Rows of the class table; what is more is in the JSON. */
const CLASSES = 30;

export function balanceHtml(balance: BalanceSummary): string {
  const { classes } = balance;
  const rows: [string, string, string][] = [
    ['Classes', numberText(classes.length), ''],
    ['Median rows per class', numberText(balance.median), `mean ${numberText(balance.mean)}`],
    ['Classes with one row', numberText(balance.singletons), ''],
    ['Imbalance ratio', numberText(balance.imbalanceRatio), 'largest over smallest; 1 is balanced'],
    ['Effective classes', numberText(balance.effectiveClasses), 'exp(entropy); all classes when balanced'],
    ['Evenness', numberText(balance.evenness), 'entropy over its largest value; 1 is balanced'],
    ['Gini', numberText(balance.gini), '0 is balanced'],
    ['Imbalance degree', numberText(balance.imbalanceDegree), '0 is balanced'],
    ['LRID', numberText(balance.lrid), '0 is balanced'],
  ];
  const cells = rows.map(([name, value, note]) => [
    `${name}${note === '' ? '' : `<small>${e(note)}</small>`}`,
    e(value),
  ]);
  const columns = [{ text: 'Measure' }, { text: 'Value', numeric: true }];
  const listed = classes
    .slice(0, CLASSES)
    .map(({ label, count, share }) => [cellHtml(sayLabel(label)), e(numberText(count)), e(sayValue(share, 'share'))]);
  const more = classes.length - listed.length;
  const classColumns = [{ text: 'Class' }, { text: 'Rows', numeric: true }, { text: 'Share', numeric: true }];
  return (
    `<div class="card">${table('Class balance', columns, cells)}` +
    `<details class="long"><summary>${more > 0 ? `The ${CLASSES} largest classes` : 'All classes'}</summary>${table('Classes', classColumns, listed)}` +
    `${more > 0 ? `<p class="changes">${numberText(more)} more are in the JSON.</p>` : ''}</details></div>`
  );
}

/** What the diagnosis was made with: settings, then versions of programs. */
export function settingsHtml(diagnosis: Diagnosis, versions: Readonly<Record<string, string>>): string {
  const { input } = diagnosis;
  const rows: [string, string][] = [
    ['Rows, columns, classes', `${numberText(input.n)} × ${numberText(input.d)}, ${numberText(input.k)} classes`],
    ['Distance', input.metric],
    ['Columns', input.standardized ? 'standardised' : 'as given'],
    ...(sayLeftOut(input.columns) === undefined ? [] : [['Not used', sayLeftOut(input.columns)!] as [string, string]]),
    ['Spaces', input.spaces.length === 0 ? 'input' : input.spaces.join(', ')],
    ['Held-out rows', input.heldOutRows === null ? 'none' : numberText(input.heldOutRows)],
    ...sayReading(diagnosis).map((note): [string, string] => ['Reading', note]),
    [
      'Noise',
      input.noise === null ? 'no label is noise' : `${input.noise.label}: ${numberText(input.noise.rows)} rows`,
    ],
    ['Permutations', numberText(input.permutations)],
    ['Level of the tests', String(input.alpha)],
    ['Seed', String(input.seed)],
    [
      'Rows in the costly tests',
      input.sample === null ? 'all' : `${numberText(input.sample.rows)} of ${numberText(input.sample.of)}`,
    ],
    ...Object.entries(versions).map(([name, version]): [string, string] => [`Version of ${name}`, version]),
  ];
  return table(
    'Settings',
    [{ text: 'Setting' }, { text: 'Value' }],
    rows.map(([name, value]) => [e(name), e(value)]),
  );
}
