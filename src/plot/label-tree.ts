import { countText, numberText, percentText, pIs } from '../core/words.js';
import { nothingMore } from '../data/options.js';
import { leafOrder } from '../statistics/average-linkage.js';
import type { LabelHierarchy } from '../studies/hierarchy/hierarchy-types.js';
import { branches } from './dendrogram.js';
import { distinct, fixed, list, type Picture, type PictureOptions, picture, readCanvas } from './picture.js';
import { requireResult } from './results.js';

const AXIS = 46;

/** Group of each node of the tree when it is cut into `groups`, numbered by the order of the leaves; -1 above the cut. */
function groupsOf({ merges, labels }: LabelHierarchy, groups: number, order: readonly number[]): Int32Array {
  const k = labels.length;
  const top = new Int32Array(2 * k - 1).fill(-1);
  const descend = (node: number, group: number): void => {
    top[node] = group;
    if (node < k) return;
    descend(merges[node - k]!.left, group);
    descend(merges[node - k]!.right, group);
  };
  const heads = new Set<number>([2 * k - 2]);
  for (let m = k - 2; heads.size < groups; m--) {
    heads.delete(k + m);
    heads.add(merges[m]!.left);
    heads.add(merges[m]!.right);
  }
  const first = (node: number): number =>
    node < k ? order.indexOf(node) : Math.min(first(merges[node - k]!.left), first(merges[node - k]!.right));
  [...heads]
    .sort((a, b) => first(a) - first(b))
    .forEach((head, group) => {
      descend(head, group);
    });
  return top;
}

function sentenceOf({ best, scores, gain, p }: LabelHierarchy): string {
  if (best === null) return `No number of groups is supported by held-out rows beyond chance (corrected ${pIs(p)}).`;
  const score = scores.find(({ groups }) => groups === best.groups)!;
  return (
    `Held-out rows support ${countText(best.groups, 'group')} best: a held-out row is put into the right one in ` +
    `${percentText(score.balancedAccuracy.mean)} of cases (${percentText(score.balancedAccuracy.chance.mean)} by chance, corrected ${pIs(best.p)}).` +
    (best.alsoSupported.length > 0 ? ` Nearly as good: ${list(best.alsoSupported.map(String))}.` : '') +
    (gain === null ? '' : ` Gain in support over the ${gain.over} labels as they are: ${fixed(gain.difference)}.`)
  );
}

/**
 * Which merges of labels the data support: the tree of the labels (Ward), coloured by the number of
 * groups with the best held-out evidence, above it held-out balanced accuracy and silhouette for every
 * number of groups beside their chance levels. Where held-out rows support no number, the tree is grey.
 *
 * @param hierarchy what `labelHierarchy` returns, or `hierarchy` of a diagnosis.
 * @throws InputError for bad options.
 *
 * @example
 * import { labelHierarchy } from 'clusterlens';
 * import { labelTree } from 'clusterlens/plot';
 * const labels = Array.from({ length: 80 }, (_, i) => 'abcd'[i % 4]!);
 * const points = labels.map((label, i) => [label < 'c' ? 0 : 8, Math.sin(9 * i)]);
 * console.log(labelTree(labelHierarchy(points, labels, { permutations: 99 })).description);
 * // Held-out rows support 2 groups best: a held-out row is put into the right one in 100% of cases (49.7% by chance, corrected p = 0.01). Gain in support over the 4 labels as they are: 0.74.
 */
export function labelTree(hierarchy: LabelHierarchy, options?: PictureOptions, ...more: []): Picture {
  nothingMore('labelTree', more, [hierarchy, options]);
  const canvas = readCanvas('labelTree', options);
  requireResult('labelTree', 'hierarchy', hierarchy);
  const { theme } = canvas;
  const { labels, merges, scores, best, sizes } = hierarchy;
  const k = labels.length;
  const order = leafOrder(merges, k);
  const names = distinct(labels);
  const group = groupsOf(hierarchy, best?.groups ?? 1, order);
  const colour = (node: number) =>
    best === null || group[node]! < 0 ? theme.rest : theme.classes[group[node]! % theme.classes.length]!;
  const tree = branches(merges, order).map(({ leaf, leaf2, height, height2, node }) => ({
    at: leaf,
    at2: leaf2,
    height: Number(height.toPrecision(4)),
    height2: Number(height2.toPrecision(4)),
    colour: colour(node),
  }));
  const leaves = order.map((leaf, position) => ({
    at: position + 0.5,
    label: `${names[leaf]} ${numberText(sizes[leaf]!)}`,
    colour: best === null ? theme.ink : colour(leaf),
  }));
  const curve = (what: 'balancedAccuracy' | 'silhouette') =>
    scores.flatMap((score) => [
      { groups: score.groups, what: 'held-out', value: Number(score[what].mean.toFixed(4)) },
      { groups: score.groups, what: 'by chance', value: Number(score[what].chance.mean.toFixed(4)) },
    ]);
  const heading = (text: string) => ({ text, fontSize: 13, fontWeight: 600, color: theme.ink, offset: 4 });
  const panel = (title: string, what: 'balancedAccuracy' | 'silhouette', last: boolean) => ({
    title: heading(title),
    width: canvas.width - AXIS,
    height: 90,
    layer: [
      ...(best === null
        ? []
        : [
            {
              data: { values: [{ groups: best.groups }] },
              mark: { type: 'rule', color: theme.second, strokeDash: [4, 3], strokeWidth: 1.5 },
              encoding: { x: { field: 'groups', type: 'quantitative' } },
            },
          ]),
      {
        data: { values: curve(what) },
        mark: { type: 'line', strokeWidth: 2, point: { size: 24, filled: true } },
        encoding: {
          x: {
            field: 'groups',
            type: 'quantitative',
            scale: { zero: false, nice: false, padding: 6 },
            axis: { title: last ? 'number of groups' : null, grid: false, tickMinStep: 1 },
          },
          y: {
            field: 'value',
            type: 'quantitative',
            scale: { zero: false },
            axis: {
              title: null,
              tickCount: 4,
              minExtent: AXIS - 8,
              maxExtent: AXIS - 8,
              ...(what === 'balancedAccuracy' ? { format: '.0%' } : {}),
            },
          },
          color: {
            field: 'what',
            type: 'nominal',
            scale: { domain: ['held-out', 'by chance'], range: [theme.first, theme.chance] },
            legend: last
              ? null
              : { orient: 'top', title: null, direction: 'horizontal', offset: 2, symbolStrokeWidth: 3 },
          },
        },
      },
    ],
  });
  const labelsRoom = 118;
  const y = {
    field: 'at',
    type: 'quantitative',
    axis: null,
    scale: { domain: [0, k], reverse: true, nice: false },
  };
  const height = Math.max(60, k * (k > 40 ? 12 : 16));
  return picture(canvas, 'Which merges of labels the data support', sentenceOf(hierarchy), {
    vconcat: [
      // One number of groups makes no curve; the sentence says what it is worth.
      ...(scores.length > 1
        ? [
            panel('Held-out balanced accuracy', 'balancedAccuracy', false),
            panel('Held-out silhouette', 'silhouette', true),
          ]
        : []),
      {
        title: heading(best === null ? 'Tree of the labels' : `Tree of the labels, cut into ${best.groups}`),
        width: canvas.width - labelsRoom,
        height,
        layer: [
          {
            data: { values: tree },
            mark: { type: 'rule', strokeWidth: 1.6, strokeCap: 'square' },
            encoding: {
              x: {
                field: 'height',
                type: 'quantitative',
                axis: { title: 'merged at (Ward)', tickCount: 4, grid: false },
              },
              x2: { field: 'height2' },
              y,
              y2: { field: 'at2' },
              color: { field: 'colour', type: 'nominal', scale: null },
            },
          },
          {
            data: { values: leaves },
            mark: { type: 'text', align: 'right', limit: labelsRoom - 8, fontSize: k > 40 ? 10 : 12 },
            encoding: {
              x: { value: -6 },
              y,
              text: { field: 'label', type: 'nominal' },
              color: { field: 'colour', type: 'nominal', scale: null },
            },
          },
        ],
      },
    ],
    spacing: 14,
    resolve: { scale: { color: 'independent' } },
  });
}
