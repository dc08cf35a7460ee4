import { describe, expect, test } from 'vitest';
import { codeOf } from '../../../src/cli/claims-code.js';
import { printClaims } from '../../../src/cli/print/print-claims.js';
import { terminalOf } from '../../../src/cli/terminal.js';
import { readDataset } from '../../../src/data/dataset.js';
import { silhouette } from '../../../src/metrics/internal/silhouette.js';
import { checkClaims, readClaims, verifyClaims } from '../../../src/studies/claims/verify-claims.js';
import { coverageOfSamples, type SampleCoverage } from './sampled-coverage.js';
import { blobs } from './worlds.js';

describe('claims of values that come from a sample of rows', () => {
  const { points, labels } = blobs([400, 250, 150], 2, 3, 5);
  const data = readDataset('test', points, labels);
  const exact = silhouette(points, labels);
  const check = (claim: string, sampleOnly: boolean) =>
    checkClaims(data, readClaims('test', { silhouette: claim }), {
      metric: 'euclidean',
      standardize: false,
      noiseLabel: undefined,
      resamples: 20,
      exactRows: 10,
      sampleOnly,
      scored: 80,
      seed: 3,
    })[0]!;

  describe('over 200 simulated claims', () => {
    const halves: SampleCoverage[] = [];
    test.each([0, 100])('no verdict is wrong: from claim %i on', (first) => {
      const found = coverageOfSamples(100, first);
      expect(found).toMatchObject({ claims: 100, wronglyReproduced: 0, wronglyRefuted: 0 });
      // Every verdict that a sample can come to has been met.
      for (const verdict of ['reproduced', 'refuted', 'consistent']) {
        expect(found.verdicts[verdict]).toBeGreaterThan(5);
      }
      halves.push(found);
    });

    test('the exact value lies in the interval in 92% to 98%', () => {
      expect(halves).toHaveLength(2);
      for (const of of ['micro', 'macro', 'agreement'] as const) {
        const share = (halves[0]![of] + halves[1]![of]) / 2;
        expect(share, of).toBeGreaterThanOrEqual(0.92);
        expect(share, of).toBeLessThanOrEqual(0.98);
      }
    });
  });

  test('the interval is that of the sample, as silhouette gives it', () => {
    const drawn = silhouette(points, labels, { sampleSize: 80, seed: 3 });
    const found = check('0.9', true);
    expect(found).toMatchObject({ recomputed: drawn.score, sample: { rows: 80, of: 800 } });
    expect(found.interval).toEqual(drawn.sample!.interval);
    expect(found.conventions[1]).toMatchObject({ value: drawn.macroScore, interval: drawn.sample!.macroInterval });
    expect(found).toMatchObject({ verdict: 'refuted', withinInterval: false });
  });

  test('a sample reproduces nothing: it is consistent, and exact computation decides', () => {
    const stated = exact.score.toFixed(3);
    const open = check(stated, true);
    expect(open).toMatchObject({ verdict: 'consistent', reproducedBy: null, withinInterval: true });
    expect(open.conventions[0]!.matches).toBeNull();
    const decided = check(stated, false);
    expect(decided).toMatchObject({ verdict: 'reproduced', reproducedBy: 'default', recomputed: exact.score });
    expect(decided.sample).toBeUndefined();
    const near = (exact.score + 0.004).toFixed(4);
    expect(check(near, true).verdict).toBe('consistent');
    expect(check(near, false).verdict).toBe('refuted');
  });

  test('distances that need no pairs are exact whatever the number of rows', () => {
    const squared = silhouette(points, labels, { metric: 'sqeuclidean' }).score;
    const found = check(squared.toFixed(9), true);
    expect(found).toMatchObject({ verdict: 'reproduced', reproducedBy: 'metric sqeuclidean' });
  });

  test('text, JSON and exit code say the same', () => {
    const open = check(exact.score.toFixed(3), true);
    const text = printClaims([open], terminalOf({ quiet: true }), true).replace(/\s+/g, ' ');
    expect(text).toContain('CONSISTENT');
    expect(text).toContain('exact computation decides: --exact-rows 800');
    expect(text).toContain('Scored 80 of 800 rows against all.');
    const { low, high } = open.interval!;
    expect(text).toContain(`(95% ${low.toFixed(4)} to ${high.toFixed(4)})`);
    expect(text).not.toContain('REPRODUCED');
    expect(JSON.parse(JSON.stringify(open))).toEqual(open);
    const [kept] = verifyClaims(points, labels, { classes: 3 });
    const refuted = check('0.9', true);
    expect([[kept!], [kept!, open], [open, refuted]].map(codeOf)).toEqual([0, 2, 1]);
  });
});
