import { InputError, ShapeError, show } from '../core/errors.js';
import { either, finite, list, requireOne, text } from '../core/shape-check.js';
import { numberText, percentText } from '../core/words.js';
import { nothingMore, oneOf, requireNumber } from '../data/options.js';
import type { SignaturesResult } from '../signatures/signatures.js';
import { meanOf } from '../statistics/mean.js';
import { distinct, type Picture, type PictureOptions, picture, readCanvas, undrawn } from './picture.js';
import { requireResult } from './results.js';

export interface SignatureCurvesOptions extends PictureOptions {
  /** One name per column, in order; numbers become a numeric axis. Default 1, 2, 3, ... */
  readonly columns?: ArrayLike<string | number> | undefined;
  /** What the columns are, for the axis. Default 'column'. */
  readonly axis?: string | undefined;
  /** Scale of a numeric axis. Default 'linear'. */
  readonly scale?: 'linear' | 'log' | undefined;
  /** Show this many classes at most, the largest; 1 to 24. Default 6. */
  readonly maxClasses?: number | undefined;
}

function readColumns(where: string, value: unknown, d: number): (string | number)[] {
  if (value === undefined) return Array.from({ length: d }, (_, c) => c + 1);
  requireOne(where, 'columns', list(either(text, finite)), value);
  const names = Array.from(value as ArrayLike<string | number>);
  if (names.length !== d) {
    throw new ShapeError(
      'length-mismatch',
      `${where}: columns must name every column, got ${names.length} for ${d}; give one name per column`,
    );
  }
  return names;
}

/**
 * The signature of each class as a curve over the columns, one panel per class. The band is the
 * class's spread shared out over the columns, spread / sqrt(d): the root mean square distance of its
 * rows from the curve, per column. The grey lines are the other classes shown: where a band covers
 * them, the classes overlap. With more classes than `maxClasses` the largest are shown and the
 * sentence says how many are not.
 *
 * @throws InputError and ShapeError for bad options.
 *
 * @example
 * import { signatures } from 'clusterlens';
 * import { signatureCurves } from 'clusterlens/plot';
 * const result = signatures([[0, 0], [0, 2], [3, 0], [3, 2]], ['a', 'a', 'b', 'b']);
 * console.log(signatureCurves(result, { columns: ['gain', 'width'] }).description);
 * // On average 50% of the other curves run inside a class's band: the line is the class mean, the band its spread per column, grey are the other classes.
 */
export function signatureCurves(result: SignaturesResult, options?: SignatureCurvesOptions, ...more: []): Picture {
  nothingMore('signatureCurves', more, [result, options]);
  const where = 'signatureCurves';
  const canvas = readCanvas(where, options, ['columns', 'axis', 'scale', 'maxClasses']);
  requireResult(where, 'signatures', result);
  const { theme, options: given } = canvas;
  const columns = readColumns(where, given.columns, result.d);
  const scale = oneOf(where, 'scale', given.scale, ['linear', 'log'] as const, 'linear');
  const most =
    given.maxClasses === undefined
      ? 6
      : requireNumber(where, 'maxClasses', given.maxClasses, { min: 1, max: 24, integer: true });
  const numeric = columns.every((name) => typeof name === 'number');
  if (scale === 'log' && !(numeric && columns.every((name) => Number(name) > 0))) {
    throw new InputError(
      'out-of-range',
      `${where}: a log scale needs columns that are numbers > 0, got ${show(columns[0])}`,
    );
  }
  const classes = [...result.classes].sort((a, b) => b.size - a.size).slice(0, most);
  const names = distinct(classes.map(({ label }) => label));
  const panels = classes.map((c, i) => `${names[i]} (${numberText(c.size)})`);
  const band = classes.map(({ spread }) => spread / Math.sqrt(result.d));
  const short = (value: number) => Number(value.toPrecision(4));
  const values = classes.flatMap((c, i) =>
    columns.map((x, j) => ({
      panel: panels[i]!,
      x,
      y: short(c.vector[j]!),
      low: short(c.vector[j]! - band[i]!),
      high: short(c.vector[j]! + band[i]!),
    })),
  );
  const others = classes.flatMap((_, i) =>
    classes.flatMap((other, o) =>
      o === i ? [] : columns.map((x, j) => ({ panel: panels[i]!, other: o, x, y: short(other.vector[j]!) })),
    ),
  );
  const covered = classes.map((c, i) => {
    const rivals = classes.filter((_, o) => o !== i);
    const inside = rivals.map(
      (o) => columns.filter((_, j) => Math.abs(o.vector[j]! - c.vector[j]!) <= band[i]!).length,
    );
    return inside.reduce((sum, v) => sum + v, 0) / Math.max(1, rivals.length * columns.length);
  });
  const within = meanOf(covered);
  const left = result.classes.length - classes.length;
  const sentence =
    (classes.length === 1 ? '' : `On average ${percentText(within)} of the other curves run inside a class's band: `) +
    `the line is the class ${result.center}, the band its spread per column${classes.length === 1 ? '' : ', grey are the other classes'}.` +
    undrawn(classes.length, left);
  const perRow = canvas.width >= 340 ? 2 : 1;
  const panel = Math.floor((canvas.width - 48 - (perRow - 1) * 16) / perRow);
  const x = {
    field: 'x',
    type: numeric ? 'quantitative' : 'ordinal',
    ...(numeric ? { scale: { type: scale, zero: false, nice: false } } : { sort: null }),
    axis: {
      title: typeof given.axis === 'string' ? given.axis : 'column',
      grid: false,
      labelAngle: 0,
      labelOverlap: 'greedy',
      labelSeparation: 6,
      // Else the first label would meet the lowest one of the other axis.
      labelFlush: 8,
      tickCount: 4,
      ...(numeric ? { format: '~s' } : {}),
    },
  };
  const y = { field: 'y', type: 'quantitative', axis: { title: null, tickCount: 4 }, scale: { zero: false } };
  const all = [...others.map((row) => ({ ...row, kind: 'other' })), ...values.map((row) => ({ ...row, kind: 'own' }))];
  const own = [{ filter: "datum.kind === 'own'" }];
  return picture(canvas, 'Class signatures', sentence, {
    data: { values: all },
    facet: { field: 'panel', type: 'nominal', sort: panels, header: { labelAnchor: 'start' } },
    columns: perRow,
    spacing: { row: 14, column: 16 },
    spec: {
      width: panel,
      height: Math.round(panel * 0.56),
      encoding: { x, y },
      layer: [
        {
          transform: [{ filter: "datum.kind === 'other'" }],
          mark: { type: 'line', color: theme.rest, strokeWidth: 0.8, opacity: 0.8 },
          encoding: { detail: { field: 'other', type: 'nominal' } },
        },
        {
          transform: own,
          mark: { type: 'area', color: theme.first, opacity: 0.22 },
          encoding: { y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
        },
        { transform: own, mark: { type: 'line', color: theme.first, strokeWidth: 2 } },
      ],
    },
  });
}
