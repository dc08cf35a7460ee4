import { describe, expect, test } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import type { FindingId } from '../../../src/diagnose/finding-types.js';
import type { DiagnoseInput } from '../../../src/diagnose/input-types.js';
import type { Diagnosis } from '../../../src/diagnose/types.js';
import { confusability } from '../../../src/signatures/confusability.js';
import { labelHierarchy } from '../../../src/studies/hierarchy/label-hierarchy.js';
import { blobs, randomLabels } from './worlds.js';

const WORLDS = 200;
const ALPHA = 0.05;
const MOST = WORLDS * ALPHA;
/** Where a world costs more. */
const FEWER = 60;
const MOST_OF_FEWER = FEWER * ALPHA;
/** An exact test is wrong in ALPHA of all worlds; 99 in 100 draws of 200 worlds have at most this many. */
const MOST_OF_EXACT = 17;

/** How often each finding has each verdict, over seeded worlds in which the hypothesis is false (or true). */
function tally(world: (seed: number) => DiagnoseInput, worlds = WORLDS) {
  const counts = new Map<string, number>();
  const severe: string[] = [];
  const contradictory: number[] = [];
  for (let seed = 0; seed < worlds; seed++) {
    const found: Diagnosis = diagnose(world(seed), { permutations: 59, seed, alpha: ALPHA });
    for (const { id, verdict, severity } of found.findings) {
      counts.set(`${id} ${verdict}`, (counts.get(`${id} ${verdict}`) ?? 0) + 1);
      if (severity === 'high') severe.push(`${seed}: ${id}`);
    }
    const verdict = (id: FindingId) => found.findings.find((of) => of.id === id)?.verdict;
    const apart = verdict('signature-separation') === 'rejected' || verdict('granularity') === 'confirmed';
    if (verdict('chance-level') === 'confirmed' && apart) contradictory.push(seed);
  }
  return { of: (id: FindingId, verdict: string) => counts.get(`${id} ${verdict}`) ?? 0, severe, contradictory };
}

describe(`over ${WORLDS} seeded worlds, or ${FEWER}, false confirmations stay at or below ${ALPHA}`, () => {
  test('random labels: nothing but chance is confirmed, and chance is rarely rejected', () => {
    const found = tally((seed) => randomLabels(60, 3, 4, seed));
    expect(found.of('chance-level', 'rejected')).toBeLessThanOrEqual(MOST);
    expect(found.of('signature-separation', 'rejected')).toBeLessThanOrEqual(MOST_OF_EXACT);
    expect(found.of('granularity', 'confirmed')).toBeLessThanOrEqual(MOST);
    expect(found.of('granularity', 'confirmed') + found.of('granularity', 'rejected')).toBeLessThanOrEqual(
      MOST_OF_EXACT,
    );
    for (const id of [
      'class-imbalance',
      'noise-label',
      'duplicates',
      'scale',
      'dimension',
      'filter-sensitivity',
    ] as const) {
      expect(found.of(id, 'confirmed'), id).toBeLessThanOrEqual(MOST);
    }
    expect(found.of('class-overlap', 'confirmed')).toBe(WORLDS);
    expect(found.of('chance-level', 'confirmed')).toBeGreaterThan(WORLDS / 2);
    expect(found.contradictory).toEqual([]);
  });

  test('random labels in few rows and classes of unequal size: the same', () => {
    const sizes = [24, 9, 5, 2, 1, 1];
    const found = tally((seed) => {
      const rng = new Rng(seed);
      const labels = sizes.flatMap((size, c) => new Array<number>(size).fill(c));
      return { points: labels.map(() => [rng.normal(), rng.normal()]), labels };
    });
    expect(found.of('chance-level', 'rejected')).toBeLessThanOrEqual(MOST);
    expect(found.of('signature-separation', 'rejected')).toBeLessThanOrEqual(MOST_OF_EXACT);
    for (const id of ['granularity', 'filter-sensitivity', 'dimension', 'scale'] as const) {
      expect(found.of(id, 'confirmed'), id).toBeLessThanOrEqual(MOST);
    }
    expect(found.contradictory).toEqual([]);
  });

  test('classes that overlap but are all equally far apart: no merge is recommended', () => {
    let merged = 0;
    for (let seed = 0; seed < WORLDS; seed++) {
      const { points, labels } = blobs([20, 20, 20, 20], 1.5, 4, seed);
      const { best, gain } = labelHierarchy(points, labels, { permutations: 39, seed });
      if (best !== null && best.groups < 4 && gain!.p <= ALPHA) merged++;
    }
    expect(merged).toBeLessThanOrEqual(MOST);
  });

  test('random labels in many small classes: neither a filter nor imbalance nor a merge is invented', () => {
    const found = tally((seed) => {
      const { points, labels } = randomLabels(70, 14, 3, seed);
      return { points, labels: labels.map((label) => (label === 13 ? -1 : label)) };
    }, FEWER);
    for (const id of ['class-imbalance', 'noise-label', 'granularity', 'filter-sensitivity'] as const) {
      expect(found.of(id, 'confirmed'), id).toBeLessThanOrEqual(MOST_OF_FEWER);
    }
    expect(found.of('chance-level', 'rejected')).toBeLessThanOrEqual(MOST_OF_FEWER);
  });

  test('well-separated classes: no finding is severe', () => {
    const found = tally((seed) => {
      const { points, labels } = blobs([20, 20, 20], 8, 3, seed);
      return { points, labels: labels.map((label) => (label === 'class 2' ? -1 : label === 'class 1' ? 1 : 0)) };
    }, FEWER);
    expect(found.severe).toEqual([]);
    for (const id of [
      'chance-level',
      'signature-separation',
      'class-overlap',
      'granularity',
      'noise-label',
      'scale',
    ] as const) {
      expect(found.of(id, 'confirmed'), id).toBeLessThanOrEqual(MOST_OF_FEWER);
    }
    expect(found.of('chance-level', 'rejected')).toBe(FEWER);
  });

  test('a space that only turns the input, and held-out rows of the same kind: no gap, no loss', () => {
    const turned = (rows: number[][]) => rows.map(([x, y]) => [0.6 * x! - 0.8 * y!, 0.8 * x! + 0.6 * y!]);
    const found = tally((seed) => {
      const trained = blobs([16, 16, 16], 3, 2, seed);
      const held = blobs([8, 8, 8], 3, 2, seed + 10_000);
      return {
        ...trained,
        spaces: { latent: turned(trained.points) },
        heldOut: { ...held, spaces: { latent: turned(held.points) } },
        training: { lossSpace: 'latent', outputRange: [[-100, 100] as const, [null, null] as const] },
      };
    }, FEWER);
    for (const id of ['generalisation-gap', 'space-mismatch', 'output-reach', 'collapse', 'capacity'] as const) {
      expect(found.of(id, 'confirmed'), id).toBeLessThanOrEqual(MOST_OF_FEWER);
      expect(found.of(id, 'confirmed') + found.of(id, 'rejected') + found.of(id, 'inconclusive'), id).toBe(FEWER);
    }
  });

  test('a latent of pure noise added to the input is found to have lost something', () => {
    // The reverse of the world above: what is never confirmed proves nothing.
    const { points, labels } = blobs([40, 40, 40], 4, 3, 1);
    const rng = new Rng(5);
    const latent = points.map((row) => row.map((v) => v + 3 * rng.normal()));
    const found = diagnose({ points, labels, spaces: { latent } });
    expect(found.findings.find(({ id }) => id === 'capacity')?.verdict).toBe('confirmed');
  });

  test('confusability names a pair of random classes in at most that share of worlds', () => {
    let named = 0;
    for (let seed = 0; seed < WORLDS; seed++) {
      const { points, labels } = randomLabels(150, 12, 3, seed);
      if (confusability(points, labels).mergeCandidates.length > 0) named++;
    }
    expect(named).toBeLessThanOrEqual(MOST);
  });
});
