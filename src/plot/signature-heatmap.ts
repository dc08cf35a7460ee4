import type { Label } from '../core/types.js';
import { nothingMore, requireNumber } from '../data/options.js';
import type { SignatureDistancesResult } from '../signatures/signature-distances.js';
import { averageLinkage } from '../statistics/average-linkage.js';
import { branches } from './dendrogram.js';
import { labelRoom, matrixLayers, matrixSide } from './matrix-view.js';
import { distinct, fixed, type Picture, type PictureOptions, picture, readCanvas, shown, undrawn } from './picture.js';
import { requireResult } from './results.js';

export interface SignatureHeatmapOptions extends PictureOptions {
  /** Show this many classes at most, the largest; 2 to 60. Default 24. */
  readonly maxClasses?: number | undefined;
}

/** What the picture needs of `signatureDistances`. */
export type Distances = Pick<
  SignatureDistancesResult,
  'labels' | 'matrix' | 'mean' | 'closest' | 'farthest' | 'metric' | 'null' | 'separation'
>;

const TREE = 0.16;

/**
 * Distances between class signatures as a heat map, with the dendrogram (average linkage of the
 * distances shown) that orders it drawn beside: dark blocks along the diagonal would be groups of
 * classes that are alike. With more classes than `maxClasses` the first (largest) are shown and the
 * sentence says how many are not.
 *
 * @throws InputError for bad options.
 *
 * @example
 * import { signatureDistances } from 'clusterlens';
 * import { signatureHeatmap } from 'clusterlens/plot';
 * const points = [[0, 0], [0, 2], [3, 0], [3, 2], [9, 0], [9, 2]];
 * const result = signatureDistances(points, ['a', 'a', 'b', 'b', 'c', 'c'], { permutations: 99 });
 * console.log(signatureHeatmap(result).description);
 * // Mean distance between signatures 6.00 against 3.62 by chance; closest are a and b (3.00), farthest a and c (9.00).
 */
export function signatureHeatmap(result: Distances, options?: SignatureHeatmapOptions, ...more: []): Picture {
  nothingMore('signatureHeatmap', more, [result, options]);
  const where = 'signatureHeatmap';
  const canvas = readCanvas(where, options, ['maxClasses']);
  requireResult(where, 'signatureDistances', result);
  const { theme, options: given } = canvas;
  const most =
    given.maxClasses === undefined
      ? 24
      : requireNumber(where, 'maxClasses', given.maxClasses, { min: 2, max: 60, integer: true });
  const k = Math.min(most, result.labels.length);
  const labels = result.labels.slice(0, k);
  const matrix = result.matrix.slice(0, k).map((row) => row.slice(0, k));
  const { order, joints } = averageLinkage(matrix);
  const names = distinct(labels);
  const ordered = order.map((i) => names[i]!);
  const values = matrix.flatMap((row, i) => row.filter((_, j) => j > i));
  // From 0, so that nearly equal distances look nearly equal.
  const domain: [number, number] = [0, Math.max(...values) || 1];
  const cells = order.flatMap((i) =>
    order
      .filter((j) => j !== i)
      .map((j) => ({ row: names[i]!, column: names[j]!, value: Number(matrix[i]![j]!.toPrecision(4)) })),
  );
  const left = result.labels.length - k;
  const pair = ({ a, b, distance }: { a: Label; b: Label; distance: number }) =>
    `${shown(a)} and ${shown(b)} (${fixed(distance)})`;
  const sentence =
    `Mean distance between signatures ${fixed(result.mean)}` +
    (result.null === null ? '' : ` against ${fixed(result.null.mean)} by chance`) +
    (result.labels.length === 2 ? '.' : `; closest are ${pair(result.closest)}, farthest ${pair(result.farthest)}.`) +
    undrawn(k, left);
  const room = canvas.width - labelRoom(names);
  const side = matrixSide(Math.round(room * (1 - TREE)), k);
  const treeHeight = joints[joints.length - 1]!.height;
  const tree = branches(joints, order).map((b) => ({
    at: b.leaf,
    at2: b.leaf2,
    height: Number(b.height.toPrecision(4)),
    height2: Number(b.height2.toPrecision(4)),
  }));
  return picture(canvas, 'Distances between class signatures', sentence, {
    hconcat: [
      {
        width: side,
        height: side,
        layer: matrixLayers({
          theme,
          side,
          names: ordered,
          cells,
          domain,
          legend: `distance (${result.metric})`,
          format: '.3~g',
          written: k <= 10,
        }),
      },
      {
        data: { values: tree },
        width: Math.round(room * TREE) - 6,
        height: side,
        mark: { type: 'rule', color: theme.quiet, strokeWidth: 1.2 },
        encoding: {
          x: {
            field: 'height',
            type: 'quantitative',
            scale: { domain: [0, treeHeight], nice: false },
            axis: { title: 'merged at', tickCount: 2, grid: false },
          },
          x2: { field: 'height2' },
          y: {
            field: 'at',
            type: 'quantitative',
            axis: null,
            scale: { domain: [0, k], reverse: true, nice: false },
          },
          y2: { field: 'at2' },
        },
      },
    ],
    spacing: 6,
  });
}
