import { describe, expect, test } from 'vitest';
import { pictureNumbers } from '../../../src/cli/picture-numbers.js';
import { printDiagnosis } from '../../../src/cli/print/print-diagnosis.js';
import { terminalOf } from '../../../src/cli/terminal.js';
import { numberText } from '../../../src/core/words.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import type { Diagnosis } from '../../../src/diagnose/types.js';
import { silhouette } from '../../../src/metrics/internal/silhouette.js';
import { toHtml } from '../../../src/report/to-html.js';
import { toMarkdown } from '../../../src/report/to-markdown.js';
import { filterSensitivity } from '../../../src/studies/filters/filter-sensitivity.js';
import { significance } from '../../../src/studies/significance/significance.js';
import { blobs, longTail } from './worlds.js';

/** Every place in which a diagnosis gives a quantity. */
function placesOf({ findings, metrics, claims }: Diagnosis, metric: 'silhouette' | 'neighborAgreement') {
  const evidence = (id: string, name: string) =>
    findings.find((finding) => finding.id === id)!.evidence.find((of) => of.name === name)!;
  const row = metrics.find((of) => of.metric === metric)!;
  const [overlap, raw] = metric === 'silhouette' ? ['silhouette', 'silhouetteRaw'] : ['agreement', 'agreementRaw'];
  const both = [evidence('chance-level', metric), evidence('class-overlap', overlap)];
  const claimed = (claims ?? []).find((of) => of.metric === metric);
  return {
    values: [
      row.score,
      ...both.map(({ value }) => value),
      evidence('scale', raw).value,
      ...(claimed === undefined ? [] : [claimed.recomputed]),
    ],
    chances: [row.chance!.mean, ...both.map(({ chance }) => chance)],
  };
}

describe('one quantity has one number', () => {
  const small = blobs([60, 40, 25], 2, 3, 4);
  const whole = diagnose({ ...small, claims: { silhouette: '0.5', neighborAgreement: '0.9' } }, { permutations: 59 });

  test.each(['silhouette', 'neighborAgreement'] as const)('%s and its chance, all rows', (metric) => {
    const { values, chances } = placesOf(whole, metric);
    for (const value of values) expect(value).toBeCloseTo(values[0] as number, 12);
    for (const chance of chances) expect(chance).toBeCloseTo(chances[0]!, 12);
  });

  describe.each([
    ['all rows', longTail(2), 2000],
    ['above the sample size', blobs([300, 120, 60, 9, 9, 4], 2, 3, 8), 150],
  ] as const)('the filter, %s', (_, tail, sampleSize) => {
    const { findings, metrics } = diagnose(tail, { permutations: 59, sampleSize, seed: 3 });
    const found = findings.find(({ id }) => id === 'filter-sensitivity')!;
    const [table] = found.tables;
    const at = (row: number, column: string) => table!.rows[row]![table!.columns.indexOf(column)] as number;

    test('starts from the silhouette, its chance and its interval', () => {
      const before = found.evidence.find(({ name }) => name === 'before')!;
      expect(before.value).toBeCloseTo(metrics[0]!.score!, 12);
      const { sample } = metrics[0]!;
      expect(before.sample).toEqual(sample === undefined ? undefined : { ...sample, against: 'all' });
      expect(before.interval?.low ?? null).toEqual(
        metrics[0]!.interval === undefined ? null : expect.closeTo(metrics[0]!.interval.low, 10),
      );
      expect(at(0, 'silhouette')).toBe(before.value);
      expect(at(0, 'chance')).toBeCloseTo(metrics[0]!.chance!.mean, 12);
    });

    test('is that of filterSensitivity, or holds it in its interval', () => {
      const thresholds = table!.rows.map((_row, r) => at(r, 'threshold'));
      const { steps } = filterSensitivity(tail.points, tail.labels, { thresholds, permutations: 59, seed: 3 });
      expect(steps.length).toBeGreaterThan(2);
      if (metrics[0]!.sample === undefined) {
        steps.forEach(({ score, chance, gain }, r) => {
          expect([score, chance, gain!.total, gain!.beyondChance]).toEqual(
            ['silhouette', 'chance', 'gain', 'beyondChance'].map((column) => at(r, column)),
          );
        });
        return;
      }
      const evidence = (name: string) => found.evidence.find((of) => of.name === name)!;
      const step = steps.find(({ threshold }) => threshold === evidence('threshold').value)!;
      for (const [name, value] of [
        ['after', step.score!],
        ['gain', step.gain!.total],
      ] as const) {
        const { interval } = evidence(name);
        expect(interval!.low).toBeLessThanOrEqual(value);
        expect(interval!.high).toBeGreaterThanOrEqual(value);
        expect(interval!.high - interval!.low).toBeGreaterThan(0.001);
      }
    });
  });

  test('JSON, text and page', async () => {
    const score = whole.metrics[0]!.score!;
    const text = printDiagnosis(whole, { name: 'x', labelsFrom: 'y' }, terminalOf({ quiet: true }), {
      verbose: true,
      fill: (command) => command,
      piped: false,
    });
    expect(text).toContain(`silhouette`);
    expect(text.split(numberText(score)).length).toBeGreaterThan(3);
    expect((await toHtml(whole)).split(numberText(score)).length).toBeGreaterThan(3);
  });

  test('above the sample size: rows scored against all, with an interval, as silhouette does', () => {
    const { points, labels } = blobs([500, 300, 200], 2, 3, 6);
    const sampled = diagnose(
      { points, labels, claims: { silhouette: '0.9' } },
      { permutations: 39, sampleSize: 200, seed: 5 },
    );
    const drawn = silhouette(points, labels, { sampleSize: 200, seed: 5 });
    const row = sampled.metrics[0]!;
    expect(row.score).toBeCloseTo(drawn.score, 12);
    expect(row.sample).toEqual({ rows: drawn.samples.length, of: 1000 });
    expect(row.interval!.low).toBeCloseTo(drawn.sample!.interval.low, 10);
    expect(row.interval!.high).toBeCloseTo(drawn.sample!.interval.high, 10);
    for (const value of placesOf(sampled, 'silhouette').values) expect(value).toBeCloseTo(drawn.score, 12);
    const exact = silhouette(points, labels).score;
    expect(row.interval!.low).toBeLessThan(exact);
    expect(row.interval!.high).toBeGreaterThan(exact);
    const { values } = placesOf(sampled, 'neighborAgreement');
    for (const value of values) expect(value).toBeCloseTo(values[0] as number, 12);
  });

  test('every number of fewer rows says so, in the text and in both reports', async () => {
    const { points, labels } = blobs([300, 200, 100], 2, 2, 6);
    const twice = { points: [...points, ...points.slice(0, 60)], labels: [...labels, ...labels.slice(0, 60)] };
    const sampled = diagnose(
      { ...twice, spaces: { latent: twice.points.map(([x, y]) => [x!, y! / 2]) } },
      { permutations: 39, sampleSize: 150, seed: 5 },
    );
    const text = printDiagnosis(sampled, { name: 'x', labelsFrom: 'y' }, terminalOf({ quiet: true }), {
      verbose: true,
      fill: (command) => command,
      piped: false,
    }).replace(/\s+/g, ' ');
    const pages = [text, toMarkdown(sampled), await toHtml(sampled)];
    const evidence = (id: string, name: string) =>
      sampled.findings.find((finding) => finding.id === id)!.evidence.find((of) => of.name === name)!;
    const against = (id: string, name: string) => evidence(id, name).sample?.against;
    expect(against('class-overlap', 'agreement')).toBe('all');
    expect(against('class-overlap', 'confusedPairs')).toBe('sample');
    // No filter applies: that is seen from the sizes of all classes, and nothing is scored.
    expect(evidence('filter-sensitivity', 'filters').sample).toBeUndefined();
    expect(against('dimension', 'hubness')).toBe('sample');
    expect(against('duplicates', 'agreement')).toBe('all');
    expect(evidence('duplicates', 'agreement').value).toBeCloseTo(
      sampled.metrics.find(({ metric }) => metric === 'neighborAgreement')!.score!,
      12,
    );
    // What is affordable on all rows is computed on all.
    expect(evidence('signature-separation', 'meanDistance').sample).toBeUndefined();
    const words = sampled.findings.flatMap(({ evidence: items, tables }) =>
      [...items, ...tables.filter(({ rows }) => rows.length > 0)].flatMap(({ sample }) =>
        sample === undefined
          ? []
          : [
              `${sample.rows} of ${sample.of} rows, ${sample.against === 'all' ? 'each against all' : 'among themselves'}`,
            ],
      ),
    );
    expect(new Set(words).size).toBeGreaterThan(1);
    for (const page of pages) {
      for (const said of new Set(words)) {
        const wanted = words.filter((one) => one === said).length;
        expect(page.split(said).length - 1, said).toBeGreaterThanOrEqual(wanted);
      }
    }
  });

  test('claims, pictures and findings have the numbers of the diagnosis', () => {
    const { points, labels } = blobs([60, 40, 25], 2, 2, 4);
    const claims = { silhouette: '0.5', daviesBouldin: '0.9' };
    const found = diagnose({ points, labels, claims }, { permutations: 59 });
    const daviesBouldinRow = found.metrics.find(({ metric }) => metric === 'daviesBouldin')!;
    expect(found.claims![1]!.recomputed).toBeCloseTo(daviesBouldinRow.score!, 12);
    const flat = { data: Float64Array.from(points.flat()), rows: points.length, columns: 2 };
    const pictures = pictureNumbers({ points: flat, labels, spaces: {} }, undefined, {
      metric: undefined,
      standardize: false,
      noiseLabel: undefined,
      seed: undefined,
    });
    expect(pictures.silhouette!.score).toBeCloseTo(found.metrics[0]!.score!, 12);
    const macro = found.claims![0]!.conventions.find(({ name }) => name === 'macro average over classes')!;
    expect(macro.value).toBeCloseTo(pictures.silhouette!.macroScore, 12);
    expect(significance(points, labels, { permutations: 1 }).macroSilhouette.observed).toBeCloseTo(macro.value!, 12);
    const overlap = found.findings.find(({ id }) => id === 'class-overlap')!;
    const rivals = overlap.tables.find(({ name }) => name === 'rivals')!;
    const at = (row: (typeof rivals.rows)[number], column: string) => row[rivals.columns.indexOf(column)];
    expect(rivals.rows.length).toBe(3);
    for (const row of rivals.rows) {
      const shown = pictures.confusability!.classes.find(({ label }) => label === at(row, 'label'))!;
      expect([at(row, 'own'), at(row, 'rival'), at(row, 'rivalShare')]).toEqual([
        shown.own,
        shown.rival,
        shown.rivalShare,
      ]);
    }
    expect(overlap.evidence.find(({ name }) => name === 'confusedPairs')!.value).toBe(
      pictures.confusability!.mergeCandidates.length,
    );
  });
});
