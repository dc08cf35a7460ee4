import { fixed } from './fixed.js';
import type { Measures } from './measures.js';
import type { ConfigurationReport } from './report.js';
import { wrap } from './wrap.js';

export const SPACES = ['input', 'latent', 'projection'] as const;

const LABEL = 11;
const WIDTHS = [9, 8, 8, 8];

/** Fixed digits, and a dash with the reason elsewhere for what has no value. */
function cells({ silhouette, chance, daviesBouldin, neighborAgreement }: Measures): string[] {
  const shown = (value: number | null, text: (value: number) => string) => (value === null ? '-' : text(value));
  return [
    shown(silhouette, (value) => fixed(value, 3)),
    shown(chance?.mean ?? null, (value) => fixed(value, 3)),
    shown(daviesBouldin, (value) => value.toFixed(2)),
    shown(neighborAgreement, (value) => `${(100 * value).toFixed(1)}%`),
  ];
}

function row(label: string, training: readonly string[], heldOut: readonly string[]): string {
  const side = (values: readonly string[]) => values.map((value, i) => value.padStart(WIDTHS[i]!)).join('');
  return `${label.padEnd(LABEL)}${side(training)} |${side(heldOut)}`;
}

/** Terminal table of one configuration: training rows left, held-out rows right, 79 columns. */
export function table({ title, name, spaces, allRows }: ConfigurationReport): string {
  const head = ['silh.', 'chance', 'DB', 'agree'];
  const size = ({ n, k }: Measures) => `n = ${n}, k = ${k}`;
  const side = WIDTHS.reduce((sum, width) => sum + width, 0);
  const lines = [
    `${name}: ${title}`,
    `${''.padEnd(LABEL)}${`training rows, ${size(spaces.input.training)}`.padStart(side)} |${`held-out rows, ${size(spaces.input.heldOut)}`.padStart(side)}`,
    row('', head, head),
    ...SPACES.map((space) => row(space, cells(spaces[space].training), cells(spaces[space].heldOut))),
  ];
  const [silhouette, chance, index] = cells(allRows);
  lines.push(`all ${allRows.n} rows at once, latent: silh. ${silhouette}, chance ${chance}, DB ${index}`);
  const measured = [allRows, ...SPACES.flatMap((space) => Object.values(spaces[space]))];
  const reasons = new Set(measured.flatMap(({ reasons: found }) => found));
  const samples = new Set(
    measured.flatMap(({ sample }) => (sample === undefined ? [] : [`scores from ${sample.rows} of ${sample.of} rows`])),
  );
  return [...lines, ...[...reasons].map((reason) => wrap(`-: ${reason}`, '', '  ')), ...samples].join('\n');
}
