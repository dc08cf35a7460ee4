import { parse, View } from 'vega';
import { compile, type TopLevelSpec } from 'vega-lite';
import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import * as plot from '../../../src/plot/index.js';
import {
  beforeAfter,
  classSizes,
  confusabilityMatrix,
  diagnosisPictures,
  filterCurves,
  labelTree,
  latentScatter,
  type Picture,
  type PictureOptions,
  signatureCurves,
  signatureHeatmap,
  silhouettePlot,
  trainingCurves,
} from '../../../src/plot/index.js';
import { confusability } from '../../../src/signatures/confusability.js';
import { expectComplete } from '../../support/forgotten.js';
import { corners, HOSTILE, resultsOf, trainingRecord } from './sample-results.js';

const plain = corners(['a', 'b', 'c', 'd', 'e', 'f'], [20, 14, 12, 9, 6, 4], 2);
const hostile = corners([...HOSTILE, 1, '1'], [12, 10, 8, 6], 2);

type Results = ReturnType<typeof resultsOf>;
const PICTURES: Record<string, (r: Results, labels: (string | number)[], o?: PictureOptions) => Picture> = {
  classSizes: (r, _, o) => classSizes(r.balance, { threshold: 10, ...o }),
  'classSizes, binned': (r, _, o) => classSizes(r.balance, { threshold: 10, maxBars: 3, ...o }),
  silhouettePlot: (r, labels, o) => silhouettePlot(r.silhouette, labels, { chance: -0.3, ...o }),
  signatureHeatmap: (r, _, o) => signatureHeatmap(r.distances, o),
  signatureCurves: (r, _, o) => signatureCurves(r.signatures, o),
  confusabilityMatrix: (r, _, o) => confusabilityMatrix(r.confusability, o),
  filterCurves: (r, _, o) => filterCurves(r.filter, o),
  labelTree: (r, _, o) => labelTree(r.hierarchy, o),
  latentScatter: (r, _, o) => latentScatter(r.plane, o),
  trainingCurves: (_r, _, o) => trainingCurves(trainingRecord(12), o),
  beforeAfter: (_r, _, o) =>
    beforeAfter(
      HOSTILE.map((name, i) => ({ name, training: 0.5, heldOut: i / 10, chance: -0.1 })),
      o,
    ),
};

async function draw(picture: Picture): Promise<{ svg: string; warnings: string[] }> {
  const warnings: string[] = [];
  const keep = (...text: unknown[]) => {
    warnings.push(text.join(' '));
    return logger;
  };
  const logger = {
    level: () => logger,
    warn: keep,
    error: keep,
    info: () => logger,
    debug: () => logger,
  };
  const { spec } = compile(picture as unknown as TopLevelSpec, { logger: logger as never });
  const view = new View(parse(spec), { renderer: 'none', logger: logger as never });
  const svg = await view.toSVG();
  view.finalize();
  return { svg, warnings };
}

/** Every data set inside a specification, in order. */
function values(part: unknown): Record<string, unknown>[][] {
  if (part === null || typeof part !== 'object') return [];
  if (Array.isArray(part)) return part.flatMap(values);
  const { data, ...rest } = part as { data?: { values?: Record<string, unknown>[] } };
  return [...(data?.values === undefined ? [] : [data.values]), ...values(Object.values(rest))];
}

describe('the table of pictures', () => {
  it('has every picture of the entry', () => {
    const drawn = Object.keys(PICTURES).map((name) => name.replace(/,.*/, ''));
    const functions = Object.entries(plot).flatMap(([name, value]) => (typeof value === 'function' ? name : []));
    // It makes several of the others.
    const needed = functions.filter((name) => name !== 'diagnosisPictures');
    expectComplete('PICTURES of test/unit/plot/pictures.test.ts', drawn, needed);
  });
});

const results = resultsOf(plain.points, plain.labels);

describe.each(Object.entries(PICTURES))('%s', (_, make) => {
  it.each(['light', 'dark', 'page'] as const)('compiles and renders without a warning, %s', async (theme) => {
    const picture = make(results, plain.labels, { theme });
    expect(JSON.parse(JSON.stringify(picture))).toEqual(picture);
    const { svg, warnings } = await draw(picture);
    expect(warnings).toEqual([]);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
    expect(svg.includes('var(--cl-')).toBe(theme === 'page');
    expect(picture.description).toMatch(/^[^a-z].*\.$/s);
    expect(picture.description).not.toMatch(/NaN|undefined|null/);
    expect(picture.title.subtitle.join(' ')).toBe(picture.description);
  });

  it('shows hostile labels as text', async () => {
    const { svg, warnings } = await draw(make(resultsOf(hostile.points, hostile.labels), hostile.labels));
    expect(warnings).toEqual([]);
    expect(svg.replace(/"[^"]*"/g, '')).not.toMatch(/<script|<b>/);
  });

  it('refuses unknown options by name', () => {
    expect(() => make(results, plain.labels, { colour: 'red' } as never)).toThrowError(/unknown option "colour"/);
    expect(() => make(results, plain.labels, { theme: 'drak' } as never)).toThrowError(/'drak'|"drak"/);
    expect(() => make(results, plain.labels, { width: 12 })).toThrowError(/240 <= width <= 2000, got 12/);
  });
});

describe('classSizes', () => {
  it('counts 765 classes by size, with the threshold as an edge', () => {
    const counts = [64, ...Array<number>(12).fill(20), ...Array<number>(30).fill(9), ...Array<number>(722).fill(1)];
    const n = counts.reduce((sum, v) => sum + v, 0);
    const classes = counts.map((count, i) => ({ label: `c${i}`, count, share: count / n }));
    const picture = classSizes({ classes }, { threshold: 12 });
    const [rows] = values(picture);
    const of = (what: string) =>
      rows!.filter((r) => r.what === what).map(({ size, kept, value }) => [size, kept, value]);
    expect(of('share of classes')).toEqual([
      ['1 row', false, 722],
      ['2 rows', false, 0],
      ['3–4 rows', false, 0],
      ['5–9 rows', false, 30],
      ['10–11 rows', false, 0],
      ['12–19 rows', true, 0],
      ['20–49 rows', true, 12],
      ['≥ 50 rows', true, 1],
    ]);
    expect(of('share of rows').map((row) => row[2])).toEqual([722, 0, 0, 270, 0, 0, 240, 64]);
    expect(picture.description).toBe(
      '1,296 rows in 765 classes: 13 classes have at least 12 rows and hold 304 rows (23.5%), 722 classes occur once.',
    );
    expect(JSON.stringify(picture).length).toBeLessThan(6000);
  });

  it('has one bar per class when they are few, largest first', () => {
    const sets = values(classSizes(results.balance, { threshold: 10 }));
    expect(sets.find((set) => set.length === 1)).toEqual([{ threshold: 10 }]);
    const bars = sets.find((set) => set.length > 1);
    expect(bars!.map(({ label, count, kept }) => [label, count, kept])).toEqual([
      ['a', 20, true],
      ['b', 14, true],
      ['c', 12, true],
      ['d', 9, false],
      ['e', 6, false],
      ['f', 4, false],
    ]);
  });

  it('fills its container where it can', () => {
    expect(classSizes(results.balance, { width: 'container' }).width).toBe('container');
    expect(() => silhouettePlot(results.silhouette, plain.labels, { width: 'container' } as never)).toThrowError(
      /width/,
    );
  });
});

describe('silhouettePlot', () => {
  const { silhouette } = results;
  const widths = (label: string) =>
    [...silhouette.samples].filter((_, i) => plain.labels[i] === label).sort((x, y) => y - x);

  it('draws every width once, sorted inside its class, classes by mean', () => {
    const [bars, names] = values(silhouettePlot(silhouette, plain.labels));
    const order = [...silhouette.clusters].sort((x, y) => y.score - x.score).map(({ label }) => String(label));
    expect(names!.map(({ label }) => String(label).split(' ')[0])).toEqual(order);
    order.forEach((label, c) => {
      // The last width closes the area at its lower edge.
      const drawn = bars!.filter((bar) => bar.c === c).map(({ x }) => x as number);
      const expected = widths(label);
      expect(drawn).toHaveLength(expected.length + 1);
      expected.forEach((x, i) => {
        expect(drawn[i]).toBeCloseTo(x, 3);
      });
    });
    expect(names!.map(({ score }) => Number(score))).toEqual(
      order.map((label) => Number(silhouette.clusters.find((c) => c.label === label)!.score.toFixed(2))),
    );
  });

  it('lets each bar reach over its own stretch, from the upper edge of its class to the lower', async () => {
    const result = {
      score: 0.5,
      samples: Float64Array.of(0.1, 0.9),
      indices: Int32Array.of(0, 1),
      clusters: [{ label: 'x', size: 2, score: 0.5 }],
      metric: 'euclidean',
    };
    const { svg } = await draw(silhouettePlot(result, ['x', 'x'], { width: 400 }));
    // 228 pixels from 0 to 1, 30 pixels high: 0.9 above the middle, 0.1 below it.
    const [, path] = /aria-roledescription="area mark" d="([^"]*)"/.exec(svg)!;
    expect(path).toMatch(/^M205\.2,0L205\.2,15L22\.8,15L22\.8,30L/);
  });

  it('says how many rows are closer to another class', () => {
    const negative = [...silhouette.samples].filter((v) => v < 0).length;
    expect(silhouettePlot(silhouette, plain.labels).description).toContain(`${negative} of 65 rows`);
  });

  it('thins bars by a stated rule and keeps the ends of each class', () => {
    const big = corners(['x', 'y'], [400, 101], 2);
    const result = resultsOf(big.points, big.labels).silhouette;
    const picture = silhouettePlot(result, big.labels, { maxBars: 100 });
    expect(picture.description).toMatch(/Every 6th bar is drawn\.$/);
    const [bars] = values(picture);
    const drawn = bars!.filter(({ c }) => c === 0).map(({ x }) => x as number);
    const own = [...result.samples].filter(
      (_, i) => big.labels[i] === (result.clusters[0]!.score > result.clusters[1]!.score ? 'x' : 'y'),
    );
    expect(drawn[0]).toBeCloseTo(Math.max(...own), 3);
    // The last bar has its own stretch, and closes the area.
    expect(drawn.at(-2)).toBeCloseTo(Math.min(...own), 3);
    expect(drawn.at(-1)).toBe(drawn.at(-2));
    expect(bars!.length).toBeLessThan(95);
  });

  it('says which classes it leaves out', () => {
    const picture = silhouettePlot(silhouette, plain.labels, { maxClasses: 2 });
    expect(picture.description).toContain('The 2 largest classes are drawn; 4 smaller ones with 31 rows are not.');
    expect(
      values(picture)[1]!
        .map(({ label }) => label)
        .sort(),
    ).toEqual(['a 20', 'b 14']);
  });
});

describe('signatureHeatmap', () => {
  it('shows each distance at its place, in the order of the tree', () => {
    const matrix = [
      [0, 9, 1, 8],
      [9, 0, 8, 2],
      [1, 8, 0, 7],
      [8, 2, 7, 0],
    ];
    const picture = signatureHeatmap({ ...results.distances, labels: ['a', 'b', 'c', 'd'], matrix });
    const [cells, written, tree] = values(picture);
    expect(cells).toHaveLength(12);
    expect(written).toEqual(cells);
    const cell = (row: string, column: string) => cells!.find((c) => c.row === row && c.column === column)!.value;
    expect([cell('a', 'b'), cell('c', 'd'), cell('d', 'b')]).toEqual([9, 7, 2]);
    expect([...new Set(cells!.map(({ row }) => row))]).toEqual(['a', 'c', 'b', 'd']);
    // Average linkage: a-c at 1, b-d at 2, both at (9 + 8 + 8 + 7) / 4.
    expect(tree!.filter(({ height, height2 }) => height === height2)).toEqual([
      { at: 0.5, at2: 1.5, height: 1, height2: 1 },
      { at: 2.5, at2: 3.5, height: 2, height2: 2 },
      { at: 1, at2: 3, height: 8, height2: 8 },
    ]);
  });

  it('weighs merged branches by their leaves', () => {
    // Points 0, 1, 3 and 10 on a line: merged at 1, (3 + 2) / 2 and (10 + 9 + 7) / 3.
    const at = [0, 1, 3, 10];
    const matrix = at.map((a) => at.map((b) => Math.abs(a - b)));
    const tree = values(signatureHeatmap({ ...results.distances, labels: at, matrix })).at(-1)!;
    const joints = tree.filter(({ height, height2 }) => height === height2);
    expect(joints.map(({ height }) => height)).toEqual([1, 2.5, 8.667]);
  });

  it('shows the largest classes and says so', () => {
    const picture = signatureHeatmap(results.distances, { maxClasses: 3 });
    expect(picture.description).toContain('The 3 largest classes are drawn, 3 classes are not.');
    expect([...new Set(values(picture)[0]!.map(({ row }) => row))].sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('signatureCurves', () => {
  it('draws vector and band: spread over the root of d', () => {
    const picture = signatureCurves(results.signatures, {
      columns: [10, 20, 40, 80, 160, 320],
      scale: 'log',
      maxClasses: 2,
    });
    const [rows] = values(picture);
    const { vector, spread } = results.signatures.classes[1]!;
    const own = rows!.filter(({ kind, panel }) => kind === 'own' && panel === 'b (14)');
    expect(own.map(({ x }) => x)).toEqual([10, 20, 40, 80, 160, 320]);
    own.forEach(({ y, low, high }, j) => {
      expect(y).toBeCloseTo(vector[j]!, 2);
      expect((high as number) - (low as number)).toBeCloseTo((2 * spread) / Math.sqrt(6), 2);
    });
    expect(picture.description).toContain('The 2 largest classes are drawn, 4 classes are not.');
  });

  it('refuses columns that do not fit', () => {
    expect(() => signatureCurves(results.signatures, { columns: ['a'] })).toThrowError(/got 1 for 6/);
    expect(() => signatureCurves(results.signatures, { columns: [0, 1, 2, 3, 4, 5], scale: 'log' })).toThrowError(
      /> 0/,
    );
  });
});

describe('confusabilityMatrix', () => {
  it('shows shares of neighbours that sum to 1 in each row', () => {
    const [cells] = values(confusabilityMatrix(results.confusability));
    for (const { label, own } of results.confusability.classes) {
      const row = cells!.filter((c) => c.row === label);
      expect(row.reduce((sum, { value }) => sum + (value as number), 0)).toBeCloseTo(1, 2);
      expect(row.find(({ column }) => column === label)?.value ?? 0).toBeCloseTo(own, 3);
    }
  });

  it('frames merge candidates in both directions', () => {
    const candidate = { labels: ['a', 'c'] as const, count: 9, expected: 2, p: 0.001, q: 0.01 };
    const picture = confusabilityMatrix({ ...results.confusability, confusions: 12, mergeCandidates: [candidate] });
    expect(values(picture).at(-1)).toEqual([
      { row: 'a', column: 'c' },
      { row: 'c', column: 'a' },
    ]);
    expect(picture.description).toContain(
      '1 pair of classes stands out, first a and c (9 of 12 confusions, 2 expected).',
    );
  });
});

describe('filterCurves', () => {
  it('follows score, chance, the split of the gain and what is left', () => {
    const [scores, gains, kept] = values(filterCurves(results.filter));
    const at = (rows: Record<string, unknown>[], threshold: number) =>
      Object.fromEntries(rows.filter((r) => r.threshold === threshold).map(({ what, value }) => [what, value]));
    const step = results.filter.steps[3]!;
    expect(at(scores!, 10)).toEqual({ silhouette: near(step.score!), 'by chance': near(step.chance!) });
    expect(at(gains!, 10)).toEqual({
      'bad classes dropped': near(step.gain!.droppedClasses!),
      'rest scores better': near(step.gain!.betterRest!),
      'gain by chance': near(step.gain!.chance!),
    });
    expect(at(kept!, 10)).toEqual({ rows: near(46 / 65), classes: 0.5 });
  });

  it('leaves out steps without a score', () => {
    const steps = results.filter.steps.map((step, s) => (s === 2 ? { ...step, score: null, gain: null } : step));
    expect([...new Set(values(filterCurves({ steps }))[0]!.map(({ threshold }) => threshold))]).toEqual([1, 2, 10]);
  });
});

describe('pictures of two classes', () => {
  const { points, labels } = corners(['a', 'b'], [12]);
  const few = resultsOf(points, labels);

  it('draw no curve of one point, no tree and no matrix of one number', () => {
    const diagnosis = diagnose({ points, labels }, { permutations: 39 });
    const drawn = diagnosisPictures({ diagnosis, signatureDistances: few.distances, confusability: few.confusability });
    expect(drawn.map(({ title }) => title.text)).toEqual(['Rows per class', 'Who is confused with whom']);
    expect(signatureHeatmap(few.distances).description).toMatch(/by chance\.$/);
  });

  it('keep cells and bars small', () => {
    expect(confusabilityMatrix(few.confusability)).toMatchObject({ width: 144, height: 144 });
    expect(silhouettePlot(few.silhouette, labels).height).toBe(2 * 12 * 15 + 7);
  });
});

it('names say what an axis or a line is, and no figure stands in the line of the threshold', () => {
  const texts = JSON.stringify(confusabilityMatrix(results.confusability));
  expect(texts).toContain('class of its nearest neighbour');
  expect(texts).toContain('class of the row');
  const classes = [60, 18, 12, 4].map((count, i) => ({ label: `c${i}`, count, share: count / 94 }));
  const [bars, , names] = values(classSizes({ classes }, { threshold: 20 }));
  expect(bars!.map(({ at }) => at)).toEqual([60, 20, 12, 4]);
  expect(names).toEqual([{ threshold: 20, text: '20 rows' }]);
});

describe('labelTree', () => {
  it('colours the groups of the best cut', () => {
    // a-b at 1, c-d at 2, both at 5: two groups.
    const score = { mean: 0.5, sd: 0.1, chance: { mean: 0.25, sd: 0.1 }, adjusted: 0.3, p: 0.01 };
    const scores = [2, 3, 4].map((groups) => ({
      groups,
      silhouette: score,
      balancedAccuracy: score,
      support: 0.3,
      supportSd: 0.1,
      p: 0.01,
    }));
    const toldApart = { balancedAccuracy: 0.9, rule: 'centre' as const, p: 0.01 };
    const hierarchy = {
      ...results.hierarchy,
      labels: ['a', 'b', 'c', 'd'],
      sizes: [4, 5, 6, 7],
      merges: [
        { left: 0, right: 1, height: 1, size: 9, toldApart },
        { left: 2, right: 3, height: 2, size: 13, toldApart },
        { left: 4, right: 5, height: 5, size: 22, toldApart },
      ],
      scores,
      best: {
        groups: 2,
        p: 0.01,
        support: 0.3,
        members: [
          ['a', 'b'],
          ['c', 'd'],
        ],
        alsoSupported: [3],
      },
      gain: null,
      mergeable: null,
    };
    const sets = values(labelTree(hierarchy));
    const leaves = sets.at(-1)!;
    expect(leaves.map(({ label }) => label)).toEqual(['a 4', 'b 5', 'c 6', 'd 7']);
    const [a, b, c, d] = leaves.map(({ colour }) => colour);
    expect([a === b, c === d, a === c]).toEqual([true, true, false]);
    expect(labelTree(hierarchy).description).toContain('support 2 groups best');
    expect(labelTree(hierarchy).description).toContain('Nearly as good: 3.');
    const three = values(labelTree({ ...hierarchy, best: { ...hierarchy.best, groups: 3 } })).at(-1)!;
    expect(new Set(three.map(({ colour }) => colour)).size).toBe(3);
    // The last merge but one, c-d, is cut before a-b.
    expect(three[0]!.colour).toBe(three[1]!.colour);
    const none = labelTree({ ...hierarchy, best: null, p: 0.4 });
    expect(none.description).toBe(
      'No number of groups is supported by held-out rows beyond chance (corrected p = 0.4).',
    );
    expect(
      new Set(
        values(none)
          .at(-1)!
          .map(({ colour }) => colour),
      ).size,
    ).toBe(1);
  });
});

describe('latentScatter', () => {
  it('puts training beside held-out, with the scores of the space', () => {
    const picture = latentScatter(results.plane);
    const [rows] = values(picture);
    expect(rows!.filter(({ side }) => side === 'training rows: silhouette 0.40')).toHaveLength(65);
    expect(rows!.filter(({ side }) => side === 'held-out rows: silhouette -0.10')).toHaveLength(12);
    expect(picture.description).toContain('0.50 of it does not hold on new rows');
  });

  it('thins each class by a stated rule', () => {
    const labels = [...Array<string>(990).fill('many'), ...Array<string>(10).fill('few')];
    const picture = latentScatter(
      { method: 'A grid', training: { points: labels.map((_, i) => [i, i]), labels } },
      { maxPoints: 250 },
    );
    const [rows] = values(picture);
    expect(
      rows!
        .filter(({ label }) => label === 'many')
        .map(({ x }) => x)
        .slice(0, 3),
    ).toEqual([0, 4, 8]);
    expect(rows!.filter(({ label }) => label === 'few')).toHaveLength(3);
    expect(picture.description).toContain('Every 4th row of each class is drawn (251 points).');
  });

  it('keeps colours for the six largest of many classes', () => {
    const labels = Array.from({ length: 60 }, (_, i) => `class ${i % 12 === 11 ? 0 : i % 12}`);
    const [rows] = values(latentScatter({ method: 'm', training: { points: labels.map((_, i) => [i, 0]), labels } }));
    expect(new Set(rows!.map(({ label }) => label)).size).toBe(7);
    expect(rows!.filter(({ label }) => label === '5 other classes')).toHaveLength(25);
  });
});

describe('trainingCurves', () => {
  it('has a panel for total, terms, norms and cosine, with bounds where known', () => {
    const picture = trainingCurves(trainingRecord(12));
    const panels = picture.vconcat as { title: { text: string } }[];
    expect(panels.map(({ title }) => title.text)).toEqual([
      'Total loss',
      'reconstruction (without its weight)',
      'contrastive (without its weight)',
      'Gradient norm of each term',
      'Cosine between the gradients',
    ]);
    expect(values(panels[2])[1]).toEqual([
      { value: 1, text: 'floor' },
      { value: 3, text: 'ceiling' },
    ]);
    expect(
      values(panels[0])[0]!
        .filter(({ what }) => what === 'held-out')
        .map(({ value }) => value)[0],
    ).toBe(3.5);
    expect(picture.description).toContain('75% of the anchors had no positive');
  });

  it('thins long runs and keeps the last epoch', () => {
    const [rows] = values(trainingCurves(trainingRecord(1001)));
    const epochs = rows!.filter(({ what }) => what === 'training').map(({ epoch }) => epoch);
    expect(epochs.slice(0, 2)).toEqual([1, 7]);
    expect(epochs.at(-1)).toBe(1001);
    expect(epochs.length).toBeLessThan(202);
  });
});

describe('beforeAfter', () => {
  const rows = [
    { name: 'input', training: -0.2, heldOut: -0.3, chance: -0.25 },
    { name: 'merged', training: 0.53, heldOut: 0.04, chance: 0 },
    { name: 'broken', training: null, heldOut: null },
  ];

  it('shows training, held-out and chance, and names the widest gap', () => {
    const picture = beforeAfter(rows);
    const [spans, points] = values(picture);
    expect(spans).toEqual([
      { name: 'input', value: -0.2, end: -0.3 },
      { name: 'merged', value: 0.53, end: 0.04 },
    ]);
    expect(points).toHaveLength(6);
    expect(picture.description).toBe(
      'On held-out rows the best silhouette is that of merged, 0.04; the widest gap between training and held-out rows is at merged, 0.53 against 0.04.',
    );
  });

  it('knows which way is better', () => {
    const lower = beforeAfter(rows, { metric: 'Davies-Bouldin', higherIsBetter: false });
    expect(lower.description).toContain('the best Davies-Bouldin is that of input, -0.30');
  });

  it('refuses scores that are not finite', () => {
    expect(() => beforeAfter([{ name: 'x', training: Number.NaN }])).toThrowError(
      /rows\[0\]\.training must be null or a finite number, got NaN/,
    );
    expect(() => beforeAfter([])).toThrowError(/rows must have at least 1 entry, got 0/);
  });
});

function near(value: number): unknown {
  return expect.closeTo(value, 3);
}

it('confusions that tied rows share are no whole numbers, and are drawn', () => {
  // Row 1 is as near to a row of its own class as to one of another.
  const points = [[0], [1], [2], [3], [10], [11]];
  const found = confusability(points, ['a', 'a', 'b', 'b', 'c', 'c']);
  expect(found.pairs.some(({ count }) => !Number.isInteger(count))).toBe(true);
  expect(() => confusabilityMatrix(found)).not.toThrow();
});
