import { describe, expect, it } from 'vitest';
import { add, LayerNorm, Linear, relu, tensor } from '../../src/nn/index.js';
import { prefixed } from '../../src/nn/module.js';
import { fromSafetensors } from '../../src/nn/safetensors/from-safetensors.js';
import { toSafetensors } from '../../src/nn/safetensors/to-safetensors.js';
import { loadWeights } from '../../src/nn/weights/load-weights.js';
import fixture from './fixtures/safetensors.json' with { type: 'json' };

const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

describe('safetensors against an independent writer in Python', () => {
  const file = decode(fixture.model.base64);
  const expected = fixture.model.tensors as unknown as [string, number[], number[]][];

  it('reads names, shapes, values and metadata of a PyTorch module', () => {
    const { tensors, metadata } = fromSafetensors(file);
    expect([...tensors.keys()]).toEqual(expected.map(([name]) => name));
    for (const [name, shape, values] of expected) {
      const stored = tensors.get(name)!;
      expect(stored.dtype).toBe('F32');
      expect(stored.shape).toEqual(shape);
      expect([...(stored.data as Float32Array)]).toEqual(values);
    }
    expect(metadata).toEqual(fixture.model.metadata);
  });

  it('loads into our modules under the names of PyTorch, and they give what PyTorch gives', () => {
    const parts = { linear1: new Linear(3, 5), norm1: new LayerNorm(5), skip: new Linear(3, 5) };
    const last = new Linear(5, 2);
    const model = {
      namedParameters: () => [
        ...Object.entries(parts).flatMap(([name, part]) => prefixed(`0.${name}`, part)),
        ...prefixed('1', last),
      ],
    };
    loadWeights(model, file);
    const x = tensor(fixture.model.input);
    const output = last.forward(relu(add(parts.norm1.forward(parts.linear1.forward(x)), parts.skip.forward(x))));
    fixture.model.output.flat().forEach((value, p) => {
      expect(Math.abs(output.data[p]! - value)).toBeLessThan(1e-6);
    });
  });

  it('writes the same bytes', () => {
    const named = expected.map(([name, shape, data]) => [name, { data, shape }] as const);
    expect(toSafetensors(named, { metadata: fixture.model.metadata })).toEqual(file);
  });

  it('reads every type that the writer knows, unaligned tensors, scalars and empty tensors', () => {
    const { tensors } = fromSafetensors(decode(fixture.mixed.base64));
    const values = fixture.mixed.values as Record<string, string[]>;
    expect([...tensors.keys()].sort()).toEqual(Object.keys(values).sort());
    for (const [name, { data }] of tensors) {
      const read = Array.from(data as ArrayLike<number | bigint>);
      const wanted = values[name]!;
      if (name === 'long') expect(read).toEqual(wanted.map(BigInt));
      else if (name === 'flags') expect(read).toEqual(wanted.map((value) => (value === 'True' ? 1 : 0)));
      else expect(read).toEqual(wanted.map(Number));
    }
    expect(tensors.get('scalar')!.shape).toEqual([]);
    expect(tensors.get('nothing')!.shape).toEqual([0, 4]);
  });
});
