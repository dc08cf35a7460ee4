import { describe, expect, it } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import { diagnose, type FindingId, metricChoice } from '../../../src/index.js';
import { DROWNED } from '../../support/shaped-worlds.js';
import { DEALT, PLANTED, TWICE } from '../../support/worlds/answers.js';
import { cloud } from '../../support/worlds/cloud.js';
import { rowsOf } from '../../support/worlds/draws.js';
import { byKMeans } from '../../support/worlds/labels-by.js';

/** The diagnosis of one world of the rates. */
function diagnosed(name: string, seed: number) {
  const row = [...DEALT, ...PLANTED, ...TWICE].find((of) => of.name === name)!;
  const { answer, findings } = diagnose(row.make(seed), { permutations: 99, seed });
  return { answer, of: (id: FindingId) => findings.find((finding) => finding.id === id)! };
}

describe('one cause explains its consequences', () => {
  it('counts three further tests of chance together: one of them at 5% does not unsettle labels dealt at random', () => {
    const { answer, of } = diagnosed('a cloud', 520_013);
    expect(of('chance-level')).toMatchObject({ verdict: 'confirmed', severity: 'high' });
    expect(of('chance-level').summary).toMatch(/the best has p = 0\.05, as three tests of nothing well may/);
    expect(answer.verdict).toBe('not-real');
  });

  it('gives one piece of advice where classes overlap everywhere and have one mean', () => {
    const { of } = diagnosed('a cloud', 520_019);
    expect(of('class-overlap').severity).toBe('high');
    expect(of('signature-separation')).toMatchObject({ explainedBy: 'class-overlap', recommendation: null });
  });

  it('does not take labels for wrong that the columns tell once those of other groups are left out', () => {
    const { of } = diagnosed('labels of another division', 520_011);
    expect(of('label-noise')).toMatchObject({ verdict: 'confirmed', explainedBy: 'other-groups', severity: 'low' });
    expect(of('other-groups').explains).toEqual(expect.arrayContaining(['label-noise', 'uninformative-columns']));
  });

  it('sees bent classes once two labels of one of them are merged, and still says to merge these', () => {
    const { of } = diagnosed('moons; one group dealt two labels', 520_000);
    expect(of('shape')).toMatchObject({ verdict: 'confirmed', explainedBy: null });
    expect(of('shape').summary).toMatch(/^Once 0 and 2 are one label, the clusters are no balls: the silhouette/);
    expect(of('granularity')).toMatchObject({ verdict: 'confirmed', explainedBy: null });
  });

  it('prefers standardised columns where the silhouette rises from none to substantial and neighbours agree no less', () => {
    const { points, labels } = DROWNED.drowned!(new Rng(640_001));
    const { choice, current } = metricChoice(points, labels);
    expect(current.silhouette).toBeLessThan(0.25);
    expect(choice).toMatchObject({ standardize: true });
    expect(choice!.silhouette).toBeLessThan(0.5);
  });

  it('does not call labels at chance that standardised columns lift above it, though they cut one cloud then', () => {
    const rng = new Rng(4);
    const table = cloud('uniform cube', { n: 500, d: 3, seed: 4 });
    const labels = byKMeans(table, 5, 4);
    const { answer, findings } = diagnose(
      { points: rowsOf(table).map((row) => [...row, 3000 * rng.normal()]), labels },
      { permutations: 99 },
    );
    expect(findings.find(({ id }) => id === 'chance-level')!.explainedBy).toBe('scale');
    expect(answer.verdict).toBe('not-real');
    expect(answer.sentence).toMatch(
      /^No: not as the columns and rows stand .*, and once .* one cloud, which the labels cut/,
    );
  });

  it('names the classes that merging is about where some are too small for it', () => {
    const { points, labels } = TWICE.find(({ name }) => name.startsWith('moons'))!.make(520_000);
    const far = Array.from({ length: 3 }, (_, i) => points[0]!.map((v) => v + 50 + 0.01 * i));
    const { answer } = diagnose({ points: [...points, ...far], labels: [...labels, 9, 9, 9] }, { permutations: 99 });
    expect(answer.sentence).toMatch(/Merged, the labels of the 3 classes of 10 rows or more hold better: 2 groups/);
  });

  it('says in words that no class is small', () => {
    const { of } = diagnosed('two groups under one label', 520_000);
    expect(of('class-imbalance').summary).toMatch(/none has fewer than 5\./);
  });
});
