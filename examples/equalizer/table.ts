import { fixed } from './fixed.js';
import type { Measures } from './measure.js';
import type { ConfigurationReport } from './report.js';

export const SPACES = ['input', 'latent', 'projection'] as const;

const LABEL = 11;
const WIDTHS = [9, 8, 8, 8];

/** Fixed digits, and a dash with the reason elsewhere for what has no value. */
function cells(measures: Measures): string[] {
  if ('reason' in measures) return ['-', '-', '-', '-'];
  const { silhouette, chance, daviesBouldin, neighborAgreement } = measures;
  const index = Number.isFinite(daviesBouldin) ? daviesBouldin.toFixed(2) : 'inf';
  return [fixed(silhouette, 3), fixed(chance.mean, 3), index, `${(100 * neighborAgreement).toFixed(1)}%`];
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
  const reasons = [allRows, ...SPACES.flatMap((space) => Object.values(spaces[space]))].flatMap((measures) =>
    'reason' in measures ? [measures.reason] : [],
  );
  return [...lines, ...[...new Set(reasons)].map((reason) => `  -: ${reason}`)].join('\n');
}
