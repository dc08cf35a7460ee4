import type { Label } from '../core/types.js';
import { countText, numberText, percentText } from '../core/words.js';
import { nothingMore, requireNumber } from '../data/options.js';
import { type Canvas, distinct, type FittingPictureOptions, type Picture, picture, readCanvas } from './picture.js';
import { requireResult } from './results.js';

/** What the picture needs of `classBalance`, or of the balance inside a diagnosis. */
export interface ClassSizes {
  readonly classes: ReadonlyArray<{ readonly label: Label; readonly count: number; readonly share: number }>;
}

export interface ClassSizesOptions extends FittingPictureOptions {
  /** Fewest rows of a class that a filter keeps: classes below are drawn in grey. Default: no filter. */
  readonly threshold?: number | undefined;
  /** Up to this many classes have a bar each; more are counted by size. 1 to 60, default 30. */
  readonly maxBars?: number | undefined;
}

const EDGES = [1, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 1e5, 1e6, 1e7, 1e8, 1e9];

/** '1 row', '3–4 rows' or '≥ 50 rows' for a bin of sizes that ends before `next`. */
function binName(from: number, next: number | undefined): string {
  if (next === undefined) return `≥ ${countText(from, 'row')}`;
  return next - from === 1 ? countText(from, 'row') : `${numberText(from)}–${numberText(next - 1)} rows`;
}

function sentenceOf(sizes: ClassSizes, threshold: number | undefined): string {
  const { classes } = sizes;
  const rows = classes.reduce((sum, c) => sum + c.count, 0);
  const first = classes.reduce((a, b) => (b.count > a.count ? b : a));
  const smallest = classes.reduce((least, c) => Math.min(least, c.count), first.count);
  const alone = classes.filter((c) => c.count === 1).length;
  const whole = `${countText(rows, 'row')} in ${countText(classes.length, 'class', 'classes')}`;
  if (threshold !== undefined) {
    const kept = classes.filter((c) => c.count >= threshold);
    const keptRows = kept.reduce((sum, c) => sum + c.count, 0);
    return (
      `${whole}: ${countText(kept.length, 'class has', 'classes have')} at least ${countText(threshold, 'row')} and hold ` +
      `${numberText(keptRows)} rows (${percentText(keptRows / rows)})${alone > 0 ? `, ${countText(alone, 'class occurs', 'classes occur')} once` : ''}.`
    );
  }
  if (first.count === smallest) return `${whole}, all of ${countText(smallest, 'row')}.`;
  return `${whole}: the largest has ${numberText(first.count)}, the smallest ${numberText(smallest)}${alone > 1 ? `, ${numberText(alone)} occur once` : ''}.`;
}

function bars(canvas: Canvas, sizes: ClassSizes, threshold: number | undefined): object {
  const { theme } = canvas;
  const ordered = [...sizes.classes].sort((a, b) => b.count - a.count);
  const names = distinct(ordered.map(({ label }) => label));
  const largest = ordered[0]?.count ?? 0;
  const values = ordered.map((c, i) => ({
    label: names[i]!,
    count: c.count,
    // A figure that the line of the threshold would run through stands behind it.
    at: threshold !== undefined && c.count < threshold && threshold - c.count < largest / 12 ? threshold : c.count,
    kept: threshold === undefined || c.count >= threshold,
  }));
  const y = {
    field: 'label',
    type: 'nominal',
    sort: null,
    axis: { title: null, labelColor: theme.ink, labelLimit: 150 },
  };
  const x = {
    field: 'count',
    type: 'quantitative',
    axis: { title: 'rows', tickCount: 5, tickMinStep: 1, grid: true },
  };
  return {
    data: { values },
    height: 20 * values.length,
    encoding: { y, x },
    layer: [
      ...(threshold === undefined
        ? []
        : [
            {
              data: { values: [{ threshold }] },
              mark: { type: 'rule', color: theme.second, strokeDash: [4, 3], strokeWidth: 1.5 },
              encoding: { x: { field: 'threshold', type: 'quantitative' }, y: null },
            },
            {
              data: { values: [{ threshold, text: `${numberText(threshold)} rows` }] },
              mark: { type: 'text', color: theme.second, baseline: 'bottom', dy: -3, fontWeight: 600 },
              encoding: {
                x: { field: 'threshold', type: 'quantitative' },
                y: { value: 0 },
                text: { field: 'text', type: 'nominal' },
              },
            },
          ]),
      {
        mark: { type: 'bar', height: { band: 0.72 }, cornerRadiusEnd: 2 },
        encoding: { color: { condition: { test: 'datum.kept', value: theme.first }, value: theme.rest } },
      },
      {
        mark: { type: 'text', align: 'left', dx: 4, color: theme.quiet, fontSize: 11 },
        encoding: {
          x: { field: 'at', type: 'quantitative' },
          text: { field: 'count', type: 'quantitative', format: ',' },
        },
      },
    ],
  };
}

function bins(canvas: Canvas, sizes: ClassSizes, threshold: number | undefined): object {
  const { theme } = canvas;
  const most = sizes.classes.reduce((max, c) => Math.max(max, c.count), 1);
  const rows = sizes.classes.reduce((sum, c) => sum + c.count, 0);
  const edges = [...new Set([...EDGES, ...(threshold === undefined ? [] : [threshold])])]
    .filter((edge) => edge <= most || edge === threshold)
    .sort((a, b) => a - b);
  const binned = edges.map((from, e) => {
    const next = edges[e + 1];
    const inside = sizes.classes.filter((c) => c.count >= from && (next === undefined || c.count < next));
    return {
      size: binName(from, next),
      kept: threshold === undefined || from >= threshold,
      classes: inside.length,
      rows: inside.reduce((sum, c) => sum + c.count, 0),
    };
  });
  const values = binned.flatMap((bin) =>
    (['classes', 'rows'] as const).map((what) => {
      const value = bin[what];
      const share = value / (what === 'rows' ? rows : sizes.classes.length);
      return {
        size: bin.size,
        kept: bin.kept,
        what: `share of ${what}`,
        value,
        share,
        text: `${numberText(value)} (${percentText(share)})`,
      };
    }),
  );
  const panel = Math.floor((canvas.width - 104) / 2);
  return {
    data: { values },
    facet: {
      column: {
        field: 'what',
        type: 'nominal',
        sort: ['share of classes', 'share of rows'],
        header: { labelAnchor: 'start' },
      },
    },
    spacing: 14,
    spec: {
      width: panel,
      height: 26 * edges.length,
      encoding: {
        y: {
          field: 'size',
          type: 'nominal',
          sort: edges.map((from, e) => binName(from, edges[e + 1])),
          axis: { title: null, labelColor: theme.ink },
        },
        // Room for the figures behind the longest bar.
        x: {
          field: 'share',
          type: 'quantitative',
          axis: null,
          scale: { domain: [0, Math.max(...values.map(({ share }) => share)) * 1.75] },
        },
      },
      layer: [
        {
          mark: { type: 'bar', height: { band: 0.72 }, cornerRadiusEnd: 2 },
          encoding: { color: { condition: { test: 'datum.kept', value: theme.first }, value: theme.rest } },
        },
        {
          mark: { type: 'text', align: 'left', dx: 5, fontSize: 11.5 },
          encoding: { text: { field: 'text', type: 'nominal' } },
        },
      ],
    },
  };
}

/**
 * The option `threshold`.
 *
 * @throws InputError.
 */
export function readThreshold(where: string, { options: { threshold } }: Canvas): number | undefined {
  return threshold === undefined ? undefined : requireNumber(where, 'threshold', threshold, { min: 1, integer: true });
}

/**
 * How many rows the classes have. Up to `maxBars` classes have a bar each, largest first; more are
 * counted by size (1, 2, 3-4, 5-9, ...), classes beside the rows that they hold, so that 765 classes
 * are as readable as 5. With a threshold what a filter would drop is grey.
 *
 * @throws InputError for bad options.
 *
 * @example
 * import { classBalance } from 'clusterlens';
 * import { classSizes } from 'clusterlens/plot';
 * const labels = ['a', 'a', 'a', 'a', 'b', 'b', 'c'];
 * console.log(classSizes(classBalance(labels), { threshold: 2 }).description);
 * // 7 rows in 3 classes: 2 classes have at least 2 rows and hold 6 rows (85.7%), 1 class occurs once.
 */
export function classSizes(sizes: ClassSizes, options?: ClassSizesOptions, ...more: []): Picture {
  nothingMore('classSizes', more, [sizes, options]);
  const where = 'classSizes';
  const canvas = readCanvas(where, options, ['threshold', 'maxBars'], true);
  requireResult(where, 'balance', sizes);
  const threshold = readThreshold(where, canvas);
  const maxBars =
    canvas.options.maxBars === undefined
      ? 30
      : requireNumber(where, 'maxBars', canvas.options.maxBars, { min: 1, max: 60, integer: true });
  const few = sizes.classes.length <= maxBars;
  const fit = {
    width: canvas.container ? 'container' : canvas.width,
    autosize: { type: 'fit-x', contains: 'padding' },
  };
  const body = few ? { ...fit, ...bars(canvas, sizes, threshold) } : bins(canvas, sizes, threshold);
  return picture(
    canvas,
    few ? 'Rows per class' : 'Classes by size, and the rows they hold',
    sentenceOf(sizes, threshold),
    body,
  );
}
