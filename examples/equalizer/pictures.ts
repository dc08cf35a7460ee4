import { join } from 'node:path';
import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { fixed } from './fixed.js';
import type { Measures } from './measures.js';
import type { Prepared } from './prepare.js';
import { type Plane, principalPlane, umapPlane } from './projections.js';
import type { ConfigurationReport } from './report.js';
import type { Trained } from './train-configuration.js';
import { writeWhole } from './write-file.js';

// Okabe and Ito (2008): told apart with every common form of colour blindness.
const COLOURS = [
  '#0072b2',
  '#d55e00',
  '#009e73',
  '#cc79a7',
  '#e69f00',
  '#56b4e9',
  '#7f3c8d',
  '#8c6d31',
  '#444444',
  '#b8b000',
];
const OTHERS = '#d5d5d5';
const MOST = COLOURS.length;
const SIZE = 300;

function score({ silhouette, chance }: Measures): string {
  if (silhouette === null) return 'undefined';
  return `${fixed(silhouette, 2)}${chance === null ? '' : ` (chance ${fixed(chance.mean, 2)})`}`;
}

/** For the legend: what a group consists of, its largest terms first. */
function legendNames(prepared: Prepared): Record<string, string> {
  const counts = new Map<string, number>();
  for (const term of prepared.trainingTerms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return Object.fromEntries(
    (prepared.groups ?? []).map((terms, g) => {
      const largest = [...terms].sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
      const rest = terms.length > 3 ? ` and ${terms.length - 3} more` : '';
      return [`group ${g + 1}`, `${largest.slice(0, 3).join(', ')}${rest}`];
    }),
  );
}

/** The classes that get a colour: all when they are few, else the largest. */
function coloured(labels: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  const bySize = [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1));
  return (bySize.length <= MOST ? bySize : bySize.slice(0, 6)).sort();
}

function scatter(plane: Plane, points: object[], colourOf: object, report: ConfigurationReport) {
  const { training, heldOut } = report.spaces.latent;
  const titles = [`training rows: silhouette ${score(training)}`, `held-out rows: silhouette ${score(heldOut)}`];
  const axis = { title: null, labels: false, ticks: false, domain: false, grid: false };
  return {
    title: { text: plane.method, anchor: 'start', fontSize: 12, fontWeight: 'normal', color: '#555' },
    data: { values: points },
    facet: {
      column: {
        field: 'split',
        type: 'nominal',
        title: null,
        sort: titles,
        header: { labelFontSize: 13, labelColor: '#222' },
      },
    },
    spec: {
      width: SIZE,
      height: SIZE,
      view: { stroke: '#ccc', fill: '#fcfcfc' },
      mark: { type: 'circle', size: 34, opacity: 0.85 },
      encoding: {
        x: { field: 'x', type: 'quantitative', axis, scale: { zero: false, padding: 8 } },
        y: { field: 'y', type: 'quantitative', axis, scale: { zero: false, padding: 8 } },
        color: colourOf,
        order: { field: 'front', type: 'quantitative' },
      },
    },
  };
}

/** Vega-Lite specification of the latent space: PCA above UMAP, training rows beside held-out rows. */
export function latentSpec(report: ConfigurationReport, prepared: Prepared, planes: readonly Plane[]): object {
  const { training, heldOut } = report.spaces.latent;
  const titles = [`training rows: silhouette ${score(training)}`, `held-out rows: silhouette ${score(heldOut)}`];
  const legend = legendNames(prepared);
  const shown = coloured(prepared.training.labels);
  const rest = `${training.k - shown.length} other classes`;
  const few = shown.length === training.k;
  const domain = few ? shown : [...shown, rest];
  const colour = {
    field: 'label',
    type: 'nominal',
    title: null,
    scale: {
      domain: domain.map((label) => legend[label] ?? label),
      range: [...COLOURS.slice(0, shown.length), ...(few ? [] : [OTHERS])],
    },
    legend: {
      orient: 'bottom',
      columns: Math.min(domain.length, prepared.groups === null ? 10 : 3),
      symbolSize: 90,
      labelFontSize: 12,
      labelLimit: 0,
      symbolOpacity: 1,
    },
  };
  const named = (label: string) => (shown.includes(label) ? (legend[label] ?? label) : rest);
  const values = (plane: Plane) =>
    [plane.training, plane.heldOut].flatMap((side, s) =>
      side.map(([x, y], i) => {
        const label = named((s === 0 ? prepared.training : prepared.heldOut).labels[i]!);
        return { x, y, label, split: titles[s]!, front: label === rest ? 0 : 1 };
      }),
    );
  return {
    $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
    background: 'white',
    padding: 16,
    config: { font: 'Helvetica, Arial, sans-serif' },
    title: {
      text: `Latent space: ${report.name}`,
      subtitle: [report.title, 'Silhouettes are of the latent codes themselves, not of the plane.'],
      anchor: 'start',
      fontSize: 18,
      subtitleFontSize: 13,
      subtitleColor: '#555',
      offset: 14,
    },
    vconcat: planes.map((plane) => scatter(plane, values(plane), colour, report)),
  };
}

export async function toSvg(specification: object): Promise<string> {
  const { spec } = compile(specification as TopLevelSpec);
  const view = new View(parse(spec), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  // A hundredth of a pixel is enough, and makes the file half the size.
  return svg.replace(/-?\d+\.\d{3,}/g, (digits) => String(Number(Number(digits).toFixed(2))));
}

/** Writes the picture of a configuration's latent space, and its specification. */
export async function latentPicture(
  folder: string,
  report: ConfigurationReport,
  prepared: Prepared,
  trained: Trained,
  options: { seed: number; umapEpochs: number },
): Promise<void> {
  const { latent: training } = trained.training;
  const { latent: heldOut } = trained.heldOut;
  const planes = [principalPlane(training, heldOut), umapPlane(training, heldOut, options)];
  const specification = latentSpec(report, prepared, planes);
  writeWhole(join(folder, `${report.name}.vl.json`), `${JSON.stringify(specification)}\n`);
  writeWhole(join(folder, `${report.name}.svg`), await toSvg(specification));
}
