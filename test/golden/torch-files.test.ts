import { describe, expect, it } from 'vitest';
import { fromTorch } from '../../src/nn/torch/from-torch.js';
import { fixture } from '../support/fixture.js';

interface TorchCase {
  readonly base64: string;
  readonly key: string | null;
  readonly tensors: readonly (readonly [name: string, dtype: string, shape: number[], values: string[]])[];
  readonly metadata: Record<string, unknown>;
  readonly ignored: readonly string[];
}

interface Files {
  readonly files: Record<string, TorchCase>;
  readonly refused: Record<string, string>;
}

const { files, refused } = fixture<Files>('torch-files');
const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

describe('fromTorch reads what PyTorch wrote', () => {
  it.each(Object.entries(files))('%s', (_name, expected) => {
    const found = fromTorch(decode(expected.base64));
    expect(found.key).toBe(expected.key);
    expect(found.metadata).toEqual(expected.metadata);
    expect(found.ignored).toEqual(expected.ignored);
    expect([...found.tensors.keys()]).toEqual(expected.tensors.map(([name]) => name));
    for (const [name, dtype, shape, values] of expected.tensors) {
      const stored = found.tensors.get(name)!;
      expect([name, stored.dtype, [...stored.shape]]).toEqual([name, dtype, shape]);
      const exact = typeof stored.data[0] === 'bigint' ? BigInt : Number;
      expect(Array.from(stored.data as ArrayLike<number | bigint>)).toEqual(values.map((value) => exact(value)));
    }
  });

  it('gives two names of one view the same values, and a part of it its own', () => {
    const { tensors } = fromTorch(decode(files.ties!.base64));
    expect(tensors.get('a')!.data).toBe(tensors.get('b')!.data);
    expect(tensors.get('tail')!.data).not.toBe(tensors.get('a')!.data);
  });

  it('reads a Buffer of Node, from anywhere in its memory, and gives copies', () => {
    const file = decode(files.modules!.base64);
    const buffer = Buffer.concat([Buffer.alloc(3), file]).subarray(3);
    const before = fromTorch(file);
    const { tensors } = fromTorch(buffer);
    buffer.fill(0);
    expect(tensors).toEqual(before.tensors);
  });

  it('chooses between state dicts by key', () => {
    const two = decode(refused['two state dicts']!);
    expect(fromTorch(two, { key: 'ema' }).key).toBe('ema');
    expect(fromTorch(two, { key: 'ema' }).ignored).toEqual(['model']);
    expect(() => fromTorch(two, { key: 'net' })).toThrow('got "net"; it has "model", "ema"');
  });
});

describe('fromTorch names what it does not build', () => {
  const named: Readonly<Record<string, RegExp>> = {
    'a whole model':
      /"Linear" of the module "torch.nn.modules.linear"; save the weights alone: torch.save\(model\.state_dict/,
    'a class of the user': /"Unknown" of the module "experiment.config"/,
    'options of a program': /"Namespace" of the module "argparse"/,
    'a function': /"print" of the module "__builtin__"/,
    'a number of numpy': /"scalar" of the module "numpy.core.multiarray"/,
    'complex numbers': /"ComplexFloatStorage" of the module "torch"/,
    'a sparse tensor': /"_rebuild_sparse_tensor" of the module "torch._utils"/,
    'a set': /"set" of the module "__builtin__"/,
    'a device': /"device" of the module "torch"/,
    'a tensor alone': /got a tensor without a name where a state dict must stand/,
    'a list': /got a list where a state dict must stand/,
    'two state dicts': /must hold one state dict, got 2 \("model", "ema"\); choose one with \{ key \}/,
    'no state dict': /got a dictionary without a state dict \(its keys: "epoch"\)/,
    'tensors two levels down': /without a state dict \(its keys: "a"\)/,
    TorchScript: /a TorchScript archive, which torch.jit.load opens/,
  };
  const rest = Object.entries(refused).filter(([name]) => name !== 'the old format');

  it.each(rest)('%s', (name, file) => {
    expect(() => fromTorch(decode(file))).toThrow(named[name]!);
    expect(() => fromTorch(decode(file))).toThrow(expect.objectContaining({ code: 'unknown-name' }));
  });

  it('the format of PyTorch before 1.6', () => {
    const old = decode(refused['the old format']!);
    expect(() => fromTorch(old)).toThrow(/got the format of PyTorch before 1.6; open it there and save it again/);
    expect(() => fromTorch(old)).toThrow(expect.objectContaining({ code: 'malformed-file' }));
  });
});
