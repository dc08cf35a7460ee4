import { describe, expect, it } from 'vitest';
import {
  loadAutoencoder,
  loadWeights,
  residualAutoencoder,
  type Tensor,
  tensor,
  toSafetensors,
} from '../../../src/nn/index.js';
import { autoencoderNames } from '../../../src/nn/weights/autoencoder-names.js';
import { autoencoderTensors } from '../../../src/nn/weights/load-autoencoder.js';
import { fixture } from '../../support/fixture.js';

const SIZES = { inputSize: 5, latentSize: 2, projectionSize: 3, hiddenSizes: [4, 4, 6], seed: 1 };
const bounded = () => residualAutoencoder({ ...SIZES, decoder: 'bounded-heads' });
type Named = (readonly [string, Tensor])[];
const namedBy = (rename: (name: string) => string): Named =>
  bounded()
    .namedParameters()
    .map(([name, parameter]) => [rename(name), parameter]);

const sequential = (name: string) =>
  name
    .replace(/^(encoder|decoder)\.blocks\.(\d)/, '$1.$2')
    .replace(/^(encoder|decoder)\.linear1/, '$1.3')
    .replace(/^(encoder|decoder)\.linear2/, '$1.5');

/** Ways in which the same model is written in PyTorch. */
const WAYS: Readonly<Record<string, (name: string) => string>> = {
  'our own': (name) => name,
  'towers in nn.Sequential': sequential,
  'wrapped twice': (name) => `module._orig_mod.${sequential(name)}`,
  'towers in a wrapper of their own': (name) => sequential(name).replace(/^(encoder|decoder)\.(\d)/, '$1.net.$2'),
  'other words': (name) =>
    sequential(name)
      .replace('linear1', 'fc1')
      .replace('linear2', 'fc2')
      .replace('norm1', 'layer_norm1')
      .replace('norm2', 'ln2')
      .replace('skip', 'shortcut')
      .replace('projection', 'projection_head'),
  'blocks in nn.Sequential': (name) =>
    sequential(name)
      .replace(/(\.\d)\.linear1/, '$1.main.0')
      .replace(/(\.\d)\.norm1/, '$1.main.1')
      .replace(/(\.\d)\.linear2/, '$1.main.4')
      .replace(/(\.\d)\.norm2/, '$1.main.5')
      .replace('skip', 'shortcut.0'),
  'heads beside the decoder': (name) =>
    sequential(name).replace(
      /decoder\.heads\.(\w+)/,
      (_, head: string) => `${head === 'frequency' ? 'freq' : head}_head`,
    ),
  'heads in the decoder': (name) => name.replace('decoder.heads.frequency', 'decoder.frequency_head'),
};

describe('loadAutoencoder', () => {
  it.each(Object.entries(WAYS))('knows a model with %s', (_way, rename) => {
    const loaded = loadAutoencoder(toSafetensors(namedBy(rename), { dtype: 'F64' }));
    expect(loaded.options).toMatchObject({ ...SIZES, seed: 0, decoder: 'bounded-heads' });
    const values = (model: ReturnType<typeof bounded>) =>
      model.namedParameters().map(([name, { data }]) => [name, ...data]);
    expect(values(loaded)).toEqual(values(bounded()));
  });

  it('takes no batch norm for a norm of layers', () => {
    const shapes = new Map(namedBy((name) => name.replace('norm1', 'bn1')).map(([name, { shape }]) => [name, shape]));
    expect(autoencoderNames(shapes).has('encoder.blocks.0.bn1.weight')).toBe(false);
  });

  it.each([
    {},
    { decoder: 'bounded-heads' },
    { inputSize: 7, latentSize: 4, projectionSize: 2, hiddenSizes: [4, 4, 3, 7] },
    { inputSize: 3, latentSize: 3, projectionSize: 3, hiddenSizes: [3], decoder: 'bounded-heads' },
  ] as const)('tells the tensors of a model before it is made: %o', (options) => {
    const model = residualAutoencoder(options);
    const told = autoencoderTensors(model.options).map(({ names: [name], shape }) => [name, [...shape]]);
    expect(told).toEqual(model.namedParameters().map(([name, { shape }]) => [name, [...shape]]));
  });

  const without = (...names: string[]) => namedBy((name) => name).filter(([name]) => !names.includes(name));
  it('names the tensor that is missing, is left over or has another shape', () => {
    const load = (named: Named) => () => loadAutoencoder(toSafetensors(named));
    expect(load(without('projection.bias'))).toThrow(
      'loadAutoencoder: names must be those of the model, got 1 missing in the file (projection.bias)',
    );
    expect(load([...without(), ['classifier.weight', tensor([1])]])).toThrow('1 not in the model (classifier.weight)');
    expect(load([...without('projection.bias'), ['head.bias', tensor([1])]])).toThrow(
      '(projection.bias) and 1 not in the model (head.bias); say with { names } which is which',
    );
    expect(load([...without('encoder.linear1.bias'), ['encoder.linear1.bias', tensor([1])]])).toThrow(
      'shapes must be those of the model, got encoder.linear1.bias [1] for [4]',
    );
    expect(load([['x', tensor([1])]])).toThrow(
      /\d+ missing in the file \(encoder\.blocks\.0\.linear1\.weight, .* and 1 not/,
    );
  });

  it('makes no model whose sizes a few small tensors claim', () => {
    const wide = tensor(new Float64Array(3e5), { shape: [3e5, 1] });
    const claims: Named = [0, 1].map((i) => [`encoder.blocks.${i}.linear1.weight`, wide]);
    expect(() => loadAutoencoder(toSafetensors(claims))).toThrow(/missing in the file/);
  });

  it('refuses two tensors for one name', () => {
    const twice: Named = [...without(), ['projector.bias', tensor([1, 2, 3])]];
    expect(() => loadAutoencoder(toSafetensors(twice))).toThrow(
      /got a second "projection.bias" in "projector.bias"; say with \{ names \}/,
    );
  });
});

describe('names of loadWeights', () => {
  const model = (...named: [string, Tensor][]) => ({ namedParameters: () => named });
  const file = toSafetensors([
    ['net.a.weight', tensor([1])],
    ['net.ab.weight', tensor([2])],
    ['step', tensor([3])],
  ]);

  it('compares whole parts, takes the longest beginning, and leaves out what is null', () => {
    const [x, y] = [tensor([0]), tensor([0])];
    loadWeights(model(['x.weight', x], ['ab.weight', y]), file, { names: { net: '', 'net.a': 'x', step: null } });
    expect([x.data[0], y.data[0]]).toEqual([1, 2]);
  });

  it.each([
    [{ nett: '' }, 'unknown-name', 'names must begin names of the file, got "nett"; it has net.a.weight'],
    [
      { 'net.a': 'w', 'net.ab': 'w' },
      'unknown-name',
      'one tensor each, got "w.weight" for "net.a.weight" and "net.ab.weight"',
    ],
    [{ net: 3 }, 'wrong-type', 'names must give a text or null for "net", got 3'],
    [['net'], 'wrong-type', 'names must be an object of text by text'],
  ])('refuses %o', (names, code, message) => {
    const load = () => loadWeights(model(['a', tensor([0])]), file, { names: names as never });
    expect(load).toThrow(message);
    expect(load).toThrow(expect.objectContaining({ code }));
  });

  it('reads a checkpoint of PyTorch by its key, and knows none in safetensors', () => {
    const { refused } = fixture<{ refused: Record<string, string> }>('torch-files');
    const two = new Uint8Array(Buffer.from(refused['two state dicts']!, 'base64'));
    const [weight, bias] = [tensor([[0, 0]]), tensor([0])];
    loadWeights(model(['weight', weight], ['bias', bias]), two, { key: 'ema' });
    expect(weight.data.every((value) => value !== 0)).toBe(true);
    expect(() => loadWeights(model(['step', bias]), file, { key: 'ema' })).toThrow('key is for checkpoints of PyTorch');
    expect(() => loadWeights(model(['w', bias]), new TextEncoder().encode('version https://git-lfs...'))).toThrow(
      'a pointer of Git LFS',
    );
  });
});
