import { countText, numberText, percentText } from '../core/words.js';
import { nothingMore, requireNumber } from '../data/options.js';
import type { Confusability } from '../signatures/confusability-types.js';
import { confusionMatrix } from '../signatures/confusion-matrix.js';
import { averageLinkage } from '../statistics/average-linkage.js';
import { labelRoom, matrixLayers, matrixSide } from './matrix-view.js';
import { distinct, type Picture, type PictureOptions, picture, readCanvas, shown, undrawn } from './picture.js';
import { requireResult } from './results.js';

/** Pixels that the title beside the matrix takes. */
const TITLE = 20;

export interface ConfusabilityMatrixOptions extends PictureOptions {
  /** Show this many classes at most, the largest; 2 to 60. Default 30. */
  readonly maxClasses?: number | undefined;
}

/**
 * Who is confused with whom: row by row, the share of a class's nearest neighbours that belong to each
 * class. A bright diagonal is what separate classes would show. Classes that share neighbours stand
 * side by side; pairs that stand out among the confusions (`mergeCandidates`) have a frame. With more
 * classes than `maxClasses` the largest are shown and the sentence says how many are not.
 *
 * @throws InputError for bad options.
 *
 * @example
 * import { confusability } from 'clusterlens';
 * import { confusabilityMatrix } from 'clusterlens/plot';
 * const result = confusability([[0], [1], [2.5], [3], [3.6]], ['a', 'a', 'a', 'b', 'b']);
 * console.log(confusabilityMatrix(result).description);
 * // 60% of nearest neighbours are of the row's own class (the diagonal), 40% by chance; no pair of classes stands out.
 */
export function confusabilityMatrix(result: Confusability, options?: ConfusabilityMatrixOptions, ...more: []): Picture {
  nothingMore('confusabilityMatrix', more, [result, options]);
  const where = 'confusabilityMatrix';
  const canvas = readCanvas(where, options, ['maxClasses']);
  requireResult(where, 'confusability', result);
  const { theme, options: given } = canvas;
  const most =
    given.maxClasses === undefined
      ? 30
      : requireNumber(where, 'maxClasses', given.maxClasses, { min: 2, max: 60, integer: true });
  const classes = [...result.classes].sort((a, b) => b.size - a.size).slice(0, most);
  const k = classes.length;
  const counts = confusionMatrix(
    result,
    classes.map(({ label }) => label),
  );
  const shares = counts.map((row, i) => row.map((v) => v / (result.neighbors * classes[i]!.size)));
  const apart = shares.map((row, i) => row.map((share, j) => (i === j ? 0 : 2 - share - shares[j]![i]!)));
  const { order } = averageLinkage(apart);
  const names = distinct(classes.map(({ label }) => label));
  const ordered = order.map((i) => names[i]!);
  const cells = order.flatMap((i) =>
    // Empty cells are the ground of the picture.
    order
      .filter((j) => counts[i]![j]! > 0)
      .map((j) => ({ row: names[i]!, column: names[j]!, value: Number(shares[i]![j]!.toFixed(4)) })),
  );
  const at = new Map(classes.map(({ label }, i) => [label, names[i]!]));
  const framed = result.mergeCandidates.flatMap(({ labels: [a, b] }) => {
    const [x, y] = [at.get(a), at.get(b)];
    return x === undefined || y === undefined
      ? []
      : [
          { row: x, column: y },
          { row: y, column: x },
        ];
  });
  // Rows, not classes, are the unit: a mean over classes would count the smallest as much as the largest.
  const rows = result.classes.reduce((sum, { size }) => sum + size, 0);
  const own = result.classes.reduce((sum, c) => sum + c.own * c.size, 0) / rows;
  const chance = result.classes.reduce((sum, c) => sum + c.ownExpected * c.size, 0) / rows;
  const top = result.mergeCandidates[0];
  const left = result.classes.length - k;
  const sentence =
    `${percentText(own)} of nearest neighbours are of the row's own class (the diagonal), ${percentText(chance)} by chance` +
    (top === undefined
      ? result.confusions === 0
        ? '; no row is confused with another class.'
        : '; no pair of classes stands out.'
      : `; ${countText(result.mergeCandidates.length, 'pair')} of classes ${result.mergeCandidates.length === 1 ? 'stands' : 'stand'} out, ` +
        `first ${shown(top.labels[0])} and ${shown(top.labels[1])} (${numberText(top.count)} of ${countText(result.confusions, 'confusion')}, ${numberText(top.expected)} expected).`) +
    undrawn(k, left);
  const side = matrixSide(canvas.width - labelRoom(names) - TITLE, k);
  const highest = Math.max(0, ...cells.map(({ value }) => value));
  return picture(canvas, 'Who is confused with whom', sentence, {
    width: side,
    height: side,
    view: { fill: theme.steps[0] },
    layer: [
      ...matrixLayers({
        theme,
        side,
        names: ordered,
        cells,
        domain: [0, highest === 0 ? 1 : highest],
        legend: `share of the row's ${result.neighbors === 1 ? 'nearest neighbours' : `${result.neighbors} nearest neighbours`}`,
        format: '.0%',
        written: k <= 10,
        titles: ['class of its nearest neighbour', 'class of the row'],
      }),
      {
        data: { values: framed },
        mark: { type: 'rect', filled: false, stroke: theme.second, strokeWidth: 1.5 },
        encoding: { x: { field: 'column', type: 'nominal' }, y: { field: 'row', type: 'nominal' } },
      },
    ],
  });
}
