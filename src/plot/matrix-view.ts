import type { Theme } from './theme.js';

/** Pixels that a label may take. */
const LABEL_LIMIT = 96;

/** Pixels that the labels beside the matrix need, about. */
export function labelRoom(names: readonly string[]): number {
  const longest = Math.max(...names.map((name) => name.length));
  return Math.min(LABEL_LIMIT, Math.ceil(longest * 6.6)) + 10;
}

export interface Cell {
  readonly row: string;
  readonly column: string;
  readonly value: number;
}

export interface MatrixView {
  readonly theme: Theme;
  /** Pixels of the square. */
  readonly side: number;
  /** Rows and columns from the first to the last. */
  readonly names: readonly string[];
  readonly cells: readonly Cell[];
  /** Values at the ends of the colours. */
  readonly domain: readonly [number, number];
  readonly legend: string;
  readonly format: string;
  /** Write the values into the cells when there are few enough to read. */
  readonly written: boolean;
}

/** Layers of a coloured matrix: cells in seven steps of colour, and their values where they can be read. */
export function matrixLayers({ theme, side, names, cells, domain, legend, format, written }: MatrixView): object[] {
  const room = side / names.length;
  const labelFontSize = Math.max(7, Math.min(12, Math.floor(room * 0.9)));
  const axis = { title: null, labelColor: theme.ink, labelLimit: LABEL_LIMIT, labelFontSize, labelOverlap: false };
  const y = { field: 'row', type: 'nominal', scale: { domain: names, padding: 0 }, axis };
  const x = {
    field: 'column',
    type: 'nominal',
    scale: { domain: names, padding: 0 },
    axis: { ...axis, labelAngle: -90, orient: 'bottom' },
  };
  const bound = domain[0] + ((domain[1] - domain[0]) * 4) / 7;
  return [
    {
      data: { values: cells },
      mark: { type: 'rect', stroke: theme.background, strokeWidth: room > 14 ? 1 : 0 },
      encoding: {
        x,
        y,
        color: {
          field: 'value',
          type: 'quantitative',
          scale: { type: 'quantize', domain, range: theme.steps },
          legend: {
            title: legend,
            orient: 'bottom',
            direction: 'horizontal',
            gradientLength: Math.min(side, 280),
            labelFontSize: 11,
            gradientThickness: 9,
            titleAnchor: 'start',
            titleFontWeight: 'normal',
            titleOrient: 'top',
            titleLimit: side,
            format: format.replace('.3~g', '.2~r'),
            offset: 10,
          },
        },
      },
    },
    ...(written
      ? [
          {
            data: { values: cells },
            mark: { type: 'text', fontSize: 11 },
            encoding: {
              x,
              y,
              text: { field: 'value', type: 'quantitative', format },
              color: { condition: { test: `datum.value >= ${bound}`, value: theme.onHigh }, value: theme.onLow },
            },
          },
        ]
      : []),
  ];
}
