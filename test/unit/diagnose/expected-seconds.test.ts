import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectedSeconds } from '../../../src/diagnose/expected-seconds.js';
import { SECONDS } from '../../../src/diagnose/time-constants.js';
import { FEATURES, timeFeatures } from '../../../src/diagnose/time-features.js';

const base = { n: 2000, d: 50, k: 10 };

describe('the expected time of a diagnosis', () => {
  it('has one constant for each feature, none negative', () => {
    expect(SECONDS).toHaveLength(FEATURES.length);
    expect(timeFeatures(base)).toHaveLength(FEATURES.length);
    expect(SECONDS.every((value) => value >= 0)).toBe(true);
  });

  it('grows with rows, columns, classes, permutations and the sample', () => {
    for (const more of [{ n: 1500 }, { d: 40 }, { permutations: 99 }, { sampleSize: 1000 }]) {
      expect(expectedSeconds({ ...base, ...more })).toBeLessThan(expectedSeconds(base));
    }
    expect(expectedSeconds({ ...base, k: 300 })).toBeGreaterThan(expectedSeconds(base));
  });

  it('is what docs/time.md says of every size', () => {
    const rows = [
      ...readFileSync(new URL('../../../docs/time.md', import.meta.url), 'utf8').matchAll(/^\| [\d,]+ \|.*$/gm),
    ];
    expect(rows.length).toBeGreaterThan(10);
    for (const [row] of rows) {
      const [n, d, k, sampleSize, permutations, , told] = row
        .split('|')
        .slice(1, -1)
        .map((cell) => Number(cell.replaceAll(',', '')));
      const expected = expectedSeconds({ n: n!, d: d!, k: k!, sampleSize, permutations });
      expect(Math.abs(expected - told!)).toBeLessThan(0.06 + 0.01 * told!);
    }
  });
});
