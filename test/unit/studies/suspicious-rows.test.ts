import { describe, expect, it } from 'vitest';
import { diagnose, silhouette, suspiciousRows } from '../../../src/index.js';
import { rowWorld, shuffledLabels } from '../../support/row-worlds.js';

const world = rowWorld({ n: 400, d: 3, k: 3, shape: 'round', overlap: 0.02 }, 21);
const labels = shuffledLabels(world.truth, 0.1, 'all', 21);
const points = world.points.map((row, i) => (i === 30 ? row.map((v) => v + 400) : row));
points.push(points[0]!.slice(), points[0]!.slice());
labels.push(labels[0]!, (labels[0]! + 1) % 3);

describe('suspiciousRows', () => {
  const { rows } = suspiciousRows(points, labels);
  const of = (row: number) => rows.find((one) => one.row === row);

  it('gives each row once, ranked, with its label and its silhouette width', () => {
    expect(new Set(rows.map(({ row }) => row)).size).toBe(rows.length);
    const weights = rows.map(({ weight }) => weight);
    expect(weights).toEqual([...weights].sort((a, b) => b - a));
    const { samples } = silhouette(points, labels);
    for (const { row, label, width } of rows) {
      expect(label).toBe(labels[row]);
      expect(width).toBe(samples[row]);
    }
  });

  it('says the reason: a copy of another label, wrong labels, a far row, the border', () => {
    expect(of(401)).toMatchObject({ reason: 'copy-with-another-label', nearer: labels[0], weight: 1 });
    expect(of(30)?.reason).toBe('outlier');
    const flipped = labels.flatMap((label, i) => (i < 400 && i !== 30 && label !== world.truth[i] ? [i] : []));
    const noisy = flipped.filter((i) => of(i)?.reason === 'label-noise' && of(i)?.nearer === world.truth[i]);
    expect(noisy.length / flipped.length).toBeGreaterThan(0.6);
    for (const one of rows.filter(({ reason }) => reason === 'border')) expect(one.width).toBeLessThan(0);
  });

  it('is what a diagnosis says, whose rows count the input with its noise', () => {
    expect(diagnose({ points, labels }, { permutations: 39 }).rows).toEqual(rows);
    const noisy = diagnose(
      { points: [[0, 0, 0], ...points], labels: ['noise', ...labels.map(String)] },
      { permutations: 39, noiseLabel: 'noise' },
    );
    expect(noisy.rows.map(({ row }) => row - 1)).toEqual(rows.map(({ row }) => row));
  });
});
