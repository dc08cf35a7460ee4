import { classBalance } from 'clusterlens';
import { describe, expect, it } from 'vitest';
import { calibrate } from '../../../examples/equalizer/calibration.js';
import { bandFrequencies, CALIBRATED, HEAD_COUNTS, syntheticCorpus } from '../../../examples/equalizer/corpus.js';
import { curveBasis } from '../../../examples/equalizer/curve-basis.js';

const corpus = syntheticCorpus();

describe('syntheticCorpus', () => {
  it('has the published counts', () => {
    const balance = classBalance(corpus.labels);
    expect([balance.n, balance.k, balance.median, balance.singletons]).toEqual([1595, 765, 1, 555]);
    expect([balance.below(5), balance.k - balance.below(5), balance.k - balance.below(10)]).toEqual([712, 53, 24]);
    const counts = new Map(balance.classes.map(({ label, count }) => [label, count]));
    for (const [term, count] of Object.entries(HEAD_COUNTS)) expect(counts.get(term), term).toBe(count);
    expect(Object.values(HEAD_COUNTS).reduce((sum, count) => sum + count, 0)).toBe(458);
  });

  it('has rows with mean 0 and population standard deviation 1', () => {
    for (const row of corpus.rows) {
      const mean = row.reduce((sum, value) => sum + value, 0) / 40;
      const variance = row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 40;
      expect(row).toHaveLength(40);
      expect(Math.abs(mean)).toBeLessThan(1e-12);
      expect(Math.abs(variance - 1)).toBeLessThan(1e-12);
    }
  });

  it('has smooth curves: neighbouring bands differ far less than distant ones', () => {
    const meanSquare = (lag: number) => {
      let sum = 0;
      for (const row of corpus.rows)
        for (let band = 0; band + lag < 40; band++) sum += (row[band + lag]! - row[band]!) ** 2;
      return sum / (corpus.rows.length * (40 - lag));
    };
    expect(meanSquare(1)).toBeLessThan(0.1 * meanSquare(20));
  });

  it('gives the same rows for the same seed and others for another', () => {
    expect(syntheticCorpus()).toEqual(corpus);
    expect(syntheticCorpus({ ...CALIBRATED, seed: 1 }).rows[0]).not.toEqual(corpus.rows[0]);
  });

  it('says that it is synthetic, in the flag and in the name', () => {
    expect(corpus.synthetic).toBe(true);
    expect(corpus.name).toMatch(/synthetic/i);
  });

  it('has bands from 20 Hz to 19.7 kHz, ever further apart', () => {
    const bands = bandFrequencies();
    expect([bands.length, bands[0], bands[39]]).toEqual([40, 20, 19_682]);
    const gaps = bands.slice(1).map((hertz, band) => hertz - bands[band]!);
    expect([...gaps].sort((a, b) => a - b)).toEqual(gaps);
  });

  it.each(calibrate(corpus))('comes near the published corpus: $quantity', ({ target, obtained, tolerance }) => {
    expect(Math.abs(obtained - target)).toBeLessThanOrEqual(tolerance);
  });
});

describe('curveBasis', () => {
  it('is orthonormal and orthogonal to the constant', () => {
    const basis = [new Float64Array(40).fill(1), ...curveBasis(40, 12)];
    for (const [i, a] of basis.entries()) {
      for (const [j, b] of basis.entries()) {
        const product = a.reduce((sum, value, band) => sum + value * b[band]!, 0) / 40;
        expect(product).toBeCloseTo(i === j ? 1 : 0, 12);
      }
    }
  });
});
