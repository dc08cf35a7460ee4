import { describe, expect, it } from 'vitest';
import { fromSafetensors } from '../../../src/nn/safetensors/from-safetensors.js';
import { toSafetensors } from '../../../src/nn/safetensors/to-safetensors.js';
import { type Tensor, tensor } from '../../../src/nn/tensor.js';
import { loadWeights } from '../../../src/nn/weights/load-weights.js';

function file(header: unknown, body = 0, length?: number): Uint8Array {
  const json = typeof header === 'string' ? header : JSON.stringify(header);
  const text = new TextEncoder().encode(json);
  const bytes = new Uint8Array(8 + text.length + body);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  bytes.set(text, 8);
  return bytes;
}

const f32 = (begin: number, end: number, shape: unknown = [(end - begin) / 4]) => ({
  dtype: 'F32',
  shape,
  data_offsets: [begin, end],
});

describe('fromSafetensors refuses', () => {
  const cases: [string, Uint8Array, RegExp][] = [
    ['a file shorter than the length', new Uint8Array(5), /at least 8 bytes, got 5/],
    ['a header longer than the file', file({}, 0, 3), /a header of 3 bytes and 2 left/],
    ['an absurd header length', file({}, 0, 2 ** 52), /at most 100000000 bytes, got 4503599627370496/],
    ['a header that is no JSON', file('{"a": }'), /must be JSON/],
    ['a header that is no object', file('[]'), /starts with \{/],
    ['bytes that are no UTF-8', file({}).fill(0xff, 9, 10), /must be JSON in UTF-8/],
    ['a tensor that is no object', file({ a: 3 }), /"a" must be an object, got 3/],
    ['an unknown dtype', file({ a: { ...f32(0, 4), dtype: 'F8' } }, 4), /dtype of "a" .*got "F8"/],
    ['a dtype named like a property of every object', file({ a: { ...f32(0, 4), dtype: 'toString' } }, 4), /dtype/],
    ['a negative extent', file({ a: f32(0, 4, [-1]) }, 4), /shape of "a" .*\[-1\]/],
    ['a shape that is no array', file({ a: f32(0, 4, 1) }, 4), /shape of "a"/],
    ['one offset', file({ a: { ...f32(0, 4), data_offsets: [0] } }, 4), /two non-negative integers, got \[0\]/],
    ['a size that is not the shape', file({ a: f32(0, 8, [3]) }, 8), /must take 12 bytes, got 8/],
    ['a hole', file({ a: f32(0, 4), b: f32(8, 12) }, 12), /"b" at byte 8, which leaves a hole before it \(4\)/],
    ['an overlap', file({ a: f32(0, 8), b: f32(4, 12) }, 12), /"b" at byte 4, which overlaps/],
    ['a truncated buffer', file({ a: f32(0, 8) }, 7), /must fill 8 bytes, got 7/],
    ['trailing bytes', file({ a: f32(0, 8) }, 9), /must fill 8 bytes, got 9/],
    ['metadata that is no string', file({ __metadata__: { epoch: 3 } }), /"epoch" must be a string, got 3/],
    ['metadata that is no object', file({ __metadata__: 'x' }), /must be an object of strings/],
  ];
  it.each(cases)('%s', (_title, bytes, message) => {
    expect(() => fromSafetensors(bytes)).toThrow(message);
    expect(() => fromSafetensors(bytes)).toThrow(expect.objectContaining({ code: 'malformed-file' }));
  });

  it('a type of the format that no array holds, without calling the file damaged', () => {
    const float8 = file({ a: { ...f32(0, 4), dtype: 'F8_E4M3' } }, 4);
    expect(() => fromSafetensors(float8)).toThrow(/got "F8_E4M3", which the format has .*; write the tensor as F32/);
    expect(() => fromSafetensors(float8)).toThrow(expect.objectContaining({ code: 'unknown-name' }));
    expect(() => fromSafetensors(float8)).not.toThrow('damaged');
  });

  it('what is no Uint8Array', () => {
    expect(() => fromSafetensors('model.safetensors' as never)).toThrow(
      expect.objectContaining({ code: 'wrong-type' }),
    );
  });
});

describe('toSafetensors', () => {
  it('keeps every bit with F64, rounds to float32 by default, and starts the data at a multiple of 8', () => {
    const values = [0.1, -1 / 3, 5e-324, 1.7976931348623157e308];
    const exact = fromSafetensors(toSafetensors([['a', { data: values, shape: [2, 2] }]], { dtype: 'F64' }));
    expect(exact.tensors.get('a')).toEqual({ dtype: 'F64', shape: [2, 2], data: Float64Array.from(values) });
    const bytes = toSafetensors([['b', { data: [0.1], shape: [1] }]]);
    expect(new DataView(bytes.buffer).getBigUint64(0, true) % 8n).toBe(0n);
    expect(fromSafetensors(bytes).tensors.get('b')!.data).toEqual(Float32Array.of(0.1));
  });

  it('keeps the order of names that look like integers', () => {
    const one = { data: [1], shape: [1] };
    const bytes = toSafetensors([
      ['b', one],
      ['1', one],
      ['0', { data: [2], shape: [1] }],
    ]);
    expect([...fromSafetensors(bytes).tensors.keys()]).toEqual(['b', '1', '0']);
  });

  it.each([
    ['not-finite', [['a', { data: [1, Number.NaN], shape: [2] }]], /NaN at element 1 of "a"/],
    ['not-finite', [['a', { data: [1e39], shape: [1] }]], /finite F32 number, got 1e\+39 .*'F64'/],
    ['length-mismatch', [['a', { data: [1], shape: [2] }]], /needs 2 values, got 1/],
    [
      'unknown-name',
      [
        ['a', { data: [1], shape: [1] }],
        ['a', { data: [1], shape: [1] }],
      ],
      /got "a"/,
    ],
    ['unknown-name', [['__metadata__', { data: [1], shape: [1] }]], /__metadata__/],
    ['wrong-type', [['a', 3]], /\[name, tensor\] pair/],
    ['wrong-type', [['a', { data: [1], shape: 1 }]], /must be a tensor/],
    ['wrong-type', 'weights', /got "weights"/],
    ['wrong-type', null, /got null/],
  ])('%s', (code, tensors, message) => {
    expect(() => toSafetensors(tensors as never)).toThrow(message as RegExp);
    expect(() => toSafetensors(tensors as never)).toThrow(expect.objectContaining({ code }));
  });
});

describe('loadWeights', () => {
  const model = (...named: [string, Tensor][]) => ({ namedParameters: () => named });

  it('copies into the parameters of the same names', () => {
    const target = model(['w', tensor([[0, 0]])], ['b', tensor([0])]);
    loadWeights(
      target,
      toSafetensors([
        ['b', tensor([3])],
        ['w', tensor([[1, 2]])],
      ]),
    );
    expect(target.namedParameters().map(([, parameter]) => [...parameter.data])).toEqual([[1, 2], [3]]);
  });

  it('names all that is missing and all that is extra, and changes nothing', () => {
    const target = model(['w', tensor([[0, 0]])], ['b', tensor([0])]);
    const bytes = toSafetensors([
      ['w', tensor([[1, 2]])],
      ['c', tensor([3])],
    ]);
    expect(() => loadWeights(target, bytes)).toThrow(/1 missing in the file \(b\) and 1 not in the model \(c\)/);
    expect(() => loadWeights(target, bytes)).toThrow(expect.objectContaining({ code: 'unknown-name' }));
    expect([...target.namedParameters()[0]![1].data]).toEqual([0, 0]);
  });

  it('names every wrong shape, and changes nothing', () => {
    const target = model(['w', tensor([0, 0])], ['b', tensor([0])], ['c', tensor([0])]);
    const bytes = toSafetensors([
      ['w', tensor([[1, 2]])],
      ['b', tensor([3, 4])],
      ['c', tensor([5])],
    ]);
    expect(() => loadWeights(target, bytes)).toThrow(/w \[1, 2\] for \[2\], b \[2\] for \[1\]$/);
    expect(() => loadWeights(target, bytes)).toThrow(expect.objectContaining({ code: 'shape-mismatch' }));
    expect([...target.namedParameters()[2]![1].data]).toEqual([0]);
  });

  it('refuses weights that are not finite', () => {
    const bytes = toSafetensors([['w', tensor([1, 2])]], { dtype: 'F64' });
    new DataView(bytes.buffer).setFloat64(bytes.length - 8, Number.NaN, true);
    const target = model(['w', tensor([0, 0])]);
    expect(() => loadWeights(target, bytes)).toThrow(/NaN at element 1 of w/);
    expect([...target.namedParameters()[0]![1].data]).toEqual([0, 0]);
  });
});
