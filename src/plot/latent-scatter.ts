import { ShapeError } from '../core/errors.js';
import type { Label } from '../core/types.js';
import { countText, numberText } from '../core/words.js';
import { nothingMore, requireNumber } from '../data/options.js';
import { distinct, fixed, type Picture, type PictureOptions, picture, readCanvas } from './picture.js';
import { requireResult } from './results.js';

/** Rows in a plane, with their labels and the score of the space itself (not of the plane). */
export interface PlaneRows {
  /** One [x, y] per row. */
  readonly points: ReadonlyArray<ArrayLike<number>>;
  readonly labels: ArrayLike<Label>;
  /** Silhouette of these rows in the space that was projected; null where undefined. */
  readonly score?: number | null | undefined;
}

export interface LatentPlane {
  /** How the plane was made, as 'PCA of the training rows'. */
  readonly method: string;
  readonly training: PlaneRows;
  readonly heldOut?: PlaneRows | undefined;
}

export interface LatentScatterOptions extends PictureOptions {
  /** What is shown. Default 'Latent space'. */
  readonly title?: string | undefined;
  /** Draw about this many points of each side at most, 100 to 20,000; see `latentScatter`. Default 1000. */
  readonly maxPoints?: number | undefined;
}

/** Every m-th row of each class, so that no class vanishes. */
function thinned(labels: ArrayLike<Label>, every: number): number[] {
  if (every === 1) return Array.from(labels, (_, i) => i);
  const seen = new Map<Label, number>();
  const kept: number[] = [];
  for (let i = 0; i < labels.length; i++) {
    const position = seen.get(labels[i]!) ?? 0;
    if (position % every === 0) kept.push(i);
    seen.set(labels[i]!, position + 1);
  }
  return kept;
}

/**
 * Training rows beside held-out rows in the same plane, coloured by class: what holds on the left only
 * does not hold on new rows. The scores in the headings are of the space itself. Up to ten classes have a colour
 * each; of more the six largest, the others are grey and behind. With more points than `maxPoints` on
 * a side every m-th row of each class is drawn, and the sentence says so.
 *
 * @throws InputError and ShapeError for bad input.
 *
 * @example
 * import { latentScatter } from 'clusterlens/plot';
 * const training = { points: [[0, 0], [0, 1], [5, 5], [5, 6]], labels: ['a', 'a', 'b', 'b'], score: 0.86 };
 * const heldOut = { points: [[0, 0], [5, 5]], labels: ['b', 'a'], score: null };
 * const picture = latentScatter({ method: 'The two units of the latent', training, heldOut });
 * console.log(picture.title.text, picture.title.subtitle); // Latent space [ 'The two units of the latent.' ]
 */
export function latentScatter(plane: LatentPlane, options?: LatentScatterOptions, ...more: []): Picture {
  nothingMore('latentScatter', more, [plane, options]);
  const where = 'latentScatter';
  const canvas = readCanvas(where, options, ['title', 'maxPoints']);
  requireResult(where, 'plane', plane);
  const { theme, options: given } = canvas;
  const most =
    given.maxPoints === undefined
      ? 1000
      : requireNumber(where, 'maxPoints', given.maxPoints, { min: 100, max: 20_000, integer: true });
  const sides = [
    { name: 'training', rows: plane.training },
    ...(plane.heldOut === undefined ? [] : [{ name: 'held-out', rows: plane.heldOut }]),
  ];
  const sizes = new Map<Label, number>();
  for (const { name, rows } of sides) {
    if (rows.points.length !== rows.labels.length) {
      throw new ShapeError(
        'length-mismatch',
        `${where}: ${name} needs one label per point, got ${rows.points.length} points and ${rows.labels.length} labels`,
      );
    }
    for (let i = 0; i < rows.labels.length; i++) sizes.set(rows.labels[i]!, (sizes.get(rows.labels[i]!) ?? 0) + 1);
  }
  const bySize = [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)!);
  const few = bySize.length <= theme.classes.length;
  const coloured = few ? bySize : bySize.slice(0, 6);
  const names = distinct(coloured);
  const rest = countText(bySize.length - coloured.length, 'other class', 'other classes');
  const nameOf = new Map(coloured.map((label, i) => [label, names[i]!]));
  const title = (name: string, { score }: PlaneRows) =>
    `${name} rows${score === undefined ? '' : `: silhouette ${score === null ? 'undefined' : fixed(score)}`}`;
  const heads = sides.map(({ name, rows }) => title(name, rows));
  const every = Math.max(...sides.map(({ rows }) => Math.ceil(rows.points.length / most)), 1);
  const values = sides.flatMap(({ rows }, s) =>
    thinned(rows.labels, every).map((i) => {
      const label = nameOf.get(rows.labels[i]!) ?? rest;
      const [x, y] = [rows.points[i]![0]!, rows.points[i]![1]!];
      const front = label === rest ? 0 : 1;
      return { x: Number(x.toPrecision(4)), y: Number(y.toPrecision(4)), label, side: heads[s]!, front };
    }),
  );
  const scored = sides.every(({ rows }) => typeof rows.score === 'number') && sides.length === 2;
  const drop = scored ? plane.training.score! - plane.heldOut!.score! : 0;
  const sentence =
    (scored
      ? `Silhouette ${fixed(plane.training.score!)} on training rows, ${fixed(plane.heldOut!.score!)} on held-out rows` +
        `${drop > 0.1 ? `: ${fixed(drop)} of it does not hold on new rows` : ''}. `
      : '') +
    `${plane.method}.` +
    (every > 1
      ? ` Every ${every}${['th', 'st', 'nd', 'rd'][every < 4 ? every : 0]} row of each class is drawn (${numberText(values.length)} points).`
      : '');
  const columns = sides.length === 2 && canvas.width >= 340 ? 2 : 1;
  const side = Math.floor((canvas.width - (columns - 1) * 12 - 4) / columns);
  const axis = { title: null, labels: false, grid: false };
  const scale = { zero: false, padding: 8 };
  return picture(canvas, typeof given.title === 'string' ? given.title : 'Latent space', sentence, {
    data: { values },
    facet: { field: 'side', type: 'nominal', sort: heads, header: { labelAnchor: 'start' } },
    columns,
    spacing: 12,
    spec: {
      width: side,
      height: Math.min(side, 320),
      view: { stroke: theme.line },
      mark: { type: 'circle', size: every > 1 || values.length > 600 ? 18 : 32, opacity: 0.85 },
      encoding: {
        x: { field: 'x', type: 'quantitative', axis, scale },
        y: { field: 'y', type: 'quantitative', axis, scale },
        color: {
          field: 'label',
          type: 'nominal',
          scale: {
            domain: few ? names : [...names, rest],
            range: [...theme.classes.slice(0, names.length), ...(few ? [] : [theme.rest])],
          },
          legend: {
            title: null,
            orient: 'bottom',
            columns: Math.max(2, Math.floor(canvas.width / 130)),
            symbolOpacity: 1,
            labelLimit: 110,
          },
        },
        order: { field: 'front', type: 'quantitative' },
      },
    },
  });
}
