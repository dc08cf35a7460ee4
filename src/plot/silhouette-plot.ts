import { InputError, ShapeError, show } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { countText, numberText, percentText } from '../core/words.js';
import { readLabels } from '../data/labels.js';
import { nothingMore, requireNumber } from '../data/options.js';
import type { SilhouetteResult } from '../metrics/internal/silhouette.js';
import { fixed, type Picture, type PictureOptions, picture, readCanvas, shown } from './picture.js';
import { requireResult } from './results.js';

export interface SilhouettePlotOptions extends PictureOptions {
  /** Show this many classes at most, the largest; 1 to 60. Default 24. */
  readonly maxClasses?: number | undefined;
  /** Draw about this many bars at most, 50 to 10,000; see `silhouettePlot`. Default 600. */
  readonly maxBars?: number | undefined;
  /** Mean silhouette under permuted labels: a dotted line beside the mean. Default: none. */
  readonly chance?: number | undefined;
}

/** What the picture needs of `silhouette`. `labels` are the labels of all input rows. */
export type SilhouetteWidths = Pick<SilhouetteResult, 'score' | 'samples' | 'indices' | 'clusters' | 'metric'>;

const GAP = 7;
const ROW = 15;
const HEIGHT = 480;
const LEFT = 122;
const RIGHT = 50;

/**
 * The classic silhouette plot (Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7): the width of every
 * scored row as a bar, sorted inside its class, classes by mean width. Bars left of 0 are rows that
 * lie closer to another class than to their own; the dashed line is the mean over all rows.
 *
 * Thinning: with more classes than `maxClasses` the largest are shown and the rest counted in the
 * sentence; with more rows than `maxBars` every m-th bar of the sorted ones is drawn, the first and the
 * last of a class always. The means shown are those of the result, over all rows.
 *
 * @param result what `silhouette` returns. @param labels the labels that it was given.
 * @throws InputError for bad options.
 *
 * @example
 * import { silhouette } from 'clusterlens';
 * import { silhouettePlot } from 'clusterlens/plot';
 * const labels = ['a', 'a', 'b', 'b'];
 * const picture = silhouettePlot(silhouette([[0], [1], [5], [6]], labels), labels);
 * console.log(picture.description);
 * // Mean silhouette 0.798; 0 of 4 rows (0%) lie closer to another class than to their own.
 */
export function silhouettePlot(
  result: SilhouetteWidths,
  labels: ArrayLike<Label>,
  options?: SilhouettePlotOptions,
  ...more: []
): Picture {
  nothingMore('silhouettePlot', more, [result, labels, options]);
  const where = 'silhouettePlot';
  const canvas = readCanvas(where, options, ['maxClasses', 'maxBars', 'chance']);
  requireResult(where, 'silhouette', result);
  const { theme, options: given } = canvas;
  const read = (name: string, min: number, max: number, fallback: number) =>
    given[name] === undefined ? fallback : requireNumber(where, name, given[name], { min, max, integer: true });
  const maxClasses = read('maxClasses', 1, 60, 24);
  const maxBars = read('maxBars', 50, 10_000, 600);
  const chance =
    given.chance === undefined ? undefined : requireNumber(where, 'chance', given.chance, { min: -1, max: 1 });

  const table = readLabels(where, labels);
  const widths = new Map<Label, number[]>();
  for (const [s, row] of result.indices.entries()) {
    if (row >= table.codes.length) {
      throw new ShapeError(
        'length-mismatch',
        `${where}: labels must be those that silhouette was given, got ${table.codes.length} and a width of row ${row}`,
      );
    }
    const label = table.classes[table.codes[row]!]!;
    const own = widths.get(label);
    if (own === undefined) widths.set(label, [result.samples[s]!]);
    else own.push(result.samples[s]!);
  }
  const present = result.clusters.filter(({ label }) => widths.has(label));
  if (present.length === 0) {
    throw new InputError(
      'unknown-name',
      `${where}: labels must be those that silhouette was given, got none of its clusters (${show(result.clusters[0]!.label)}, ...)`,
    );
  }
  const largest = [...present].sort((a, b) => b.size - a.size).slice(0, maxClasses);
  const classes = [...largest].sort((a, b) => b.score - a.score || b.size - a.size);
  const total = classes.reduce((sum, { label }) => sum + widths.get(label)!.length, 0);
  const every = Math.ceil(total / maxBars);
  const unit = Math.min(ROW, Math.max(HEIGHT - classes.length * GAP, classes.length * ROW) / total);

  let top = 0;
  // Steps of an area, so that no seams show between bars.
  const bars: { x: number; y: number; c: number }[] = [];
  const names: { y: number; label: string; score: string }[] = [];
  classes.forEach(({ label, score, size }, c) => {
    const sorted = widths.get(label)!.sort((a, b) => b - a);
    const height = Math.max(ROW, sorted.length * unit);
    const kept = sorted.map((_, i) => i).filter((i) => i % every === 0 || i === sorted.length - 1);
    for (const i of kept) bars.push({ x: round(sorted[i]!), y: round(top + (i / sorted.length) * height), c });
    bars.push({ x: round(sorted[sorted.length - 1]!), y: round(top + height), c });
    names.push({ y: round(top + height / 2), label: `${shown(label, 14)} ${numberText(size)}`, score: fixed(score) });
    top += height + GAP;
  });
  const height = Math.round(top - GAP);

  const others = present.length - classes.length;
  const scored = result.samples.length;
  const hidden = scored - total;
  const negative = result.samples.filter((width) => width < 0).length;
  const sentence =
    `Mean silhouette ${fixed(result.score, 3)}${chance === undefined ? '' : ` (${fixed(chance, 3)} by chance)`}; ` +
    `${numberText(negative)} of ${countText(scored, scored < labels.length ? 'scored row' : 'row')} (${percentText(negative / scored)}) lie closer to another class than to their own.` +
    (others > 0
      ? ` The ${classes.length} largest classes are drawn; ${countText(others, 'smaller one')} with ${countText(hidden, 'row')} are not.`
      : '') +
    (every > 1 ? ` Every ${every}${['th', 'st', 'nd', 'rd'][every < 4 ? every : 0]} bar is drawn.` : '');

  const lowest = Math.min(0, ...bars.map(({ x }) => x), chance ?? 0);
  const y = {
    field: 'y',
    type: 'quantitative',
    axis: null,
    scale: { domain: [0, height], reverse: true, nice: false },
  };
  const line = (value: number, dash: number[], color: string, text: string, align: 'left' | 'right' | 'center') => {
    const dx = { left: 3, center: 0, right: -3 }[align];
    return [
      {
        data: { values: [{ value }] },
        mark: { type: 'rule', color, strokeDash: dash, strokeWidth: 1.5 },
        encoding: { x: { field: 'value', type: 'quantitative' } },
      },
      {
        data: { values: [{ value, text }] },
        mark: { type: 'text', color, dx, dy: -8, align, fontWeight: 600 },
        encoding: {
          x: { field: 'value', type: 'quantitative' },
          y: { value: 0 },
          text: { field: 'text', type: 'nominal' },
        },
      },
    ];
  };
  // The texts go away from each other, however near the lines are.
  const right = chance === undefined ? 'center' : result.score >= chance ? 'left' : 'right';
  const left = right === 'left' ? 'right' : 'left';
  return picture(canvas, 'Silhouette of every row, by class', sentence, {
    width: canvas.width - LEFT - RIGHT,
    height,
    encoding: {
      x: {
        type: 'quantitative',
        scale: { domain: [Math.max(-1, Math.floor(lowest * 5) / 5), 1], nice: false },
        axis: { title: `silhouette (${result.metric})`, tickCount: 5, grid: true },
      },
    },
    layer: [
      {
        data: { values: bars },
        mark: { type: 'area', orient: 'horizontal', interpolate: 'step-before' },
        encoding: {
          x: { field: 'x', type: 'quantitative' },
          x2: { datum: 0 },
          y,
          color: {
            field: 'c',
            type: 'nominal',
            scale: {
              domain: classes.map((_, c) => c),
              range: classes.map((_, c) => theme.classes[c % theme.classes.length]!),
            },
            legend: null,
          },
        },
      },
      {
        data: { values: names },
        mark: { type: 'text', align: 'right', limit: LEFT - 8 },
        encoding: { x: { value: -8 }, y, text: { field: 'label', type: 'nominal' } },
      },
      {
        data: { values: names },
        mark: { type: 'text', align: 'left', color: theme.quiet },
        encoding: { x: { value: canvas.width - LEFT - RIGHT + 8 }, y, text: { field: 'score', type: 'nominal' } },
      },
      ...line(result.score, [5, 3], theme.ink, 'mean', right),
      ...(chance === undefined ? [] : line(chance, [2, 3], theme.chance, 'chance', left)),
    ],
  });
}

/** Three decimals are more than a pixel. */
function round(value: number): number {
  return Number(value.toFixed(3));
}
