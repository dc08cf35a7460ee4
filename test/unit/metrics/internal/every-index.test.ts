import { describe, expect, it } from 'vitest';
import { Rng } from '../../../../src/core/rng.js';
import * as lens from '../../../../src/index.js';
import { near } from '../../../support/near.js';

type Result = Readonly<Record<string, unknown>> & { readonly score: number };
type Index = (points: lens.Points | lens.Dataset, labels: lens.Labels | object, options?: object) => Result;

const functions = lens as unknown as Readonly<Record<string, Index>>;
const index = (name: string) => functions[name]!;
const names = lens.internalMetrics.map(({ name }) => name);
/** These can be computed from distances alone. */
const byDistance = ['silhouette', 'medoidSilhouette', 'neighborAgreement', 'dunn', 'dbcv'];
const penalised = ['silhouette', 'simplifiedSilhouette', 'medoidSilhouette'];

/** Three clusters, with noise among them that comes second in label order. */
const rng = new Rng(12);
const labels = Array.from({ length: 40 }, (_, i) => ['a', 'b', 'noise', 'z', 'z'][i % 5]!);
const points = labels.map((label) => {
  const centre = label === 'noise' ? 12 * rng.uniform() : 4 * ['a', 'b', 'z'].indexOf(label);
  return [centre + rng.normal(), rng.normal(), 0.3 * centre + rng.normal()];
});
const kept = labels.flatMap((label, i) => (label === 'noise' ? [] : [i]));
const noiseShare = 8 / 40;

/** Fields of a result that hold rows of the input. */
const ROWS = ['indices', 'nearest', 'closestRows', 'farthestRows'];
/** Fields with one number for each row of the input, -1 for noise. */
const OF_ROWS = ['agreement'];

/** A result over the kept rows, as it reads over all rows. */
function inAllRows(result: Result): Record<string, unknown> {
  const moved: Record<string, unknown> = { ...result };
  for (const field of ROWS.filter((name) => name in result)) {
    moved[field] = Array.from(result[field] as ArrayLike<number>, (i) => kept[i]!);
  }
  if ('medoids' in result) {
    moved.medoids = (result.medoids as Int32Array[]).map((rows) => rows.map((i) => kept[i]!));
  }
  for (const field of OF_ROWS.filter((name) => name in result)) moved[field] = Array.from(result[field] as never);
  return moved;
}

function plain(result: Result): Record<string, unknown> {
  const { noise: _, ...rest } = result;
  const listed: Record<string, unknown> = { ...rest };
  for (const field of ROWS.filter((name) => name in result)) {
    // `nearest` has -1 for noise.
    listed[field] = Array.from(result[field] as ArrayLike<number>).filter((i) => i !== -1);
  }
  for (const field of OF_ROWS.filter((name) => name in result)) {
    listed[field] = Array.from(result[field] as ArrayLike<number>).filter((share) => share !== -1);
  }
  return listed;
}

describe.each(names)('%s', (name) => {
  const rest = index(name)(
    kept.map((i) => points[i]!),
    kept.map((i) => labels[i]!),
  );

  it('gives for a dataset what it gives for points and labels', () => {
    expect(index(name)(lens.dataset(points, labels), {})).toEqual(index(name)(points, labels));
  });

  it('leaves noise out: the result is that of the other rows, in rows of the input', () => {
    const result = index(name)(points, labels, { noiseLabel: 'noise' });
    expect(result.noise).toEqual({ label: 'noise', treatment: 'exclude', count: 8, share: noiseShare });
    if (name !== 'dbcv') expect(plain(result)).toEqual(inAllRows(rest));
    else near(result.score, rest.score * (1 - noiseShare), 1e-14);
  });

  it('takes the noise label of the dataset, unless it is told another', () => {
    const data = lens.dataset(points, labels, { noiseLabel: 'noise' });
    expect(index(name)(data, {})).toEqual(index(name)(points, labels, { noiseLabel: 'noise' }));
    expect(index(name)(data, { noiseLabel: 'a' })).toEqual(index(name)(points, labels, { noiseLabel: 'a' }));
  });

  if (name !== 'dbcv')
    it("noise: 'singletons' is a label of its own for each noise row", () => {
      const result = index(name)(points, labels, { noiseLabel: 'noise', noise: 'singletons' });
      const apart = index(name)(
        points,
        // In label order these lie between 'b' and 'z', as the noise does.
        labels.map((label, i) => (label === 'noise' ? `noise ${10 + i}` : label)),
      );
      expect(JSON.parse(JSON.stringify(plain(result)))).toEqual(
        JSON.parse(JSON.stringify(plain(apart)).replaceAll(/"noise \d+"/g, '"noise"')),
      );
    });

  if (penalised.includes(name))
    it("noise: 'penalise' multiplies both scores by the share that is not noise", () => {
      const result = index(name)(points, labels, { noiseLabel: 'noise', noise: 'penalise' });
      near(result.score, rest.score * (1 - noiseShare), 1e-15);
      near(result.macroScore as number, (rest.macroScore as number) * (1 - noiseShare), 1e-15);
      expect(result.samples).toEqual(rest.samples);
      expect(result.clusters).toEqual(rest.clusters);
    });

  if (byDistance.includes(name))
    it('gives for distances what it gives for points, with and without noise', () => {
      const distances = lens.pairwiseDistances(points);
      for (const noise of [{}, { noiseLabel: 'noise' }]) {
        const options = { dimensions: 3, ...noise };
        const given = name === 'dbcv' ? options : noise;
        const direct = index(name)(points, labels, given);
        const measured = index(name)(distances, labels, { ...given, metric: 'precomputed' });
        near(measured.score, direct.score, 1e-13);
        for (const field of ROWS.filter((row) => row in direct)) expect(measured[field]).toEqual(direct[field]);
        // Rows compared with rows: as many columns as rows that are left.
        expect([measured.d, measured.metric]).toEqual([measured.n, 'precomputed']);
      }
    });

  if (byDistance.includes(name))
    it('gives for a function what it gives for its name', () => {
      const manhattan: lens.Metric = (a, b) => a.reduce((sum, value, c) => sum + Math.abs(value - b[c]!), 0);
      near(
        index(name)(points, labels, { metric: manhattan }).score,
        index(name)(points, labels, { metric: 'manhattan' }).score,
        1e-13,
      );
    });

  it('gives lengths in units of the input', () => {
    const scale = 2 ** -400;
    const direct = index(name)(points, labels);
    const scaled = index(name)(
      points.map((row) => row.map((value) => value * scale)),
      labels,
    );
    const lengths: Readonly<Record<string, number>> = {
      ...{ separation: 1, diameter: 1, scatter: 1, sparseness: 1 },
      ...{ between: 2, within: 2, compactness: 2 },
      ...(name === 'xieBeni' ? { separation: 2 } : {}),
    };
    const entries = (result: Result) => [result, ...((result.clusters ?? []) as Result[])];
    const small = entries(scaled);
    entries(direct).forEach((entry, at) => {
      for (const [field, value] of Object.entries(entry)) {
        if (typeof value !== 'number') continue;
        expect(small[at]![field], field).toBe(value * scale ** (lengths[field] ?? 0));
      }
    });
  });
});
