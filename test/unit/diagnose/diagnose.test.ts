import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { syntheticCorpus } from '../../../examples/equalizer/corpus.js';
import { diagnosisSchema, SCHEMA_FILE } from '../../../scripts/diagnosis-schema.js';
import { fromPlain } from '../../../src/core/plain.js';
import { Rng } from '../../../src/core/rng.js';
import type { TrainingRecord } from '../../../src/core/training-record.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import type { Finding, FindingId } from '../../../src/diagnose/finding-types.js';
import type { Diagnosis } from '../../../src/diagnose/types.js';
import { shuffledBatches } from '../../../src/nn/batching/shuffled-batches.js';
import { countPositives, noPositives, positivesByClass } from '../../../src/nn/training/positive-counts.js';
import { adjustForDiscoveries } from '../../../src/studies/significance/adjust-for-discoveries.js';
import { type Schema, violations } from './json-schema.js';
import { blobs, longTail, randomLabels } from './worlds.js';

const schema = JSON.parse(readFileSync(SCHEMA_FILE, 'utf8')) as Schema;

function finding(of: Diagnosis, id: FindingId) {
  const found = of.findings.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no finding ${id}`);
  return found;
}

function verdicts(of: Diagnosis, ids: readonly FindingId[]) {
  return Object.fromEntries(ids.map((id) => [id, finding(of, id).verdict]));
}

function evidence(of: Diagnosis, id: FindingId, name: string) {
  return finding(of, id).evidence.find((one) => one.name === name)?.value;
}

/** JSON gives it back unchanged, and fits its schema. */
function expectPlain(found: Diagnosis) {
  const written = JSON.parse(JSON.stringify(found));
  expect(fromPlain(written)).toEqual(found);
  expect(violations(written, schema, schema)).toEqual([]);
}

/** A record of the configuration of the original run, for `rows` rows. */
function originalRecord(rows: number, classes: number, share: number): TrainingRecord {
  const between: readonly [string, string] = ['reconstruction', 'contrastive'];
  const loss = (total: number) => ({
    total,
    byName: { reconstruction: 0.5, contrastive: 1.2 },
    bounds: { reconstruction: null, contrastive: { floor: 0.1, ceiling: 2.5 } },
  });
  return {
    schema: 1,
    rows,
    columns: 40,
    classes,
    heldOutRows: 0,
    parameters: 514071,
    sharedParameters: null,
    objective: [
      { name: 'reconstruction', settings: {}, weight: 1 },
      { name: 'contrastive', settings: { on: 'projection', temperature: 0.1 }, weight: 0.1 },
    ],
    optimizer: { name: 'adam', settings: { learningRate: 0.001 } },
    schedule: { name: 'constantRate', settings: {}, unit: 'epoch' },
    sampler: {
      name: 'shuffledBatches',
      settings: { rows, batchSize: 16, seed: 0, dropLast: false },
      batchesPerEpoch: Math.ceil(rows / 16),
      rowsPerEpoch: rows,
    },
    clipNorm: null,
    keepBest: 'off',
    evaluateEvery: 1,
    seed: 0,
    epochsAsked: 50,
    epochs: Array.from({ length: 6 }, (_, e) => ({
      epoch: e + 1,
      engine: 'eager' as const,
      notes: [],
      losses: loss(0.62),
      heldOut: loss(0.9),
      gradient: {
        batch: 0,
        norms: { reconstruction: 2, contrastive: 1 },
        cosines: [{ between, cosine: 0.02 }],
      },
      anchors: { valid: Math.round(share * rows), skipped: rows - Math.round(share * rows) },
      heldOutAnchors: null,
      skippedBatches: 0,
      updates: { steps: 10, gradientNorm: null, clippedShare: null, skippedShare: 0, nonFiniteBatches: 0 },
      learningRate: 0.001,
      milliseconds: 100,
      best: null,
    })),
    best: null,
  };
}

describe('diagnose', () => {
  test('the schema in the tree is that of the type', () => {
    expect(schema).toEqual(diagnosisSchema());
  });

  test('well-separated classes: labels are kept, and nothing is severe', () => {
    const found = diagnose(blobs([40, 40, 40, 40], 8, 3, 1));
    expect(found.findings.filter(({ severity }) => severity === 'high' || severity === 'medium')).toEqual([]);
    expect(verdicts(found, ['chance-level', 'signature-separation', 'class-overlap', 'granularity'])).toEqual({
      'chance-level': 'rejected',
      'signature-separation': 'rejected',
      'class-overlap': 'rejected',
      granularity: 'rejected',
    });
    expect(found.hierarchy?.best?.groups).toBe(4);
    expectPlain(found);
  });

  test('random labels: chance, and nothing that contradicts it', () => {
    const found = diagnose(randomLabels(150, 3, 5, 2));
    expect(verdicts(found, ['chance-level', 'signature-separation', 'class-overlap'])).toEqual({
      'chance-level': 'confirmed',
      'signature-separation': 'confirmed',
      'class-overlap': 'confirmed',
    });
    expect(finding(found, 'granularity').verdict).not.toBe('confirmed');
    expect(found.hierarchy?.best).toBeNull();
    expect(finding(found, 'class-overlap').evidence.find(({ name }) => name === 'confusedPairs')?.value).toBe(0);
    expectPlain(found);
  });

  test('a long tail with real signal is imbalanced, and not called noise', () => {
    const found = diagnose(longTail(3));
    expect(verdicts(found, ['class-imbalance', 'singleton-classes', 'chance-level', 'signature-separation'])).toEqual({
      'class-imbalance': 'confirmed',
      'singleton-classes': 'confirmed',
      'chance-level': 'rejected',
      'signature-separation': 'rejected',
    });
    expect(evidence(found, 'singleton-classes', 'singletons')).toBe(20);
    expectPlain(found);
  });

  test('the corpus of the example, trained as the original was: every flaw is found', () => {
    const corpus = syntheticCorpus();
    const rng = new Rng(1);
    const centres = new Map(corpus.labels.map((label) => [label, Array.from({ length: 8 }, () => rng.normal())]));
    // The projection has memorised its training rows, the latent a little; held-out rows follow neither.
    const space = (labels: readonly string[], pull: number) =>
      labels.map((label) => centres.get(label)!.map((m) => pull * m + rng.normal()));
    const held = corpus.rows.flatMap((_, i) => (i % 4 === 0 ? [i] : []));
    const train = corpus.rows.flatMap((_, i) => (i % 4 === 0 ? [] : [i]));
    const rowsAt = (at: number[]) => at.map((i) => Array.from(corpus.rows[i]!));
    const labelsAt = (at: number[]) => at.map((i) => corpus.labels[i]!);
    const range = (c: number): readonly [number, number] =>
      c === 39
        ? [0, 0]
        : (
            [
              [-12, 12],
              [0, 1],
              [0.1, 10],
            ] as const
          )[c % 3]!;
    const found = diagnose(
      {
        points: rowsAt(train),
        labels: labelsAt(train),
        spaces: { latent: space(labelsAt(train), 0.5), projection: space(labelsAt(train), 4) },
        heldOut: {
          points: rowsAt(held),
          labels: labelsAt(held),
          spaces: { latent: space(labelsAt(held), 0), projection: space(labelsAt(held), 0) },
        },
        training: {
          record: originalRecord(train.length, new Set(labelsAt(train)).size, 0.1),
          measuredSpace: 'latent',
          outputRange: Array.from({ length: 40 }, (_, c) => range(c)),
        },
        claims: { silhouette: 0.68, daviesBouldin: 0.82 },
      },
      { standardize: true, permutations: 59, sampleSize: 700 },
    );
    expect(
      verdicts(found, [
        'class-imbalance',
        'signature-separation',
        'chance-level',
        'class-overlap',
        'granularity',
        'positive-pairs',
        'space-mismatch',
        'output-reach',
        'generalisation-gap',
        'loss-balance',
        'collapse',
      ]),
    ).toEqual({
      'class-imbalance': 'confirmed',
      'signature-separation': 'rejected',
      'chance-level': 'rejected',
      'class-overlap': 'confirmed',
      granularity: 'confirmed',
      'positive-pairs': 'confirmed',
      'space-mismatch': 'confirmed',
      'output-reach': 'confirmed',
      'generalisation-gap': 'confirmed',
      'loss-balance': 'confirmed',
      collapse: 'rejected',
    });
    const groups = evidence(found, 'granularity', 'bestGroups');
    expect(groups).toBeGreaterThanOrEqual(2);
    expect(groups).toBeLessThanOrEqual(4);
    expect(evidence(found, 'output-reach', 'columnsMostlyOutside')).toBeGreaterThanOrEqual(20);
    expect(found.claims?.map(({ verdict }) => verdict)).toEqual(['refuted', 'refuted']);
    expect(found.input.sample?.of).toBe(train.length);
    expectPlain(found);
  });

  test('one column in other units, a name for noise, and copies are each found', () => {
    const { points, labels } = blobs([60, 60], 4, 3, 4);
    const rng = new Rng(1);
    const wide = points.map(([x, y, z], i) => [x!, y!, i % 2 === 0 ? 1000 * z! : -1000 * z!]);
    expect(finding(diagnose({ points: wide, labels }), 'scale')).toMatchObject({
      verdict: 'confirmed',
      severity: 'high',
      explains: expect.arrayContaining(['class-overlap']),
    });
    const noisy = [
      ...points,
      ...Array.from({ length: 15 }, () => [20 * rng.normal(), 20 * rng.normal(), 20 * rng.normal()]),
    ];
    const marked = [...labels.map((label) => (label === 'class 0' ? 0 : 1)), ...Array<number>(15).fill(-1)];
    const counted = [...marked.slice(0, 30), ...marked.slice(30).map((label) => (label === -1 ? -1 : label + 1))];
    expect(finding(diagnose({ points: noisy, labels: counted }), 'noise-label').verdict).toBe('confirmed');
    const named = diagnose({ points: noisy, labels: counted }, { noiseLabel: -1 });
    expect(finding(named, 'noise-label').verdict).toBe('rejected');
    expect(named.input).toMatchObject({ n: 120, noise: { label: -1, rows: 15 } });
    const copied = [...points, ...points.slice(0, 30)];
    const twice = diagnose({ points: copied, labels: [...labels, ...labels.slice(0, 30)] });
    expect(finding(twice, 'duplicates').verdict).toBe('confirmed');
    expect(evidence(twice, 'duplicates', 'copies')).toBe(30);
    const leak = diagnose({ points, labels, heldOut: { points: points.slice(0, 10), labels: labels.slice(0, 10) } });
    expect(finding(leak, 'duplicates')).toMatchObject({ verdict: 'confirmed', severity: 'high' });
  });

  test('reach and collapse are what they are by hand', () => {
    const { labels } = blobs([20, 20, 20, 20, 20, 20], 3, 2, 1);
    const points = labels.map((_, i) => [i % 2 === 0 ? 3 : -1, i % 2 === 0 ? 0.5 : 0]);
    const flat = labels.map((_, i) => [i, 2 * i, 0, 0]);
    const found = diagnose({
      points,
      labels,
      spaces: { latent: flat },
      training: {
        outputRange: [
          [-1, 1],
          [null, null],
        ],
        outputs: points.map(([, y]) => [1, y!]),
        unitRange: [-1000, 1000],
      },
    });
    // Half of the first column is 2 above its bound: a quarter of all values, 4 squared over 4 values.
    expect(evidence(found, 'output-reach', 'shareOutside')).toBe(0.25);
    expect(evidence(found, 'output-reach', 'errorFloor')).toBe(1);
    expect(evidence(found, 'output-reach', 'error')).toBe(2);
    expect(evidence(found, 'collapse', 'effectiveRank')).toBeCloseTo(1, 12);
    expect(evidence(found, 'collapse', 'deadUnits')).toBe(2);
    expect(finding(found, 'collapse')).toMatchObject({ verdict: 'confirmed', severity: 'high' });
  });

  test('an end of the outputs is a bound when they pile up there with their targets beyond', () => {
    const rng = new Rng(4);
    const { points, labels } = blobs([50, 50], 1, 2, 1);
    const reach = (outputs: number[][], targets = points) =>
      finding(diagnose({ points, labels, training: { outputs, targets } }, { permutations: 39 }), 'output-reach');
    const clamped = points.map((row) => row.map((v) => Math.max(0, v)));
    expect(reach(clamped)).toMatchObject({ verdict: 'confirmed' });
    const below = points.flat().filter((v) => v < 0).length / points.flat().length;
    expect(reach(clamped).evidence[0]!.value).toBeCloseTo(below, 12);
    expect(reach(points.map((row) => row.map((v) => 0.9 * v))).verdict).toBe('rejected');
    // Targets that are the rows of the input have the names of its columns, others have none.
    const columns = ['warmth', 'gain'];
    const firstCell = (targets: number[][]) => {
      const training = { outputs: targets.map((row) => row.map((v) => Math.max(0, v))), targets };
      const of = finding(diagnose({ points, labels, columns, training }, { permutations: 39 }), 'output-reach');
      return of.tables[0]!.rows[0]![0];
    };
    expect(columns).toContain(firstCell(points));
    expect([0, 1]).toContain(firstCell(points.map((row) => row.map((v) => v - 0.5))));
    // Outputs that know the class and nothing more pile up at both ends, amid their targets.
    const classwise = labels.map((label) => (label === 'class 0' ? [-1, 1] : [1, -1]));
    const around = classwise.map((row) => row.map((v) => v + 0.1 * rng.normal()));
    expect(reach(classwise, around).verdict).toBe('rejected');
  });

  test('scores of the rows that were trained on, and of no others, are not scores of new rows', () => {
    const { points, labels } = blobs([20, 20, 20], 3, 2, 1);
    const record = originalRecord(60, 3, 0.9);
    const gap = (input: object) =>
      finding(diagnose({ points, labels, ...input }, { permutations: 39 }), 'generalisation-gap');
    expect(gap({ training: { record } })).toMatchObject({ verdict: 'confirmed', severity: 'high' });
    expect(gap({ training: { record: { ...record, epochs: record.epochs.slice(1, 2) } } })).toMatchObject({
      verdict: 'confirmed',
      severity: 'medium',
    });
    expect(gap({ training: { record: originalRecord(61, 3, 0.9) } }).verdict).toBe('inconclusive');
    const held = blobs([10, 10, 10], 3, 2, 2);
    expect(gap({ training: { record }, heldOut: held }).verdict).not.toBe('confirmed');
  });

  describe('training against held-out rows: what the scores say, what the loss says, and which of them decides', () => {
    const { points, labels } = blobs([20, 20, 20], 3, 2, 1);
    const record = originalRecord(60, 3, 0.9);
    /** A record whose last epochs have these held-out losses over a training loss of 1. */
    const lossesOf = (...ratios: number[]): TrainingRecord => ({
      ...record,
      epochs: ratios.map((total, e) => ({
        ...record.epochs[0]!,
        epoch: e + 1,
        losses: { ...record.epochs[0]!.losses, total: 1 },
        heldOut: { ...record.epochs[0]!.losses, total },
      })),
    });
    const high = lossesOf(9, 1.5, 1.4, 1.3, 1.6, 1.21);
    const low = lossesOf(9, 1.5, 1.4, 1.19, 1.6, 1.5);
    const gap = (given: TrainingRecord, heldOut?: { points: number[][]; labels: (string | number)[] }) =>
      finding(
        diagnose({ points, labels, training: { record: given }, heldOut }, { permutations: 99 }),
        'generalisation-gap',
      );
    const alike = blobs([20, 20, 20], 3, 2, 2);
    const apart = { ...alike, labels: alike.labels.map((_, i) => `class ${i % 3}`) };

    test.each([
      [
        'no rows, loss high',
        high,
        undefined,
        'confirmed',
        'high',
        /no others were given.* at least 1\.21 times .* 5 evaluated epochs: the model fits/,
      ],
      [
        'no rows, loss low',
        low,
        undefined,
        'confirmed',
        'medium',
        /no others were given.* was 1\.19 to 1\.6 times .*: no lasting gap in the loss\.$/,
      ],
      [
        'no rows, few epochs',
        lossesOf(2, 3),
        undefined,
        'confirmed',
        'medium',
        /was 2 to 3 times .* 2 evaluated epochs, and 5 are needed/,
      ],
      [
        'no gap, loss high',
        high,
        alike,
        'rejected',
        'info',
        /at least 1\.21 times.*show no gap although the loss does/,
      ],
      [
        'no gap, loss low',
        low,
        alike,
        'rejected',
        'info',
        /corrected p = [^)]*\)\. The held-out loss was .* no lasting gap in the loss\.$/,
      ],
      ['gap, loss high', high, apart, 'confirmed', 'high', /at least 1\.21 times .* better than others\.$/],
      [
        'gap, loss low',
        low,
        apart,
        'confirmed',
        'high',
        /no lasting gap in the loss\. The verdict goes by the scores, which show a gap/,
      ],
      [
        'gap, one epoch',
        lossesOf(2),
        apart,
        'confirmed',
        'high',
        /was 2 times the training loss in the one evaluated epoch, and 5 are needed to judge by it\.$/,
      ],
    ] as const)('%s', (_title, given, heldOut, verdict, severity, summary) => {
      const found = gap(given, heldOut);
      expect(found).toMatchObject({ verdict, severity });
      expect(found.summary).toMatch(summary);
      expect(found.changesIf).toMatch(
        heldOut === undefined
          ? /severity is high while the held-out loss is above 1\.2 times/
          : /Losses .* do not decide/,
      );
    });

    test('rows that leave it open, and a loss that shows a gap', () => {
      const worse = blobs([3, 3, 3], 3, 2, 16);
      const found = gap(high, worse);
      expect(found.verdict).toBe('inconclusive');
      expect(found.summary).toMatch(/at least 1\.21 times .* leave it open although the loss shows a gap\.$/);
      expect(gap(low, worse).summary).toMatch(/no lasting gap in the loss\.$/);
    });
  });

  test('positives counted in training stand beside those expected, class by class, and are tested', () => {
    const { points, labels } = blobs([30, 20, 10], 3, 2, 1);
    const record = originalRecord(60, 3, 0.9);
    const classes = [...new Set(labels)];
    const codes = Int32Array.from(labels, (label) => classes.indexOf(label));
    let counts = noPositives(3);
    const sampler = shuffledBatches(60, { batchSize: 16, seed: 2 });
    for (let e = 0; e < 6; e++) counts = countPositives(counts, codes, sampler.epoch(e));
    const positives = positivesByClass(classes, counts);
    const pairs = (change: Partial<TrainingRecord>, given = labels) => {
      const training = { record: { ...record, ...change } };
      return diagnose({ points, labels: given, training }, { permutations: 39 });
    };
    const found = pairs({ positives });
    const { summary, tables, evidence: shown } = finding(found, 'positive-pairs');
    expect(summary).toMatch(/Class by class, the counts over 6 epochs agree with the expectation/);
    const audit = found.positivePairs!;
    expect(tables[0]!.columns.slice(-5)).toEqual([
      'countedAnchors',
      'countedWithPositive',
      'countedPositives',
      'p',
      'q',
    ]);
    expect(tables[0]!.rows.map((row) => row.slice(0, 8))).toEqual(
      audit.classes.map((of, c) => [
        of.label,
        of.size,
        of.withPositive,
        of.expectedPositives,
        positives[c]!.anchors,
        positives[c]!.withPositive / positives[c]!.anchors,
        positives[c]!.positives / positives[c]!.anchors,
        of.observed!.p,
      ]),
    );
    const overall = shown.find(({ name }) => name === 'observedPositives')!;
    expect([overall.value, overall.chance, overall.p]).toEqual([
      audit.observed!.positives,
      audit.expectedPositives,
      audit.observed!.p,
    ]);
    expect(evidence(found, 'positive-pairs', 'classesOffExpectation')).toBe(0);
    expectPlain(found);

    const ps = audit.classes.map((of) => of.observed!.p);
    expect(tables[0]!.rows.map((row) => row[8])).toEqual(adjustForDiscoveries(ps));
    expect(adjustForDiscoveries(ps)).not.toEqual(ps);

    // One class alone is off, which the whole does not show: what it lacks the others have.
    const [first, second] = [positives[0]!, positives[1]!];
    const moved = [
      { ...first, positives: first.positives - 180 },
      { ...second, positives: second.positives + 180 },
    ];
    const traded = pairs({ positives: [...moved, positives[2]!] });
    expect(traded.positivePairs!.observed!.p).toBe(audit.observed!.p);
    expect(finding(traded, 'positive-pairs').summary).toMatch(
      /do not agree with the expectation .* 2 classes off alone/,
    );

    const together = pairs({ positives: positives.map((of) => ({ ...of, positives: 2 * of.positives })) });
    expect(finding(together, 'positive-pairs').summary).toMatch(
      /do not agree with the expectation .* 3 classes off alone/,
    );
    expect(evidence(together, 'positive-pairs', 'classesOffExpectation')).toBe(3);

    // Other labels of the same number of rows: nothing can be expected of them, and the counts still show.
    const other = pairs(
      { positives },
      labels.map((label, i) => (i === 0 ? 'class 1' : label)),
    );
    expect(finding(other, 'positive-pairs').summary).toMatch(
      /No expectation: the record has 180 anchors of the class "class 0"/,
    );
    expect(finding(other, 'positive-pairs').tables[0]!.test).toBe('training record');
    expect(other.positivePairs).toBeNull();
    const own = { ...record.sampler, name: 'mine' };
    const counted = finding(pairs({ positives, sampler: own }), 'positive-pairs').tables[0]!;
    expect(counted.rows[1]).toEqual(['class 1', 120, positives[1]!.withPositive / 120, positives[1]!.positives / 120]);

    for (const without of [null, undefined] as const) {
      const plainly = finding(pairs(without === undefined ? {} : { positives: without }), 'positive-pairs');
      expect(plainly.tables[0]!.columns).toHaveLength(4);
      expect(plainly.summary).not.toMatch(/agree/);
    }
    expect(() => pairs({ positives: 'many' as never })).toThrow(/training.record.positives must be an array/);
  });

  test('a loss is judged on its way from ceiling to floor, and a weak one is named with its own function', () => {
    const { points, labels } = blobs([20, 20, 20], 3, 2, 1);
    const record = originalRecord(60, 3, 0.9);
    const at = (contrastive: number): TrainingRecord => ({
      ...record,
      epochs: record.epochs.map((epoch) => ({
        ...epoch,
        losses: { ...epoch.losses, byName: { ...epoch.losses.byName, contrastive } },
        gradient: { batch: 0, norms: { reconstruction: 0.01, contrastive: 9 }, cosines: [] },
      })),
    });
    const found = (contrastive: number) =>
      diagnose({ points, labels, training: { record: at(contrastive) } }, { permutations: 39 });
    // Floor 0.1, ceiling 2.5: 2.46 went 1/60 of the way, 2.44 went 1/40.
    expect(finding(found(2.46), 'collapse')).toMatchObject({ verdict: 'confirmed', severity: 'medium' });
    expect(finding(found(2.44), 'collapse').verdict).toBe('rejected');
    expect(evidence(found(2.44), 'collapse', 'learnt.contrastive')).toBeCloseTo(1 / 40, 12);
    expect(finding(found(2.44), 'loss-balance').recommendation!.call).toBe('reconstructionLoss({ weight: 90 })');
  });

  test('standardising is advised where it helps and advised against where it harms', () => {
    const rng = new Rng(3);
    const kinds = Array.from({ length: 120 }, (_, i) => i % 3);
    const noise = (rows: number[][], width: number) =>
      rows.map((row) => [...row, ...Array.from({ length: 6 }, () => width * rng.normal())]);
    const kept = kinds.map((kind) => [kind * 50 + 4 * rng.normal()]);
    const told = (points: number[][], options: object = {}) =>
      finding(diagnose({ points, labels: kinds }, { permutations: 39, ...options }), 'scale');
    const numbers = (found: Finding) =>
      ['silhouetteRaw', 'silhouetteStandardised'].map((name) => found.evidence.find((e) => e.name === name)!.value);
    // The wide column carries the labels.
    const carries = told(noise(kept, 0.5));
    const [before, after] = numbers(carries) as [number, number];
    expect(before).toBeGreaterThan(after + 0.3);
    expect(carries).toMatchObject({ verdict: 'rejected', severity: 'info', recommendation: null });
    expect(carries.summary).toMatch(/Standardising lowers the silhouette from 0\.\d+ to/);
    expect(carries.summary).toContain('does not stand in the way of the classes');
    // The same data standardised by the user: said as well.
    const scaled = told(noise(kept, 0.5), { standardize: true });
    expect(scaled.recommendation!.text).toMatch(/^Leave the columns as they are/);
    expect(scaled.recommendation!.command).not.toContain('--standardize');
    // The wide column drowns them.
    const drowned = told(kinds.map((kind) => [kind * 6 + rng.normal(), kind * 5 + rng.normal(), 900 * rng.normal()]));
    expect(drowned.summary).toMatch(/Standardising raises the silhouette from/);
    expect(drowned.recommendation!.text).toMatch(/^Standardise the columns: the labels fit better/);
    expect(drowned.recommendation!.command).toContain('--standardize');
  });

  test('many dimensions give hubs, which blur classes that are hard to tell, and not those that are told', () => {
    const rng = new Rng(1);
    const labels = Array.from({ length: 400 }, (_, i) => i % 4);
    const verdictAt = (distance: number, d = 200) => {
      const centres = labels.slice(0, 4).map(() => Array.from({ length: d }, () => rng.normal()));
      const points = labels.map((label) => centres[label]!.map((at) => distance * at + rng.normal()));
      return finding(diagnose({ points, labels }, { permutations: 39 }), 'dimension');
    };
    expect(verdictAt(0.15).verdict).toBe('confirmed');
    expect(verdictAt(1)).toMatchObject({ verdict: 'rejected' });
    expect(verdictAt(0.5, 3)).toMatchObject({ verdict: 'rejected' });
    // Labels at chance: it cannot be told.
    expect(finding(diagnose(randomLabels(300, 2, 200, 1), { permutations: 39 }), 'dimension').verdict).toBe(
      'inconclusive',
    );
  });

  test('large input takes the sampled path by itself and says so', () => {
    const found = diagnose(blobs([3000, 2000, 1000], 3, 2, 1), { permutations: 39, sampleSize: 300 });
    expect(found.input.sample).toMatchObject({ of: 6000 });
    expect(found.input.sample!.rows).toBeLessThanOrEqual(300);
    const shown = finding(found, 'chance-level').evidence.find(({ name }) => name === 'silhouette');
    expect(shown?.sample).toEqual({ ...found.input.sample, against: 'all' });
    expect(finding(found, 'chance-level').verdict).toBe('rejected');
    expectPlain(found);
  });

  test('what is undefined is inconclusive with a reason, and the result stays plain', () => {
    for (const [points, labels] of [
      [
        [[1], [2], [3]],
        ['a', 'a', 'a'],
      ],
      [
        [[1], [2], [3]],
        ['a', 'b', 'c'],
      ],
      [
        [
          [1, 1],
          [1, 1],
          [1, 1],
          [1, 1],
        ],
        ['a', 'a', 'b', 'b'],
      ],
      [[[5]], ['a']],
    ] as const) {
      const found = diagnose({ points, labels });
      expectPlain(found);
      for (const one of found.findings) {
        for (const of of one.evidence) if (of.value === null) expect(of.reason).toBeTruthy();
      }
    }
    const distances = diagnose(
      {
        points: [
          [0, 1, 5],
          [1, 0, 4],
          [5, 4, 0],
        ],
        labels: ['a', 'a', 'b'],
      },
      { metric: 'precomputed' },
    );
    expectPlain(distances);
    expect(finding(distances, 'scale').verdict).toBe('inconclusive');
  });

  test('the same seed gives the same result, progress counts up, and an abort stops it', () => {
    const world = blobs([20, 20], 3, 2, 1);
    const seen: number[] = [];
    const first = diagnose(world, { seed: 3, onProgress: ({ done, total }) => seen.push(done / total) });
    expect(diagnose(world, { seed: 3 })).toEqual(first);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(10);
    const controller = new AbortController();
    expect(() =>
      diagnose(world, {
        signal: controller.signal,
        onProgress: ({ done }) => done === 3 && controller.abort(new Error('stop')),
      }),
    ).toThrow('stop');
  });
});
