import { expect, it } from 'vitest';
import * as nn from '../../../src/nn/index.js';

const rng = new nn.Rng(77);
const points = Array.from({ length: 48 }, () => Array.from({ length: 3 }, () => rng.normal()));
const labels = points.map((_, i) => i % 2);
const linear = () => new nn.Linear(3, 3, { seed: 1 });

it.each(['eager', 'plan'] as const)('one run at a time changes a parameter, by %s', async (engine) => {
  const shared = linear();
  const other = new nn.Sequential(new nn.Linear(3, 3, { seed: 2 }), shared);
  const first = nn.train(shared, { points }, { epochs: 2, engine }).finish();
  await expect(nn.train(other, { points }, { epochs: 1, engine }).finish()).rejects.toThrow(
    "train: parameters must be trained by one run at a time, got '1.weight' in the middle of an epoch of another run; await",
  );
  expect((await first).epochs).toHaveLength(2);
});

it('between the epochs of a run another may train, and a run that failed leaves nothing behind', async () => {
  const model = linear();
  const totals: (number | null)[] = [];
  for await (const { losses } of nn.train(model, { points }, { epochs: 2 })) {
    totals.push(losses.total);
    totals.push((await nn.train(model, { points }, { epochs: 1 }).finish()).epochs[0]!.losses.total);
  }
  expect(totals.every((total, i) => i === 0 || total! < totals[i - 1]!)).toBe(true);
  const fails = nn.train(model, { points }, { epochs: 1, onStep: () => Promise.reject(new Error('mine')) });
  await expect(fails.finish()).rejects.toThrow('mine');
  await expect(nn.train(model, { points }, { epochs: 1 }).finish()).resolves.toBeDefined();
});

it('a checkpoint of another objective is told with what differs', async () => {
  let bytes: Uint8Array | undefined;
  const onCheckpoint = (made: Uint8Array) => {
    bytes = made;
  };
  await nn.train(linear(), { points }, { epochs: 1, onCheckpoint }).finish();
  const objective = [nn.reconstructionLoss({ weight: 2 })];
  expect(() => nn.train(linear(), { points }, { epochs: 2, resume: bytes!, objective })).toThrow(
    /entry 0 of the objective \{.*"weight":1\} where this run has \{.*"weight":2\}$/,
  );
});

it.each(['eager', 'plan'] as const)(
  'a class without a logit is told with its row and whose it is, by %s',
  async (engine) => {
    const data = { points, labels, heldOut: { points: points.slice(0, 3), labels: [0, 1, 7] } };
    const options = { objective: [nn.classificationLoss()], epochs: 1, engine };
    await expect(nn.train(new nn.Linear(3, 2), data, options).finish()).rejects.toThrow(
      'every target must be a class from 0 to 1, got 2 in row 2 of the held-out rows;',
    );
  },
);
