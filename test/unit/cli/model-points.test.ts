import { describe, expect, it } from 'vitest';
import { throughModel } from '../../../src/cli/model-points.js';
import { verify } from '../../../src/cli/run/verify.js';
import { silhouette } from '../../../src/index.js';
import { residualAutoencoder, toSafetensors } from '../../../src/nn/index.js';
import { fixture } from '../../support/fixture.js';
import { allNear } from '../../support/near.js';
import { load, messageOf, rowsOf, scratch } from './scratch.js';

const { autoencoder: saved, refused } = fixture<{
  autoencoder: { checkpoint: string; input: number[][]; latent: number[][]; projection: number[][] };
  refused: Record<string, string>;
}>('torch-files');
const file = scratch();
const LABELS = ['a', 'b', 'a', 'b'];
const names = Array.from({ length: 7 }, (_, j) => `x${j}`);
const csv = (rows: readonly (readonly number[])[]) =>
  [[...names, 'label'].join(','), ...rows.map((row, i) => [...row, LABELS[i]].join(','))].join('\n');
const data = () => file('rows.csv', csv(saved.input));
const model = () => file('model.pt', Buffer.from(saved.checkpoint, 'base64'));
const options = { quiet: true, header: true };

describe('the points that a model of PyTorch makes', () => {
  it.each(['latent', 'projection'] as const)('are the %s that PyTorch gives', async (on) => {
    const made = await throughModel(await load(data()), { model: model(), on });
    allNear(rowsOf(made).flat(), saved[on].flat(), 1e-5);
    expect(made.columns[1]).toBe(`${on}_1`);
    expect(made.reading.notes.at(-1)).toMatch(
      /points are the \w+ of .*model\.pt: [35] columns from 7 \(columns as they are\)/,
    );
  });

  it('enter the model as z-scores when asked', async () => {
    const columns = names.map((_, j) => saved.input.map((row) => row[j]!));
    const scores = columns.map((column) => {
      const mean = column.reduce((a, b) => a + b) / 4;
      const deviation = Math.sqrt(column.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 4);
      return column.map((value) => (value - mean) / deviation);
    });
    const rows = saved.input.map((_, i) => scores.map((column) => column[i]!));
    const before = await throughModel(await load(file('scores.csv', csv(rows))), { model: model() });
    const asked = await throughModel(await load(data()), { model: model(), standardize: true });
    allNear(rowsOf(asked).flat(), rowsOf(before).flat(), 1e-6);
    expect(asked.reading.notes.at(-1)).toContain('(columns as z-scores)');
  });

  it('are what verify checks claims on', async () => {
    const claimed = silhouette(saved.latent, LABELS).score;
    const claim = { silhouette: claimed.toFixed(4) };
    const through = await verify(data(), { ...options, claim, model: model(), json: true } as never);
    expect(through.code).toBe(0);
    const { claims, reading } = JSON.parse(through.output as string) as {
      claims: { recomputed: number }[];
      reading: { notes: string[] };
    };
    expect(claims[0]!.recomputed).toBeCloseTo(claimed, 5);
    expect(reading.notes.join()).toContain('points are the latent of');
    expect((await verify(data(), { ...options, claim } as never)).code).toBe(1);
  });
});

describe('a model that does not fit', () => {
  const through = async (given: object) => messageOf(throughModel(await load(data()), given));

  it('is told by its tensors, after its file', async () => {
    const parts = residualAutoencoder({ inputSize: 7, hiddenSizes: [4], latentSize: 2, projectionSize: 3 })
      .namedParameters()
      .filter(([name]) => name !== 'projection.bias');
    expect(await through({ model: file('part.safetensors', toSafetensors(parts)) })).toMatch(
      /^unknown-name: .*part\.safetensors: loadAutoencoder: names must .*1 missing in the file \(projection\.bias\)/,
    );
    expect(await through({ model: file('whole.pt', Buffer.from(refused['a whole model']!, 'base64')) })).toMatch(
      /whole\.pt: fromTorch: builds .*"Linear" of the module "torch\.nn\.modules\.linear"/,
    );
  });

  it('is told by the columns that it takes', async () => {
    const other = toSafetensors(
      residualAutoencoder({ inputSize: 6, hiddenSizes: [4], latentSize: 2, projectionSize: 3 }),
    );
    expect(await through({ model: file('six.safetensors', other) })).toMatch(
      /six\.safetensors: the model takes 6 columns, got 7 in .*\(x0, x1, x2, \.\.\.\); choose its columns with --features/,
    );
  });

  it('is told by a file that is not there, and an output without a model', async () => {
    expect(await through({ model: 'nowhere.pt' })).toMatch(/nowhere\.pt: needs a file that can be read/);
    expect(await through({ on: 'latent' })).toMatch(/--on: names an output of a model, got latent and no model/);
  });
});
