import { describe, expect, it } from 'vitest';
import {
  adam,
  classificationLoss,
  explainPlan,
  Linear,
  relu,
  Sequential,
  tensor,
  train,
} from '../../../src/nn/index.js';

const points = Array.from({ length: 30 }, (_, i) => [
  (i % 3) + 0.1 * Math.sin(i),
  Math.cos(i) / 5 + (i % 3 === 1 ? 2 : 0),
]);
const labels = points.map((_, i) => ['left', 'middle', 'right'][i % 3]!);
const model = () => new Sequential(new Linear(2, 8, { seed: 1 }), relu, new Linear(8, 3, { seed: 2 }));

describe('classificationLoss', () => {
  it.each(['plan', 'eager'] as const)('learns three classes: %s', async (engine) => {
    const run = train(
      model(),
      { points, labels, heldOut: { points: points.slice(0, 9), labels: labels.slice(0, 9) } },
      { epochs: 60, engine, objective: [classificationLoss()], optimizer: adam({ learningRate: 0.02 }) },
    );
    for await (const { engine: ran } of run) expect(ran).toBe(engine);
    const { epochs, objective } = run.record();
    const { losses, heldOut } = epochs[59]!;
    expect(epochs[0]!.losses.byName.classification!).toBeGreaterThan(0.7);
    expect(losses.byName.classification!).toBeLessThan(0.1);
    expect(heldOut!.byName.classification!).toBeLessThan(0.1);
    expect(losses.bounds.classification!.floor).toBe(0);
    expect(losses.bounds.classification!.ceiling).toBeGreaterThan(1);
    expect(objective).toEqual([
      { name: 'classification', weight: 1, settings: { on: 'logits', classWeights: null, labelSmoothing: 0 } },
    ]);
  });

  it('runs in the memory of the plan', () => {
    const { terms } = explainPlan(model(), tensor(points), { objective: [classificationLoss()] as never });
    expect(terms).toEqual([{ name: 'classification', output: '' }]);
  });

  it.each(['plan', 'eager'] as const)('names the row of a class without a logit: %s', async (engine) => {
    const more = labels.map((label, i) => (i === 17 ? 'unknown' : label));
    const run = train(model(), { points, labels: more }, { epochs: 1, engine, objective: [classificationLoss()] });
    await expect(run.next()).rejects.toThrow(/classificationLoss: every target .* 0 to 2, got 3 in row 17/);
  });

  it('refuses class weights that are not one per class, labels that are missing, and other options', async () => {
    const objective = [classificationLoss({ classWeights: [1, 2] })];
    await expect(train(model(), { points, labels }, { epochs: 1, objective }).next()).rejects.toThrow(/3 classes/);
    expect(() => train(model(), { points }, { epochs: 1, objective })).toThrow(/needs labels/);
    expect(() => classificationLoss({ labelSmoothing: 2 })).toThrow(/labelSmoothing/);
    expect(() => classificationLoss({ on: 3 as never })).toThrow(/on must be the name/);
  });
});
