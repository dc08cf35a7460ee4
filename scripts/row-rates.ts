/**
 * Rates of label-noise, outliers and noise-label over worlds with a known truth, written to docs/rows.md.
 * npx tsx scripts/row-rates.ts [worlds per cell]
 */
import { writeFileSync } from 'node:fs';
import { percentText } from '../src/core/words.js';
import { admit } from '../src/data/dataset.js';
import { resolveMetric } from '../src/distance/metric.js';
import { type Labels, labelNoise, outliers, type Points } from '../src/index.js';
import { classReaches, noiseClassAmong } from '../src/studies/rows/noise-class.js';
import { rowWorld, type Shape, shuffledLabels } from '../test/support/row-worlds.js';
import { background, leftover, WIDE_NAMES, wideClass } from '../test/support/worlds/background.js';
import { COMPACT_NAMES, GROUPS_NAMES, groups } from '../test/support/worlds/groups.js';

const each = Number(process.argv[2] ?? 2);
const SHAPES: readonly Shape[] = ['round', 'correlated', 'heavy', 'skewed', 'unequal', 'box', 'bent'];
let seed = 84_000_000;

function noiseIn({ points, labels }: { readonly points: Points; readonly labels: Labels }) {
  const { data } = admit('row-rates', points, labels, undefined, []);
  return noiseClassAmong(classReaches(data, resolveMetric('row-rates', undefined).source('row-rates', data)))?.label;
}

const rate = (worlds: number, hits: number) => `${worlds} | ${percentText(hits / worlds)}`;

const spread = [2, 3, 5, 10].flatMap((d) =>
  [0.05, 0.1, 0.2, 0.4].map((share) => {
    const worlds = COMPACT_NAMES.flatMap((name) =>
      Array.from({ length: 2 * each }, () =>
        background(name, { n: [300, 600, 1000][seed % 3]!, d, k: 3 + (seed % 6), share, seed: seed++ }),
      ),
    );
    const found = worlds.filter((world) => noiseIn(world) === 0).length;
    return `| ${d} | ${percentText(share)} | ${rate(worlds.length, found)} |`;
  }),
);

const left = [2, 3, 5].flatMap((d) =>
  [0.1, 0.2, 0.4].map((share) => {
    const worlds = COMPACT_NAMES.flatMap((name) =>
      Array.from({ length: 3 * each }, () => leftover(name, { n: 600, d, k: 3 + (seed % 4), share, seed: seed++ })),
    ).filter((world) => world !== null);
    const found = worlds.filter((world) => noiseIn(world) === 0).length;
    return `| ${d} | ${percentText(share)} | ${rate(worlds.length, found)} |`;
  }),
);

const overlapping = (['unequal', 'round', 'heavy', 'skewed'] as const).flatMap((shape) =>
  [0.03, 0.1, 0.3].map((overlap) => {
    const worlds = Array.from({ length: 10 * each }, () => {
      const setup = { n: 500, d: [2, 5, 10][seed % 3]!, k: 3 + (seed % 4), shape, overlap };
      const { points, truth } = rowWorld(setup, seed++);
      return { points, labels: truth };
    });
    const said = worlds.filter((world) => noiseIn(world) !== undefined).length;
    return `| ${shape}, overlap ${percentText(overlap)} | ${rate(worlds.length, said)} |`;
  }),
);

const mislabelled = COMPACT_NAMES.map((name) => {
  const worlds = Array.from({ length: 10 * each }, () => {
    const d = [2, 3, 5, 10][seed % 4]!;
    const { points, labels } = groups(name, { n: [300, 500, 900][seed % 3]!, d, k: 3 + (seed % 6), seed });
    return { points, labels: shuffledLabels(labels, 0.12, 'all', seed++) };
  });
  const said = worlds.filter((world) => noiseIn(world) !== undefined).length;
  return `| ${name}, 10% wrong | ${rate(worlds.length, said)} |`;
});

const good = [
  ...GROUPS_NAMES.map((name) => {
    const worlds = Array.from({ length: 10 * each }, () => {
      const d = [2, 3, 5, 10, 20][seed % 5]!;
      const { points, labels } = groups(name, { n: [200, 500, 900][seed % 3]!, d, k: 3 + (seed % 6), seed: seed++ });
      return { points: labels.map((_, i) => Array.from(points.data.subarray(i * d, (i + 1) * d))), labels };
    });
    return { name, worlds };
  }),
  ...WIDE_NAMES.map((name) => ({
    name,
    worlds: Array.from({ length: 10 * each }, () => wideClass(name, { d: [2, 3, 5, 10][seed % 4]!, seed: seed++ })),
  })),
].map(({ name, worlds }) => {
  const said = worlds.filter((world) => noiseIn(world) !== undefined).length;
  return `| ${name} | ${rate(worlds.length, said)} |`;
});

const wrong = (['none', 'all', 'pair'] as const).flatMap((among) =>
  [0.005, 0.03, 0.1, 0.2].flatMap((overlap) =>
    (among === 'none' ? [0] : among === 'all' ? [0.05, 0.1, 0.3] : [0.2]).map((share) => {
      let worlds = 0;
      let found = 0;
      let covered = 0;
      for (const shape of SHAPES) {
        for (let t = 0; t < 2 * each; t++) {
          const n = [500, 800, 1200][seed % 3]!;
          const k = among === 'pair' ? 4 : 2 + (seed % 5);
          const { points, truth } = rowWorld({ n, d: [2, 5, 10][seed % 3]!, k, shape, overlap }, seed);
          const labels = among === 'none' ? truth : shuffledLabels(truth, share, among, seed);
          seed++;
          const { p, interval, notJudged } = labelNoise(points, labels);
          const left = new Set(notJudged);
          const judged = truth.flatMap((_, i) => (left.has(i) ? [] : [i]));
          const is = judged.filter((i) => labels[i] !== truth[i]).length / judged.length;
          worlds++;
          if (p <= 0.05) found++;
          if (is >= interval.low && is <= interval.high) covered++;
        }
      }
      const words = among === 'none' ? 'none' : `${percentText(share)}${among === 'pair' ? ' of two classes' : ''}`;
      return `| ${words} | ${percentText(overlap)} | ${rate(worlds, found)} | ${percentText(covered / worlds)} |`;
    }),
  ),
);

const far = SHAPES.flatMap((shape) =>
  [0, 1e3].map((distance) => {
    let moved = 0;
    const worlds = 5 * each;
    for (let t = 0; t < worlds; t++) {
      const { points, truth } = rowWorld({ n: 300, d: 4, k: 2 + (seed % 4), shape, overlap: 0.01 }, seed++);
      if (distance > 0) points[t] = points[t]!.map((value) => value + distance);
      if (Math.abs(outliers(points, truth).score) >= 0.02) moved++;
    }
    return `| ${shape} | ${distance === 0 ? 'none' : 'one row, 1,000 away'} | ${rate(worlds, moved)} |`;
  }),
);

writeFileSync(
  new URL('../docs/rows.md', import.meta.url),
  `# Rates of the findings on rows

Written by \`npx tsx scripts/row-rates.ts ${each}\` from worlds with a known truth (\`test/support/row-worlds.ts\`,
\`test/support/worlds\`); the suite runs a smaller version.

## \`noise-label\`: a class of uniform background among 3 to 8 groups

300, 600 and 1,000 rows, eight kinds of groups. Share of worlds in which the background is the class that is named.

| columns | background | worlds | found |
|---|---|---|---|
${spread.join('\n')}

Rows that DBSCAN left over on such worlds of 600 rows, where it finds three groups or more.

| columns | background | worlds | found |
|---|---|---|---|
${left.join('\n')}

Groups that are there, and classes that are only wide. Share of worlds in which some class is taken for noise.

| world | worlds | taken for noise |
|---|---|---|
${good.join('\n')}

Classes that overlap (the wide ones of unequal spread lie over the others), and groups of which 10% of the labels are wrong.

| world | worlds | taken for noise |
|---|---|---|
${[...overlapping, ...mislabelled].join('\n')}

## \`label-noise\`

Seven shapes, 2 to 10 columns, 500 to 1,200 rows, labels shuffled among all rows or among those of two classes of four.
Found at p <= 0.05 (without wrong labels: a false alarm); how often the 95% interval has the true share of wrong labels
in it, of the rows that were judged (without wrong labels: 0).

| shuffled | overlap | worlds | found | interval covers |
|---|---|---|---|---|
${wrong.join('\n')}

## \`outliers\`

300 rows in 4 columns. Share of worlds in which the far rows move the silhouette by 0.02 or more.

| shape | far rows | worlds | silhouette moves |
|---|---|---|---|
${far.join('\n')}
`,
);
