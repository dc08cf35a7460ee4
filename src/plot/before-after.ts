import { countText } from '../core/words.js';
import { nothingMore } from '../data/options.js';
import { distinct, type FittingPictureOptions, fixed, type Picture, picture, readCanvas } from './picture.js';
import { requireScores } from './results.js';

/** One space or configuration, training rows beside held-out rows. */
export interface BeforeAfterRow {
  readonly name: string;
  /** null where undefined. */
  readonly training: number | null;
  readonly heldOut?: number | null | undefined;
  /** What the held-out score (or, without one, the training score) would be by chance. */
  readonly chance?: number | null | undefined;
}

export interface BeforeAfterOptions extends FittingPictureOptions {
  /** What is compared. Default 'silhouette'. */
  readonly metric?: string | undefined;
  /** Default true. */
  readonly higherIsBetter?: boolean | undefined;
}

function sentenceOf(rows: readonly BeforeAfterRow[], metric: string, higher: boolean): string {
  const scored = rows.filter((r) => r.training !== null);
  const held = rows.filter((r) => typeof r.heldOut === 'number');
  const best = (from: readonly BeforeAfterRow[], of: (r: BeforeAfterRow) => number) =>
    from.reduce((a, b) => ((higher ? of(b) > of(a) : of(b) < of(a)) ? b : a));
  if (scored.length === 0) return `No ${metric} is defined on these rows.`;
  if (held.length === 0) {
    const top = best(scored, (r) => r.training!);
    if (rows.length === 1)
      return `The ${metric} of ${top.name} is ${fixed(top.training!)}; no held-out rows were given.`;
    return `The best ${metric} is that of ${top.name}, ${fixed(top.training!)}; no held-out rows were given, so nothing says that it holds on new rows.`;
  }
  const top = best(held, (r) => r.heldOut!);
  const gap = held
    .filter((r) => r.training !== null)
    .reduce<BeforeAfterRow | null>(
      (a, b) => (a === null || Math.abs(b.training! - b.heldOut!) > Math.abs(a.training! - a.heldOut!) ? b : a),
      null,
    );
  return (
    `On held-out rows the ${rows.length === 1 ? metric : `best ${metric} is that of ${top.name},`} ${rows.length === 1 ? `is ${fixed(top.heldOut!)}` : fixed(top.heldOut!)}` +
    (gap === null
      ? '.'
      : `; the widest gap between training and held-out rows is at ${gap.name}, ${fixed(gap.training!)} against ${fixed(gap.heldOut!)}.`)
  );
}

/**
 * Spaces or configurations one below the other, each with its score on training rows (filled), on
 * held-out rows (ring) and by chance (tick): the length of the line between is what does not hold on
 * new rows.
 *
 * @throws InputError for bad options, and for a score that is not finite (use null).
 *
 * @example
 * import { beforeAfter } from 'clusterlens/plot';
 * const rows = [
 *   { name: 'input', training: 0.04, heldOut: 0.01, chance: -0.03 },
 *   { name: 'latent', training: 0.79, heldOut: 0.12, chance: -0.06 },
 * ];
 * console.log(beforeAfter(rows).description);
 * // On held-out rows the best silhouette is that of latent, 0.12; the widest gap between training and held-out rows is at latent, 0.79 against 0.12.
 */
export function beforeAfter(rows: readonly BeforeAfterRow[], options?: BeforeAfterOptions, ...more: []): Picture {
  nothingMore('beforeAfter', more, [rows, options]);
  const where = 'beforeAfter';
  const canvas = readCanvas(where, options, ['metric', 'higherIsBetter'], true);
  const { theme, options: given } = canvas;
  requireScores(where, rows);
  const metric = typeof given.metric === 'string' ? given.metric : 'silhouette';
  const higher = given.higherIsBetter !== false;
  const names = distinct(rows.map(({ name }) => name));
  const values = rows.flatMap(({ training, heldOut, chance }, r) =>
    (
      [
        ['training rows', training],
        ['held-out rows', heldOut],
        ['by chance', chance],
      ] as const
    ).flatMap(([what, value]) => (typeof value === 'number' ? [{ name: names[r]!, what, value }] : [])),
  );
  const spans = rows.flatMap(({ training, heldOut }, r) =>
    typeof training === 'number' && typeof heldOut === 'number'
      ? [{ name: names[r]!, value: training, end: heldOut }]
      : [],
  );
  const kinds = ['training rows', 'held-out rows', 'by chance'].filter((kind) =>
    values.some(({ what }) => what === kind),
  );
  const role: Record<string, [string, string]> = {
    'training rows': [theme.first, 'circle'],
    'held-out rows': [theme.second, 'diamond'],
    'by chance': [theme.chance, 'M-0.14,-1L0.14,-1L0.14,1L-0.14,1Z'],
  };
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { zero: false, padding: 12 },
    axis: {
      title: `${metric} (${higher ? 'higher' : 'lower'} is better)`,
      tickCount: 5,
      labelOverlap: true,
      labelSeparation: 8,
    },
  };
  const y = {
    field: 'name',
    type: 'nominal',
    scale: { domain: names },
    axis: { title: null, labelColor: theme.ink, labelLimit: 130, grid: false },
  };
  return picture(
    canvas,
    rows.length === 1 ? `The ${metric}` : `The ${metric} of ${countText(rows.length, 'space')}`,
    sentenceOf(rows, metric, higher),
    {
      width: canvas.container ? 'container' : canvas.width,
      autosize: { type: 'fit-x', contains: 'padding' },
      height: 34 * rows.length,
      layer: [
        {
          data: { values: spans },
          mark: { type: 'rule', strokeWidth: 3, color: theme.line },
          encoding: { x, x2: { field: 'end' }, y },
        },
        {
          data: { values },
          mark: { type: 'point', filled: true, size: 120, opacity: 1 },
          encoding: {
            x,
            y,
            color: {
              field: 'what',
              type: 'nominal',
              scale: { domain: kinds, range: kinds.map((kind) => role[kind]![0]) },
              legend: { orient: 'top', title: null, direction: 'horizontal', offset: 4 },
            },
            shape: {
              field: 'what',
              type: 'nominal',
              scale: { domain: kinds, range: kinds.map((kind) => role[kind]![1]) },
            },
          },
        },
      ],
    },
  );
}
