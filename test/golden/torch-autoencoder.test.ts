import { describe, expect, it } from 'vitest';
import {
  fromTorch,
  loadAutoencoder,
  loadWeights,
  predict,
  residualAutoencoder,
  tensor,
  toSafetensors,
} from '../../src/nn/index.js';
import { fixture } from '../support/fixture.js';

interface Saved {
  readonly sizes: { readonly inputSize: number; readonly latentSize: number; readonly decoder: 'bounded-heads' };
  readonly checkpoint: string;
  readonly wrapped: string;
  readonly names: string[];
  readonly input: number[][];
  readonly latent: number[][];
  readonly projection: number[][];
  readonly reconstruction: number[][];
}

const { autoencoder: saved } = fixture<{ autoencoder: Saved }>('torch-files');
const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));
const checkpoint = decode(saved.checkpoint);

/** float32 in PyTorch, float64 on the tape here: the largest difference of any value. */
function difference(model: ReturnType<typeof residualAutoencoder>): number {
  model.setTraining(false);
  const outputs = model.forward(tensor(saved.input));
  return Math.max(
    ...(['latent', 'projection', 'reconstruction'] as const).flatMap((name) =>
      saved[name].flat().map((value, p) => Math.abs(value - outputs[name].data[p]!)),
    ),
  );
}

describe('the reference autoencoder with weights that PyTorch saved', () => {
  it('gives latent, projection and reconstruction of PyTorch, its sizes read from the file', () => {
    const model = loadAutoencoder(checkpoint);
    expect(model.options).toMatchObject(saved.sizes);
    expect(difference(model)).toBeLessThan(5e-6);
  });

  it('is the same from a state dict that a wrapper named', () => {
    expect(difference(loadAutoencoder(decode(saved.wrapped)))).toBeLessThan(5e-6);
  });

  it('is the same from safetensors with the names of PyTorch', () => {
    const { tensors } = fromTorch(checkpoint);
    const named = [...tensors].map(([name, { data, shape }]) => [name, { data: data as Float32Array, shape }] as const);
    expect(difference(loadAutoencoder(toSafetensors(named)))).toBeLessThan(5e-6);
  });

  it('is the same through the plan', () => {
    const latent = predict(loadAutoencoder(checkpoint), saved.input).latent!;
    const off = saved.latent.flat().map((value, p) => Math.abs(value - latent.data[p]!));
    expect(Math.max(...off)).toBeLessThan(1e-5);
  });

  it('is the same by names that the caller gives', () => {
    const model = residualAutoencoder({ ...saved.sizes, projectionSize: 5, hiddenSizes: [6, 6, 8] });
    const tower = (side: string) => ({
      ...Object.fromEntries([0, 1, 2].map((i) => [`${side}.${i}`, `${side}.blocks.${i}`])),
      [`${side}.3`]: `${side}.linear1`,
      [`${side}.5`]: `${side}.linear2`,
    });
    const heads = { gain_head: 'decoder.heads.gain', freq_head: 'decoder.heads.frequency', q_head: 'decoder.heads.q' };
    loadWeights(model, checkpoint, { names: { ...tower('encoder'), ...tower('decoder'), ...heads } });
    expect(difference(model)).toBeLessThan(5e-6);
  });
});
