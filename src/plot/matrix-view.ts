import type { Theme } from './theme.js';

/** Pixels that a label may take. */
const LABEL_LIMIT = 96;
/** Pixels of a cell at most: two classes do not need a page. */
const CELL = 72;
/** Pixels of a letter, about. */
const LETTER = 6.6;

/** Pixels that the labels beside the matrix need, about. */
export function labelRoom(names: readonly string[]): number {
  return Math.min(LABEL_LIMIT, Math.ceil(longest(names) * LETTER)) + 10;
}

function longest(names: readonly string[]): number {
  return Math.max(...names.map((name) => name.length));
}

/** Pixels of a matrix of k classes that has so much room. */
export function matrixSide(room: number, k: number): number {
  return Math.min(room, CELL * k);
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
  /** What the columns and the rows are, where it matters which is which. */
  readonly titles?: readonly [x: string, y: string];
}

/** Layers of a coloured matrix: cells in seven steps of colour, and their values where they can be read. */
export function matrixLayers({
  theme,
  side,
  names,
  cells,
  domain,
  legend,
  format,
  written,
  titles,
}: MatrixView): object[] {
  const room = side / names.length;
  const labelFontSize = Math.max(7, Math.min(12, Math.floor(room * 0.9)));
  const upright = room >= longest(names) * LETTER + 4;
  const axis = { labelColor: theme.ink, labelLimit: LABEL_LIMIT, labelFontSize, labelOverlap: false };
  const y = {
    field: 'row',
    type: 'nominal',
    scale: { domain: names, padding: 0 },
    axis: { ...axis, title: titles?.[1] ?? null },
  };
  const x = {
    field: 'column',
    type: 'nominal',
    scale: { domain: names, padding: 0 },
    axis: { ...axis, title: titles?.[0] ?? null, labelAngle: upright ? 0 : -90, orient: 'bottom' },
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
            gradientLength: Math.max(200, Math.min(side, 280)),
            labelFontSize: 11,
            gradientThickness: 9,
            titleAnchor: 'start',
            titleFontWeight: 'normal',
            titleOrient: 'top',
            titleLimit: Math.max(260, side),
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
