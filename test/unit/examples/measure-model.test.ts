import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { daviesBouldin, silhouette } from 'clusterlens';
import { afterAll, describe, expect, it } from 'vitest';
import type { Corpus } from '../../../examples/equalizer/corpus.js';
import { measuredText, measureModel } from '../../../examples/equalizer/measure-model.js';
import { fixture } from '../../support/fixture.js';

const { autoencoder: saved } = fixture<{
  autoencoder: { checkpoint: string; input: number[][]; latent: number[][]; projection: number[][] };
}>('torch-files');
const folder = mkdtempSync(join(tmpdir(), 'clusterlens-model-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'model.pt');
writeFileSync(path, Buffer.from(saved.checkpoint, 'base64'));
const corpus = (rows: number[][]): Corpus => ({
  name: 'four',
  synthetic: true,
  rows: rows.map((row) => Float64Array.from(row)),
  labels: ['a', 'b', 'a', 'b'],
  columns: rows[0]!.map((_, j) => `x${j}`),
});

describe('the example with a model of PyTorch', () => {
  const four = corpus(saved.input);
  const measured = measureModel(four, path);

  it('recomputes both indices of input, latent and projection, on columns as they are and on z-scores', () => {
    expect(measured.map(({ columns, space }) => `${space}, ${columns}`)).toEqual(
      ['as they are', 'z-scores'].flatMap((columns) =>
        ['input', 'latent', 'projection'].map((space) => `${space}, ${columns}`),
      ),
    );
    for (const space of ['input', 'latent', 'projection'] as const) {
      const { checks } = measured.find((found) => found.space === space)!;
      expect(checks[0]!.recomputed).toBeCloseTo(silhouette(saved[space], four.labels).score, 5);
      expect(checks[1]!.recomputed).toBeCloseTo(daviesBouldin(saved[space], four.labels).score, 4);
      expect(checks.map(({ claimed }) => claimed)).toEqual([0.68, 0.82]);
    }
  });

  it('says so in a table, beside the claims', () => {
    const text = measuredText(four, path, measured);
    expect(text).toContain('on 4 rows and 2 labels of four');
    expect(text).toMatch(/columns +space +silhouette \(said 0\.68\) +Davies-Bouldin \(said 0\.82\)/);
    expect(text.match(/^as they are +latent +-?\d\.\d{3} refuted +\d+\.\d{3} refuted$/gm)).toHaveLength(1);
  });

  it('names the file of a model that does not fit', () => {
    expect(() =>
      measureModel(
        corpus([
          [1, 2],
          [3, 4],
          [5, 6],
          [7, 8],
        ]),
        path,
      ),
    ).toThrow('model.pt: the model takes 7 columns, got 2 in four');
    expect(() => measureModel(four, join(folder, 'nowhere.pt'))).toThrow(/nowhere\.pt: ENOENT/);
    const other = join(folder, 'other.pt');
    writeFileSync(other, 'no model');
    expect(() => measureModel(four, other)).toThrow(/other\.pt: fromSafetensors: /);
  });
});
