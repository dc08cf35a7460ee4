import { describe, expect, test } from 'vitest';
import { fromPlain } from '../../../src/core/plain.js';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import type { Finding, FindingId } from '../../../src/diagnose/finding-types.js';
import type { DiagnoseOptions } from '../../../src/diagnose/input-types.js';
import type { Diagnosis } from '../../../src/diagnose/types.js';
import * as main from '../../../src/index.js';
import * as nn from '../../../src/nn/index.js';
import { blobs } from './worlds.js';

type Labels = (string | number | boolean)[];
type Case = readonly [points: number[][], labels: Labels, options?: DiagnoseOptions];

const count = (n: number) => Array.from({ length: n }, (_, i) => i);

/** Standard normal rows around a centre. */
function cloud(n: number, d: number, centre: (i: number, c: number) => number = () => 0, seed = 1): number[][] {
  const rng = new Rng(seed);
  return count(n).map((i) => count(d).map((c) => centre(i, c) + rng.normal()));
}

/** Two rings around one centre: the means are the same, the neighbours are not. */
function rings(): Case {
  const rng = new Rng(3);
  const points = count(160).map((i) => {
    const angle = 2 * Math.PI * rng.uniform();
    const radius = (i % 2 === 0 ? 1 : 4) + 0.1 * rng.normal();
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  return [points, points.map((_, i) => i % 2)];
}

const pairs = cloud(60, 2, (i) => 8 * (i % 2));
const wide = cloud(20, 2, () => 4, 2).map((row) => row.map((v) => 6 * v));
const copied = cloud(40, 2);

const WORLDS: Readonly<Record<string, Case>> = {
  'two rows': [
    [
      [0, 1],
      [1, 0],
    ],
    ['a', 'b'],
  ],
  'n = 6': [cloud(6, 2), ['a', 'a', 'b', 'b', 'c', 'c']],
  'k = n - 1': [cloud(12, 2), [...count(11), 0]],
  'k = n': [cloud(12, 2), count(12)],
  'one giant class and singletons': [cloud(130, 4), [...count(100).map(() => 'big'), ...count(30).map((i) => `s${i}`)]],
  'constant columns': [
    cloud(60, 3, (i, c) => (c === 0 ? 5 * (i % 3) : 0)).map(([x, y]) => [x!, 7, y!, 0.1]),
    count(60).map((i) => i % 3),
  ],
  'every row three times': [[...copied, ...copied, ...copied], count(120).map((i) => `c${i % 4}`)],
  'one column': [cloud(60, 1, (i) => 4 * (i % 2)), count(60).map((i) => i % 2)],
  'more columns than rows': [cloud(30, 90, (i, c) => (c < 5 ? 3 * (i % 3) : 0)), count(30).map((i) => i % 3)],
  'noise marked -1': [
    [...pairs, ...wide],
    [...count(60).map((i) => i % 2), ...count(20).map(() => -1)],
  ],
  'noise marked with a quote': [
    [...pairs, ...wide],
    [...count(60).map((i) => `it's ${i % 2}`), ...count(20).map(() => 'N/A')],
  ],
  'noise named': [
    [...pairs, ...wide],
    [...count(60).map((i) => i % 2), ...count(20).map(() => -1)],
    { noiseLabel: -1, seed: 3, standardize: true },
  ],
  'all points equal': [count(30).map(() => [1, 2, 3]), count(30).map((i) => i % 3)],
  'true and false': [cloud(60, 3, (i) => 3 * (i % 2)), count(60).map((i) => i % 2 === 0)],
  'labels 1, "1", true and "true"': [cloud(40, 2), count(40).map((i) => [1, '1', true, 'true'][i % 4]!)],
  'few whole numbers': [
    count(120).map((i) => [i % 4, (i % 3) + (i % 2)]),
    count(120).map((i) => (i % 5 < 2 ? 'x' : 'y')),
  ],
  'an offset and angles': [
    cloud(60, 4, (i, c) => 100 + (c === i % 3 ? 3 : 0)),
    count(60).map((i) => i % 3),
    { metric: 'cosine' },
  ],
  "a metric of one's own": [
    cloud(40, 2, (i) => i % 2),
    count(40).map((i) => i % 2),
    { metric: (a: ArrayLike<number>, b: ArrayLike<number>) => Math.abs(a[0]! - b[0]!) },
  ],
  'a wide class beside a tight one': [
    [...cloud(60, 3), ...cloud(60, 3, () => 0.4, 2).map((row) => row.map((v) => 10 * v))],
    count(120).map((i) => (i < 60 ? 'tight' : 'wide')),
  ],
  rings: rings(),
};

const diagnoses = new Map<string, Diagnosis>();
function diagnosed(name: string): Diagnosis {
  const [points, labels, options] = WORLDS[name]!;
  const found = diagnoses.get(name) ?? diagnose({ points, labels }, { permutations: 79, ...options });
  diagnoses.set(name, found);
  return found;
}

function finding(name: string, id: FindingId): Finding {
  return diagnosed(name).findings.find((one) => one.id === id)!;
}

describe.each(Object.keys(WORLDS))('%s', (name) => {
  test('every number is finite and in its range, every p in (0, 1], every text complete', () => {
    const found = diagnosed(name);
    expect(fromPlain(JSON.parse(JSON.stringify(found)))).toEqual(found);
    for (const { id, evidence, summary, changesIf } of found.findings) {
      expect(`${summary} ${changesIf}`, id).not.toMatch(/NaN|undefined|null\b|\b1 (rows|classes|columns|labels)\b/);
      for (const { name: number, value, reason, range, p, interval } of evidence) {
        const where = `${id}.${number}`;
        if (value === null) expect(reason, where).toBeTruthy();
        if (typeof value === 'number') {
          expect(value, where).toBeGreaterThanOrEqual((range?.[0] ?? -Infinity) - 1e-9);
          expect(value, where).toBeLessThanOrEqual((range?.[1] ?? Infinity) + 1e-9);
          if (interval !== undefined) expect(interval.low, where).toBeLessThanOrEqual(interval.high);
        }
        if (p !== undefined) {
          expect(p, where).toBeGreaterThan(0);
          expect(p, where).toBeLessThanOrEqual(1);
        }
      }
    }
  });

  test('every recommended call runs as it is written', () => {
    const [points, labels, options] = WORLDS[name]!;
    const scope: Record<string, unknown> = { ...main, ...nn, points, labels, metric: options?.metric };
    for (const { id, recommendation } of diagnosed(name).findings) {
      if (recommendation?.call === undefined) continue;
      const run = new Function(...Object.keys(scope), `return (${recommendation.call});`);
      expect(run(...Object.values(scope)), `${id}: ${recommendation.call}`).toBeDefined();
    }
  });

  test('no two findings contradict each other', () => {
    const verdict = (id: FindingId) => finding(name, id).verdict;
    if (verdict('chance-level') !== 'confirmed') return;
    expect(verdict('signature-separation')).not.toBe('rejected');
    expect(verdict('granularity')).not.toBe('confirmed');
    expect(finding(name, 'granularity').evidence.find((of) => of.name === 'bestGroups')?.value ?? null).toBeNull();
  });
});

describe('in hard worlds', () => {
  test('what could not be seen is not confirmed: nearly all classes have one row', () => {
    expect(finding('k = n - 1', 'chance-level').verdict).toBe('inconclusive');
    expect(finding('k = n - 1', 'signature-separation').verdict).toBe('inconclusive');
    expect(finding('one giant class and singletons', 'signature-separation').verdict).toBe('inconclusive');
  });

  test('classes with one mean that are apart otherwise: the signatures are no alarm', () => {
    expect(finding('rings', 'signature-separation')).toMatchObject({ verdict: 'confirmed', severity: 'low' });
    expect(finding('rings', 'chance-level').verdict).toBe('rejected');
  });

  test('equal rows make no hubs, whatever their order', () => {
    expect(finding('all points equal', 'dimension').verdict).toBe('rejected');
    const { points, labels } = blobs([30, 30], 3, 2, 4);
    const rounded = points.map((row) => row.map(Math.round));
    const skew = (rows: number[][], names: Labels) =>
      diagnose({ points: rows, labels: names }, { permutations: 39 })
        .findings.find(({ id }) => id === 'dimension')!
        .evidence.find(({ name }) => name === 'hubness')!.value as number;
    expect(skew([...rounded].reverse(), [...labels].reverse())).toBeCloseTo(skew(rounded, labels), 9);
  });

  test('a recommended call repeats metric, scaling, noise and seed', () => {
    // Of so few rows nothing can be told, and the advice is to allow more permutations.
    const [points, labels] = [
      Array.from({ length: 9 }, (_, i) => [(i * 5) % 9, (i * i) % 7]),
      Array.from({ length: 9 }, (_, i) => i % 3),
    ];
    const { findings } = diagnose(
      { points, labels: labels.map((label) => (label === 0 ? "n'a" : label)) },
      { noiseLabel: "n'a", standardize: true, seed: 3, metric: 'manhattan', permutations: 79 },
    );
    const chance = findings.find(({ id }) => id === 'chance-level')!.recommendation!;
    expect(chance.call).toBe(
      "significance(points, labels, { metric: 'manhattan', standardize: true, noiseLabel: 'n\\'a', seed: 3, permutations: 999 })",
    );
    expect(chance.command).toBe(
      "clusterlens diagnose DATA --metric manhattan --standardize --noise-label 'n'\\''a' --seed 3 --permutations 999",
    );
  });
});
