import { countText, percentText } from '../core/words.js';
import { nothingMore } from '../data/options.js';
import type { FilterSensitivityResult } from '../studies/filters/filter-sensitivity.js';
import { fixed, type Picture, type PictureOptions, picture, readCanvas } from './picture.js';
import { requireResult } from './results.js';

/** What the picture needs of one step of `filterSensitivity`. */
export type FilterCurveStep = Pick<
  FilterSensitivityResult['steps'][number],
  'threshold' | 'classes' | 'classShare' | 'exampleShare' | 'score' | 'chance' | 'gain'
>;

const AXIS = 46;

/**
 * What a filter on class size does: the silhouette against its chance level, where the gain comes from
 * (badly scoring classes that are gone, or rivals that are gone), and what share of the classes and
 * rows is left. A score that rises no faster than chance is no better clustering.
 *
 * @param result what `filterSensitivity` returns; steps without a score are left out.
 * @throws InputError for bad options.
 *
 * @example
 * import { filterSensitivity } from 'clusterlens';
 * import { filterCurves } from 'clusterlens/plot';
 * const points = [[0], [1], [2], [7], [8], [9], [4.4]];
 * const result = filterSensitivity(points, ['a', 'a', 'a', 'b', 'b', 'b', 'c'], { thresholds: [1, 2] });
 * console.log(filterCurves(result).description);
 * // Keeping classes of at least 2 rows raises the silhouette by 0.30 to 0.81; random labels of the same sizes gain 0.22 (2 classes and 85.7% of rows left).
 */
export function filterCurves(
  result: { readonly steps: readonly FilterCurveStep[] },
  options?: PictureOptions,
  ...more: []
): Picture {
  nothingMore('filterCurves', more, [result, options]);
  const canvas = readCanvas('filterCurves', options);
  requireResult('filterCurves', 'filter', result);
  const { theme } = canvas;
  const steps = result.steps.filter(({ score }) => score !== null);
  const short = (value: number) => Number(value.toFixed(4));
  const scores = steps.flatMap(({ threshold, score, chance }) => [
    { threshold, what: 'silhouette', value: short(score!) },
    ...(chance === null ? [] : [{ threshold, what: 'by chance', value: short(chance) }]),
  ]);
  const gains = steps.flatMap(({ threshold, gain }) =>
    gain === null || gain.droppedClasses === null || gain.betterRest === null
      ? []
      : [
          { threshold, what: 'bad classes dropped', value: short(gain.droppedClasses) },
          { threshold, what: 'rest scores better', value: short(gain.betterRest) },
          ...(gain.chance === null ? [] : [{ threshold, what: 'gain by chance', value: short(gain.chance) }]),
        ],
  );
  const kept = steps.flatMap(({ threshold, classShare, exampleShare }) => [
    { threshold, what: 'rows', value: short(exampleShare) },
    { threshold, what: 'classes', value: short(classShare) },
  ]);
  const withGain = steps.filter(({ gain }) => gain !== null);
  const best = withGain.reduce<FilterCurveStep | null>(
    (a, b) => (a === null || b.gain!.total > a.gain!.total ? b : a),
    null,
  );
  const sentence =
    best === null || best.gain!.total <= 0
      ? 'No filter on class size raises the silhouette.'
      : `Keeping classes of at least ${countText(best.threshold, 'row')} raises the silhouette by ${fixed(best.gain!.total)} to ${fixed(best.score!)}` +
        (best.gain!.chance === null ? '' : `; random labels of the same sizes gain ${fixed(best.gain!.chance)}`) +
        ` (${countText(best.classes, 'class', 'classes')} and ${percentText(best.exampleShare)} of rows left).`;
  const thresholds = steps.map(({ threshold }) => threshold);
  const x = (last: boolean) => ({
    field: 'threshold',
    type: 'ordinal',
    scale: { domain: thresholds },
    axis: { title: last ? 'smallest class that is kept (rows)' : null, labels: last, labelAngle: 0 },
  });
  const legend = {
    orient: 'top',
    title: null,
    direction: 'horizontal',
    offset: 2,
    columns: 3,
    symbolStrokeWidth: 3,
    labelLimit: 200,
  };
  const yAxis = { title: null, tickCount: 4, minExtent: AXIS - 8, maxExtent: AXIS - 8 };
  const size = { width: canvas.width - AXIS, height: 120 };
  const title = (text: string) => ({ text, fontSize: 13, fontWeight: 600, color: theme.ink, offset: 4 });
  const curve = (values: object[], names: string[], colours: string[], last: boolean, extra: object) => ({
    ...size,
    data: { values },
    mark: { type: 'line', point: { size: 42, filled: true }, strokeWidth: 2 },
    encoding: {
      x: x(last),
      y: { field: 'value', type: 'quantitative', axis: { ...yAxis, ...extra }, scale: { zero: false } },
      color: { field: 'what', type: 'nominal', scale: { domain: names, range: colours }, legend },
    },
  });
  return picture(canvas, 'What a filter on class size gains', sentence, {
    vconcat: [
      {
        title: title('Silhouette after the filter'),
        ...curve(scores, ['silhouette', 'by chance'], [theme.first, theme.chance], false, {}),
      },
      ...(gains.length === 0
        ? []
        : [
            {
              title: title('Where the gain comes from'),
              ...size,
              data: { values: gains },
              encoding: { x: x(false) },
              layer: [
                {
                  transform: [{ filter: "datum.what !== 'gain by chance'" }],
                  mark: { type: 'bar', width: { band: 0.6 } },
                  encoding: {
                    y: { field: 'value', type: 'quantitative', axis: yAxis, stack: 'zero' },
                    color: {
                      field: 'what',
                      type: 'nominal',
                      scale: {
                        domain: ['bad classes dropped', 'rest scores better', 'gain by chance'],
                        range: [theme.second, theme.first, theme.ink],
                      },
                      legend: { ...legend, symbolType: 'square' },
                    },
                  },
                },
                {
                  transform: [{ filter: "datum.what === 'gain by chance'" }],
                  mark: { type: 'tick', thickness: 2.5, width: { band: 0.9 }, color: theme.ink },
                  encoding: { y: { field: 'value', type: 'quantitative' } },
                },
              ],
            },
          ]),
      {
        title: title('Share that is left'),
        ...curve(kept, ['rows', 'classes'], [theme.classes[2]!, theme.classes[3]!], true, { format: '.0%' }),
      },
    ],
    spacing: 14,
    resolve: { scale: { color: 'independent' }, legend: { color: 'independent' } },
  });
}
