import { describe, expect, it } from 'vitest';
import { jsonText } from '../../../src/cli/print/json-text.js';
import * as main from '../../../src/index.js';
import { fromPlain, toPlain } from '../../../src/index.js';
import { silhouettePlot } from '../../../src/plot/index.js';
import { expectComplete } from '../../support/forgotten.js';
import { callables, invoke, soundCall } from '../../support/sound-calls.js';

const POINTS = Array.from({ length: 24 }, (_, i) => [Math.floor(i / 8) * 10 + (i % 8) * 0.37, ((i * 7) % 8) * 0.41]);
const IDS = [9007199254740993n, 9007199254740995n, 9007199254741001n];
const LABELS = POINTS.map((_, i) => IDS[Math.floor(i / 8)]!);
/** Text that reads like a spelling of JSON's lacks. */
const WORDS = POINTS.map((_, i) => ['Infinity', '\\NaN', '7n'][Math.floor(i / 8)]!);
/** Two classes on one spot each: indices that are infinite. */
const SPOTS = POINTS.map((_, i) => [i % 2]);

/** What JSON has: typed arrays as arrays, -0 as 0, nothing undefined, no functions. */
function asData(value: unknown): unknown {
  if (typeof value === 'number') return value + 0;
  if (ArrayBuffer.isView(value)) return Array.from(value as never, asData);
  if (Array.isArray(value)) return value.map(asData);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([, item]) => item !== undefined && typeof item !== 'function');
  return Object.fromEntries(kept.map(([key, item]) => [key, asData(item)]));
}

const permutations = 39;
type Given = main.Labels;
/** An index of the registry, by its name. */
const index = (name: string) => (labels: Given) =>
  (main as unknown as Readonly<Record<string, (points: number[][], labels: Given) => unknown>>)[name]!(POINTS, labels);
const results: Readonly<Record<string, (labels: Given) => unknown>> = {
  ...Object.fromEntries(main.internalMetrics.map(({ name }) => [name, index(name)])),
  dataset: (labels) => main.dataset(POINTS, labels),
  'silhouette of a sample': (labels) => main.silhouette(POINTS, labels, { sampleSize: 9 }),
  neighborAgreement: (labels) => main.neighborAgreement(POINTS, labels, { noiseLabel: labels[0] }),
  'calinskiHarabasz, infinite': () => main.calinskiHarabasz(SPOTS, SPOTS.flat()),
  'dunn, infinite': () => main.dunn(SPOTS, SPOTS.flat()),
  kSelection: (labels) => main.kSelection(POINTS, [labels, Array.from(labels, (_, i) => i % 2)]),
  significance: (labels) => main.significance(POINTS, labels, { permutations }),
  adjustedRandIndex: (labels) => main.adjustedRandIndex(labels, labels),
  vMeasure: (labels) => main.vMeasure(labels, labels),
  bCubed: (labels) => main.bCubed(labels, labels),
  pairConfusion: (labels) => main.pairConfusion(labels, labels),
  classBalance: (labels) => main.classBalance(labels),
  filterByClassSize: (labels) => main.filterByClassSize(labels, { top: 2 }),
  filterCurve: (labels) => main.filterCurve(labels),
  filterGain: (labels) =>
    main.filterGain(POINTS, labels, { evaluate: (data) => ({ score: main.silhouette(data).score }) }),
  identifierColumns: (labels) => main.identifierColumns(POINTS, labels),
  placeholderValues: () => main.placeholderValues(POINTS),
  uninformativeColumns: (labels) => main.uninformativeColumns(POINTS, labels),
  silhouetteCeiling: () => main.silhouetteCeiling(POINTS),
  softSilhouette: (labels) =>
    main.softSilhouette(
      POINTS,
      POINTS.map((_, i) => [0, 1, 2].map((j) => (j === Math.floor(i / 8) ? 0.75 : 0.125))),
      { names: [...new Set(Array.from(labels))] },
    ),
  clusterGaps: (labels) => main.clusterGaps(POINTS, labels),
  hiddenGroups: (labels) => main.hiddenGroups(POINTS, labels),
  otherGroups: (labels) => main.otherGroups(POINTS, labels),
  clusterShape: (labels) => main.clusterShape(POINTS, labels),
  metricChoice: (labels) => main.metricChoice(POINTS, labels),
  filterSensitivity: (labels) => main.filterSensitivity(POINTS, labels, { permutations: 3 }),
  signatures: (labels) => main.signatures(POINTS, labels),
  signatureDistances: (labels) => main.signatureDistances(POINTS, labels, { permutations }),
  confusability: (labels) => main.confusability(POINTS, labels),
  suspiciousRows: (labels) =>
    main.suspiciousRows(
      POINTS,
      Array.from(labels, (label, i) => (i === 4 ? labels[23]! : label)),
    ),
  scatteredClasses: (labels) => main.scatteredClasses(POINTS, labels),
  outliers: (labels) => main.outliers([...POINTS.slice(1), [1e4, 0]], labels),
  labelNoise: (labels) =>
    main.labelNoise(
      POINTS,
      Array.from(labels, (label, i) => (i === 4 ? labels[23]! : label)),
    ),
  confusionMatrix: (labels) =>
    main.confusionMatrix(main.confusability(POINTS, labels), [...new Set(Array.from(labels))]),
  labelHierarchy: (labels) => main.labelHierarchy(POINTS, labels, { folds: 2, permutations }),
  positivePairAudit: (labels) => main.positivePairAudit(labels),
  compareLabels: (labels) => main.compareLabels(labels, [...Array.from(labels).slice(1), labels[0]!], { permutations }),
  compareSpaces: (labels) => main.compareSpaces({ a: POINTS, b: SPOTS }, labels, { permutations, resamples: 20 }),
  verifyClaims: (labels) => main.verifyClaims(POINTS, labels, { silhouette: 0.9, classes: 3 }),
  pairwiseDistances: () => main.pairwiseDistances(POINTS),
  diagnose: (labels) => main.diagnose({ points: POINTS, labels, claims: { dunn: 1 } }, { permutations }),
};

describe('results as JSON', () => {
  it('are those of every function that has one', () => {
    const called = Object.keys(results).map((name) => name.replace(/[ ,].*/, ''));
    const functions = callables().filter(({ entry, name }) => entry === 'main' && !/^[A-Z]/.test(name));
    // A number or a list of numbers is JSON as it is; the two that make and read JSON are what is tested.
    const needed = functions.flatMap(({ name, value }) => {
      if (name === 'toPlain' || name === 'fromPlain') return [];
      const { args, options } = soundCall('main', name);
      const result = invoke(value, [...args(), ...(options === null ? [] : [options])]);
      return [result].flat().every((item) => typeof item === 'number') ? [] : name;
    });
    const listed = new Set(called.filter((name) => needed.includes(name)));
    expectComplete('results of test/unit/core/results-to-json.test.ts', [...listed], needed);
  });

  it.each(Object.entries(results))('%s comes back', (_, compute) => {
    for (const labels of [LABELS, WORDS]) {
      const result = compute(labels);
      const text = JSON.stringify(toPlain(result));
      expect(fromPlain(JSON.parse(text))).toEqual(asData(result));
      // What the command prints.
      expect(JSON.parse(jsonText(result))).toEqual(JSON.parse(text));
    }
  });

  it('an infinite score is not null', () => {
    expect(JSON.stringify(toPlain(main.dunn(SPOTS, SPOTS.flat())))).toContain('"score":"Infinity"');
    const found = main.diagnose({ points: SPOTS, labels: SPOTS.flat() }, { permutations });
    expect(JSON.parse(JSON.stringify(found))).toEqual(toPlain(found));
  });

  it('a picture can be drawn of what came back', () => {
    const result = main.silhouette(POINTS, LABELS);
    const back = fromPlain<typeof result>(JSON.parse(JSON.stringify(toPlain(result))));
    expect(silhouettePlot(back, LABELS)).toEqual(silhouettePlot(result, LABELS));
    const small = LABELS.map((label) => label - IDS[0]!);
    const picture = silhouettePlot(main.silhouette(POINTS, small), small);
    expect(picture).toEqual(silhouettePlot(main.silhouette(POINTS, small.map(Number)), small.map(Number)));
  });
});
