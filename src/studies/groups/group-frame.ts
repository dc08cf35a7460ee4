import { UndefinedMetricError } from '../../core/errors.js';
import { type Part, partOf } from '../../data/row-sample.js';
import { centredFrame, unitRows } from '../../kernels/frame.js';
import { fingerprints } from '../gaps/content-halves.js';

export const GROUP_METRICS = ['euclidean', 'sqeuclidean', 'cosine', 'correlation'] as const;
export type GroupMetric = (typeof GROUP_METRICS)[number];

/** The metric under which groups are looked for; an UndefinedMetricError for others, which have no lines and centres. */
export function groupMetric(where: string, name: string): GroupMetric {
  const found = GROUP_METRICS.find((one) => one === name);
  if (found !== undefined) return found;
  throw new UndefinedMetricError(
    'undefined-metric',
    `${where}: groups are looked for along lines between centres, which needs coordinates and one of ${GROUP_METRICS.join(', ')}, got metric ${name}`,
  );
}

/** Rows in the coordinates in which groups are looked for, with numbers that stand for them whatever their order. */
export function groupFrame({ points, n, d }: Part, metric: GroupMetric, seed: number) {
  const angle = metric === 'cosine' || metric === 'correlation';
  const rows = angle ? unitRows(points, n, d, metric === 'correlation').rows : centredFrame(points, n, d).rows;
  return { rows, prints: fingerprints(points, n, d, seed) };
}

/** Rows that a search for groups may use at most, so that n^2 d stays affordable in very many columns. */
export function affordableRows(d: number): number {
  return Math.max(200, Math.floor(2 * Math.sqrt(1e8 / d)));
}

/** The part with its rows in an order that only their values and the seed decide; row p of it is row `order[p]`. */
export function inContentOrder(part: Part, seed: number): { readonly part: Part; readonly order: Int32Array } {
  const prints = fingerprints(part.points, part.n, part.d, seed);
  const order = Int32Array.from(prints.keys()).sort(
    (i, j) => prints[i]! - prints[j]! || part.labels[i]! - part.labels[j]! || i - j,
  );
  return { part: partOf(part, order), order };
}
