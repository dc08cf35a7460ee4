import { describe, expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';

const points = Array.from({ length: 20 }, (_, i) => [i % 3, i % 5, 1, -i / 10]);
const model = () => new nn.Sequential(new nn.Linear(4, 3, { seed: 1 }), new nn.Linear(3, 4, { seed: 2 }));
const start = (options: Partial<nn.TrainOptions<nn.Tensor>> = {}) => {
  const made = model();
  return { made, run: nn.train(made, { points }, { epochs: 3, ...options }) };
};
const untimed = ({ epochs, ...rest }: nn.TrainingRecord) => ({
  ...rest,
  epochs: epochs.map((epoch) => ({ ...epoch, milliseconds: null })),
});

describe('a run without a loop', () => {
  it('finish() and await train what the iteration trains', async () => {
    const looped = start();
    for await (const _ of looped.run);
    const finished = start();
    const awaited = start();
    const record = await finished.run.finish();
    expect(untimed(record)).toEqual(untimed(looped.run.record()));
    expect(untimed(await awaited.run)).toEqual(untimed(record));
    for (const { made } of [finished, awaited]) expect(nn.toSafetensors(made)).toEqual(nn.toSafetensors(looped.made));
    // Again, and after the loop: the same record, and no further step.
    expect(untimed(await finished.run.finish())).toEqual(untimed(record));
    expect(untimed(await looped.run)).toEqual(untimed(record));
    expect(nn.toSafetensors(finished.made)).toEqual(nn.toSafetensors(looped.made));
  });

  it('finish() trains what an iteration by hand has left', async () => {
    const { run } = start();
    expect((await run.next()).value).toMatchObject({ epoch: 1 });
    expect((await run.finish()).epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
  });

  it('a run in an object survives an async function', async () => {
    const lent = async () => ({ run: start().run });
    const epochs: number[] = [];
    for await (const { epoch } of (await lent()).run) epochs.push(epoch);
    expect(epochs).toEqual([1, 2, 3]);
  });

  it('after a break it says that the run has ended', async () => {
    const { run } = start();
    for await (const _ of run) break;
    await expect(run.finish()).rejects.toThrow(
      'finish: needs a run that goes on, got one that ended after epoch 1 of 3; resume a new one from a checkpoint',
    );
    expect(run.record().epochs.length).toBe(1);
  });

  it('rejects as the iteration does, and again', async () => {
    const { run } = start({ signal: AbortSignal.abort('enough') });
    await expect(run.finish()).rejects.toBe('enough');
    await expect(run).rejects.toBe('enough');
    expect(run.record().epochs).toEqual([]);
  });
});

describe('an epoch must learn', () => {
  const term = (name: string, loss: nn.Objective<nn.Tensor>['loss'], weight = 1): nn.Objective<nn.Tensor> => ({
    name,
    weight,
    loss,
  });
  it.each(['plan', 'eager', 'auto'] as const)(
    'a loss without a path to a parameter is an error: %s',
    async (engine) => {
      const detached = term('detached', (output) => ({ loss: nn.mean(nn.square(output.detach())) }));
      const message = /^train: every term must depend on a parameter of the model, got 'detached' that depends on none/;
      await expect(start({ objective: [detached], engine }).run).rejects.toThrow(message);
      await expect(start({ objective: [nn.reconstructionLoss(), detached], engine }).run).rejects.toMatchObject({
        code: 'no-gradient',
      });
      const measured = { ...detached, weight: 0 };
      expect((await start({ objective: [nn.reconstructionLoss(), measured], engine }).run).epochs.length).toBe(3);
    },
  );

  it('so is one that reaches only a weight of somebody else', async () => {
    const other = nn.tensor([1], { requiresGrad: true });
    const objective = [term('other', () => ({ loss: nn.sum(nn.square(other)) }))];
    await expect(start({ objective }).run).rejects.toThrow(/got 'other' that depends on none/);
  });

  it('and an objective whose weights are all 0', async () => {
    await expect(start({ objective: [nn.reconstructionLoss({ weight: 0 })] }).run).rejects.toThrow(
      /an epoch needs a term with a value, got no term with a weight above 0 on the 2 batches of epoch 1/,
    );
  });
});

describe('the best epoch', () => {
  const labels = points.map((_, i) => i % 2);
  const objective = [nn.reconstructionLoss(), nn.contrastiveLoss({ on: 'latent' })];
  const autoencoder = () => nn.residualAutoencoder({ inputSize: 4, hiddenSizes: [4], latentSize: 2, seed: 1 });

  it('is none where a term has no value on the held-out rows', async () => {
    const heldOut = { points: points.slice(0, 2), labels: [0, 1] };
    const run = nn.train(autoencoder(), { points, labels, heldOut }, { epochs: 3, objective });
    const { epochs, best } = await run;
    expect(best).toBeNull();
    for (const { heldOut: held, best: kept, losses } of epochs) {
      expect(held!.total).toBeNull();
      expect(held!.byName.contrastive).toBeNull();
      expect(held!.byName.reconstruction).toBeGreaterThan(0);
      expect(losses.total).toBeGreaterThan(0);
      expect(kept).toBeNull();
    }
    expect(() => run.restoreBest()).toThrow(/needs a best epoch, got no finished epoch whose total loss has a value/);
    expect(() => run.restoreBest()).toThrow(expect.objectContaining({ code: 'empty' }));
    const by = nn.train(autoencoder(), { points, labels, heldOut }, { epochs: 3, objective, keepBest: 'training' });
    await by;
    expect(by.restoreBest().total).toBeGreaterThan(0);
  });

  it('is one that has a value, though another would be smaller without', async () => {
    // The pair of the held-out rows is torn apart in the second epoch.
    const heldOut = { points: points.slice(0, 3), labels: [0, 0, 1] };
    let evaluated = 0;
    const heldOutBatches: nn.Sampler = {
      name: 'own',
      settings: {},
      rows: 3,
      batchesPerEpoch: 2,
      rowsPerEpoch: 3,
      epoch: () =>
        evaluated++ === 1 ? [Int32Array.of(0, 2), Int32Array.of(1)] : [Int32Array.of(0, 1), Int32Array.of(2)],
    };
    const run = nn.train(autoencoder(), { points, labels, heldOut }, { epochs: 3, objective, heldOutBatches });
    const totals = (await run).epochs.map(({ heldOut: held }) => held!.total);
    expect(totals.map((total) => total === null)).toEqual([false, true, false]);
    const { epoch, total } = run.restoreBest();
    expect([1, 3]).toContain(epoch);
    expect(total).toBe(Math.min(totals[0]!, totals[2]!));
  });
});
