import type { EpochRecord, TrainingRecord } from '../core/training-record.js';
import { numberText, percentText } from '../core/words.js';
import { nothingMore } from '../data/options.js';
import { fixed, type Picture, type PictureOptions, picture, readCanvas } from './picture.js';
import { requireResult } from './results.js';

const AXIS = 46;
/** Room for what stands behind the ends of lines. */
const ENDS = 44;

/** A line across a panel, and what stands behind its end. */
interface Rule {
  readonly value: number;
  readonly text: string;
}

interface Point {
  readonly epoch: number;
  readonly what: string;
  readonly value: number;
}

function points(
  epochs: readonly EpochRecord[],
  what: string,
  of: (epoch: EpochRecord) => number | null | undefined,
): Point[] {
  return epochs.flatMap((epoch) => {
    const value = of(epoch);
    return typeof value === 'number' ? [{ epoch: epoch.epoch, what, value: Number(value.toPrecision(4)) }] : [];
  });
}

/** Every m-th epoch and the last. */
function thinned(epochs: readonly EpochRecord[], most: number): readonly EpochRecord[] {
  const every = Math.ceil(epochs.length / most);
  return epochs.filter((_, i) => i % every === 0 || i === epochs.length - 1);
}

const lossText = (total: number | null) => (total === null ? 'without a value' : fixed(total, 3));

function sentenceOf({ epochs }: TrainingRecord, terms: readonly string[]): string {
  const last = epochs[epochs.length - 1];
  if (last === undefined) return 'No epoch was finished.';
  const parts: string[] = [];
  const { losses, heldOut, anchors, gradient } = last;
  parts.push(
    `After ${last.epoch} epochs the loss is ${lossText(losses.total)} on training rows` +
      (heldOut === null ? '' : ` and ${lossText(heldOut.total)} on held-out rows`),
  );
  for (const term of terms) {
    const bounds = losses.bounds[term];
    const value = losses.byName[term];
    if (bounds == null || value == null || bounds.ceiling <= bounds.floor) continue;
    const way = (bounds.ceiling - value) / (bounds.ceiling - bounds.floor);
    parts.push(
      `${term} has come ${percentText(Math.max(0, Math.min(1, way)))} of the way from its ceiling to its floor`,
    );
  }
  if (anchors !== null && anchors.skipped > 0) {
    parts.push(`${percentText(anchors.skipped / (anchors.valid + anchors.skipped))} of the anchors had no positive`);
  }
  if (gradient !== null) {
    const norms = terms.flatMap((term) =>
      gradient.norms[term] == null ? [] : [`${term} ${numberText(gradient.norms[term]!)}`],
    );
    if (norms.length > 1) parts.push(`gradient norms are ${norms.join(', ')}`);
  }
  return `${parts.join('; ')}.`;
}

/**
 * How a training run went: the total loss on training and held-out rows, each term of the loss between
 * its floor and ceiling (dotted) where it has them, the gradient norm of each term (logarithmic axis)
 * and the cosine between the gradients, where they were probed. Of more than 200 epochs every m-th is
 * drawn, and the last.
 *
 * @param record the `record` that `train` returns.
 * @throws InputError for bad options.
 *
 * @example
 * import { Linear, train } from 'clusterlens/nn';
 * import { trainingCurves } from 'clusterlens/plot';
 * const model = new Linear(2, 2, { seed: 0 });
 * const record = await train(model, { points: [[0, 1], [1, 0], [0, 2], [2, 0]] }, { epochs: 5 });
 * console.log(trainingCurves(record).title.text); // How the training went
 */
export function trainingCurves(record: TrainingRecord, options?: PictureOptions, ...more: []): Picture {
  nothingMore('trainingCurves', more, [record, options]);
  const canvas = readCanvas('trainingCurves', options);
  requireResult('trainingCurves', 'training', record);
  const { theme } = canvas;
  const terms = record.objective.map(({ name }) => name);
  const epochs = thinned(record.epochs, 200);
  const yAxis = {
    title: null,
    tickCount: 4,
    minExtent: AXIS - 8,
    maxExtent: AXIS - 8,
    format: '~g',
    labelOverlap: true,
    labelSeparation: 6,
  };
  const legend = {
    orient: 'top',
    title: null,
    direction: 'horizontal',
    offset: 2,
    symbolStrokeWidth: 3,
    labelLimit: 160,
  };
  const heading = (text: string) => ({ text, fontSize: 13, fontWeight: 600, color: theme.ink, offset: 4 });
  const panels: { title: string; values: Point[]; colours: readonly string[]; scale?: object; rules?: Rule[] }[] = [
    {
      title: 'Total loss',
      values: [
        ...points(epochs, 'training', ({ losses }) => losses.total),
        ...points(epochs, 'held-out', ({ heldOut }) => heldOut?.total),
      ],
      colours: [theme.first, theme.second],
    },
    ...terms.map((term) => {
      const bounds = record.epochs[record.epochs.length - 1]?.losses.bounds[term];
      return {
        title: `${term} (without its weight)`,
        values: [
          ...points(epochs, 'training', ({ losses }) => losses.byName[term]),
          ...points(epochs, 'held-out', ({ heldOut }) => heldOut?.byName[term]),
        ],
        colours: [theme.first, theme.second],
        rules:
          bounds == null
            ? []
            : [
                { value: bounds.floor, text: 'floor' },
                { value: bounds.ceiling, text: 'ceiling' },
              ],
      };
    }),
    {
      title: 'Gradient norm of each term',
      values: terms.flatMap((term) =>
        points(epochs, term, ({ gradient }) => {
          const norm = gradient?.norms[term];
          return norm === 0 ? null : norm;
        }),
      ),
      colours: theme.classes.slice(2),
      scale: { type: 'log', nice: false },
    },
    {
      title: 'Cosine between the gradients',
      values: (record.epochs.find(({ gradient }) => gradient !== null)?.gradient?.cosines ?? []).flatMap(
        ({ between }, pair) => points(epochs, between.join(' and '), ({ gradient }) => gradient?.cosines[pair]?.cosine),
      ),
      colours: theme.classes.slice(4),
      scale: { domain: [-1, 1] },
      rules: [{ value: 0, text: '' }],
    },
  ];
  const bounded = panels.some(({ rules = [] }) => rules.some(({ text }) => text !== ''));
  const width = canvas.width - AXIS - (bounded ? ENDS : 0);
  const drawn = panels.filter(({ values }) => values.length > 0);
  return picture(canvas, 'How the training went', sentenceOf(record, terms), {
    vconcat: drawn.map(({ title, values, colours, scale, rules = [] }, p) => {
      const names = [...new Set(values.map(({ what }) => what))];
      // Of a logarithmic grid only the labelled lines could be read.
      const axis = scale !== undefined && 'type' in scale ? { ...yAxis, grid: false } : yAxis;
      const y = { field: 'value', type: 'quantitative', axis, scale: scale ?? { zero: false } };
      return {
        title: heading(title),
        width,
        height: 96,
        layer: [
          {
            data: { values },
            mark: { type: 'line', strokeWidth: 2, ...(values.length / names.length < 3 ? { point: true } : {}) },
            encoding: {
              x: {
                field: 'epoch',
                type: 'quantitative',
                scale: { nice: false, zero: false },
                axis: { title: p === drawn.length - 1 ? 'epoch' : null, grid: false, tickMinStep: 1 },
              },
              y,
              color: {
                field: 'what',
                type: 'nominal',
                scale: { domain: names, range: colours.slice(0, names.length) },
                legend: names.length > 1 ? legend : null,
              },
            },
          },
          ...(rules.length === 0
            ? []
            : [
                {
                  data: { values: rules },
                  mark: { type: 'rule', color: theme.chance, strokeDash: [2, 3] },
                  encoding: { y },
                },
                {
                  data: { values: rules },
                  mark: { type: 'text', align: 'left', color: theme.quiet, fontSize: 11 },
                  encoding: { x: { value: width + 5 }, y, text: { field: 'text', type: 'nominal' } },
                },
              ]),
        ],
      };
    }),
    spacing: 12,
    resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
  });
}
