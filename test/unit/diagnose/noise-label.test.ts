import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose } from '../../../src/diagnose/diagnose.js';
import { contextOf } from '../../../src/diagnose/diagnose-context.js';
import { noiseLabel } from '../../../src/diagnose/findings/noise-label.js';
import { readInput } from '../../../src/diagnose/read-input.js';
import { background } from '../../support/worlds/background.js';
import { groups } from '../../support/worlds/groups.js';

function findingOf(points: number[][], labels: readonly (number | string)[], options = {}) {
  const { tables, settings } = readInput({ points, labels }, options);
  return noiseLabel.make(contextOf(tables, settings))!;
}

describe('noise-label', () => {
  it('confirms a class that is spread over the others under any name, and says how to name it', () => {
    const { points, labels } = background('round, near', { n: 300, d: 3, k: 4, share: 0.2, seed: 1 });
    const found = findingOf(points, labels);
    expect(found).toMatchObject({ verdict: 'confirmed', severity: 'medium', remedy: { noiseLabel: 0 } });
    expect(found.recommendation).toMatchObject({
      call: 'diagnose({ points, labels }, { noiseLabel: 0 })',
      command: 'clusterlens diagnose DATA --noise-label 0',
    });
    expect(findingOf(points, labels, { noiseLabel: 0 }).verdict).toBe('rejected');
    const distances = points.map((a) => points.map((b) => Math.hypot(...a.map((v, c) => v - b[c]!))));
    expect(findingOf(distances, labels, { metric: 'precomputed' }).verdict).toBe('confirmed');
  });

  it('is found behind a column that hides it, once that is put right', () => {
    const { points, labels } = background('round, near', { n: 300, d: 3, k: 4, share: 0.2, seed: 1 });
    const rng = new Rng(8);
    const drowned = points.map((row) => [...row, 500 * rng.normal()]);
    expect(findingOf(drowned, labels).verdict).toBe('rejected');
    const { findings } = diagnose({ points: drowned, labels }, { permutations: 99 });
    const found = findings.find(({ id }) => id === 'noise-label')!;
    expect(found).toMatchObject({ verdict: 'confirmed', explainedBy: null });
    expect(found.summary).toMatch(/^Once the columns are standardised: Label 0 /);
    expect(found.recommendation?.command).toContain('--standardize --noise-label 0');
  });

  it('is of low severity up to 5% of the rows', () => {
    const { points, labels } = background('round, far', { n: 400, d: 2, k: 3, share: 0.04, seed: 2 });
    expect(findingOf(points, labels)).toMatchObject({ verdict: 'confirmed', severity: 'low' });
  });

  it('rejects it where no class is spread over the others, without advice', () => {
    const { points, labels } = groups('unequal spread', { n: 300, d: 3, k: 4, seed: 3 });
    const rows = labels.map((_, i) => Array.from(points.data.subarray(3 * i, 3 * i + 3)));
    expect(findingOf(rows, labels)).toMatchObject({ verdict: 'rejected', severity: 'info', recommendation: null });
  });

  it('advises to name a label that is written as noise also where its spread does not tell', () => {
    const rng = new Rng(38);
    const labels = Array.from({ length: 63 }, (_, i) => (i < 3 ? 'noise' : `class ${i % 3}`));
    const points = labels.map(() => [rng.normal() ** 3, rng.normal() ** 3]);
    const { verdict, severity, recommendation } = findingOf(points, labels);
    expect([verdict, severity]).toEqual(['inconclusive', 'info']);
    expect(recommendation!.text).toContain('do not merge');
    expect(recommendation!.command).toBe('clusterlens diagnose DATA --noise-label noise');
  });
});
