import { describe, expect, it } from 'vitest';
import { fromTorch } from '../../../src/nn/torch/from-torch.js';
import { fixture } from '../../support/fixture.js';
import { joined, step, torchArchive, withoutSums } from '../../support/torch-archive.js';

const numbers = (...values: number[]) => new Uint8Array(Float32Array.from(values).buffer);
const six = { 0: numbers(1, 2, 3, 4, 5, 6) };
const storage = step.storage('FloatStorage', '0', 6);
const oneTensor = (given: Parameters<typeof step.tensor>[1], stored = storage) =>
  step.entry('w', step.tensor(stored, given));
const valuesOf = (file: Uint8Array) => [...(fromTorch(file).tensors.get('w')!.data as Float32Array)];

/** The code of the error; 'read' where there is none. */
function outcome(file: Uint8Array): string {
  try {
    fromTorch(file);
    return 'read';
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('fromTorch', () => {
  it('reads an archive of another writer', () => {
    const file = torchArchive(oneTensor({ offset: 1, shape: [2, 2], strides: [1, 2] }), six);
    expect(valuesOf(file)).toEqual([2, 4, 3, 5]);
  });

  it('reads bytes without a type by the type that the tensor names, as newer versions write them', () => {
    const bytes = step.storage('UntypedStorage', '0', 4);
    const program = step.entry(
      'w',
      joined(
        step.name('torch._utils', '_rebuild_tensor_v3'),
        step.tuple(
          bytes,
          step.count(0),
          step.tuple(step.count(2)),
          step.tuple(step.count(1)),
          Uint8Array.of(0x89),
          joined('N'),
          step.name('torch', 'uint16'),
        ),
        'R',
      ),
    );
    const { dtype, data } = fromTorch(torchArchive(program, { 0: Uint8Array.of(1, 0, 0, 255) })).tensors.get('w')!;
    expect([dtype, ...data]).toEqual(['U16', 1, 65280]);
  });

  it('reads whole numbers of any size, exact, and their sign', () => {
    const long = (...bytes: number[]) => joined(0x8a, bytes.length, Uint8Array.from(bytes));
    const program = joined(
      oneTensor({ shape: [6], strides: [1] }),
      ...[long(), long(0xff), long(0, 0, 0, 0, 0, 0xff), long(0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0)].map(
        (number, i) => joined(step.text(`n${i}`), number, 's'),
      ),
    );
    const { metadata } = fromTorch(torchArchive(program, six));
    expect(metadata).toEqual({ n0: 0, n1: -1, n2: -(2 ** 40), n3: 2n ** 64n - 1n });
  });

  it('does not make names of the file properties of an object', () => {
    const program = joined(oneTensor({ shape: [6], strides: [1] }), step.text('__proto__'), step.count(1), 's');
    const { metadata } = fromTorch(torchArchive(program, six));
    expect(Object.getPrototypeOf(metadata)).toBe(Object.prototype);
    expect(Object.keys(metadata)).toEqual(['__proto__']);
  });

  it('compares check sums where they were written', () => {
    const file = torchArchive(oneTensor({ shape: [6], strides: [1] }), six);
    // The first value of the storage, 1, is 00 00 80 3f; 0x3f stands nowhere else.
    const at = file.indexOf(0x3f) - 1;
    const changed = (bytes: Uint8Array) => {
      const copy = bytes.slice();
      copy[at] = 0x81;
      return copy;
    };
    expect(() => fromTorch(changed(file))).toThrow(/"archive\/data\/0" must have the check sum that was written/);
    expect(valuesOf(changed(withoutSums(file)))[0]).not.toBe(1);
  });

  const damaged: readonly (readonly [string, Uint8Array, RegExp])[] = [
    ['nothing', new Uint8Array(0), /must be a zip archive, got 0 bytes/],
    ['text', joined('hello world'), /must be a zip archive, got 11 bytes that begin with "hello wo"/],
    ['safetensors', joined(2, 0, 0, 0, 0, 0, 0, 0, '{}'), /got a safetensors file; read it by fromSafetensors/],
    ['a pointer', joined('version https://git-lfs.github.com/spec/v1'), /a pointer of Git LFS/],
    ['a pickle', joined(0x80, 2, 'N.'), /got a pickle without an archive/],
    ['the begin only', joined('PK', 3, 4), /the list of parts at the end/],
    ['no data.pkl', torchArchive(joined('N')).map((byte) => (byte === 112 ? 113 : byte)), /one data.pkl .* got 0/],
    [
      'a storage that is missing',
      torchArchive(oneTensor({ shape: [6], strides: [1] })),
      /"0" of "w" must have 24 bytes, got none/,
    ],
    [
      'a storage that is short',
      torchArchive(oneTensor({ shape: [6], strides: [1] }), { 0: numbers(1) }),
      /24 bytes, got 4/,
    ],
    [
      'a tensor beyond its storage',
      torchArchive(oneTensor({ shape: [6], strides: [1], offset: 1 }), six),
      /within its storage of 6 elements, got element 6/,
    ],
    ['a stride beyond its storage', torchArchive(oneTensor({ shape: [2, 2], strides: [5, 1] }), six), /got element 6/],
    [
      'a negative stride',
      torchArchive(oneTensor({ shape: [2], strides: [-1] }), six),
      /strides of a tensor must be whole numbers from 0/,
    ],
    ['a negative extent', torchArchive(oneTensor({ shape: [-2], strides: [1] }), six), /shape of a tensor must be/],
    ['a negative offset', torchArchive(oneTensor({ shape: [1], strides: [1], offset: -1 }), six), /offset of a tensor/],
    [
      'strides of another rank',
      torchArchive(oneTensor({ shape: [2], strides: [] }), six),
      /one stride for each axis, got 0 for 1/,
    ],
    [
      'rows repeated without end',
      torchArchive(oneTensor({ shape: [2 ** 30], strides: [0] }), six),
      /at most 8 times the \d+ bytes of the file/,
    ],
    [
      'rows repeated on many axes',
      torchArchive(oneTensor({ shape: Array(40).fill(2 ** 30), strides: Array(40).fill(0) }), six),
      /at most 8 times/,
    ],
    [
      'a storage that names no length',
      torchArchive(oneTensor({ shape: [1], strides: [1] }, step.storage('FloatStorage', '0', -1)), six),
      /a key and a length/,
    ],
    ['a call of a type', torchArchive(joined(step.name('torch', 'float32'), ')R')), /must not call torch.float32/],
    ['an empty stack', torchArchive(joined('0')), /empty stack/],
    ['no mark', torchArchive(joined('t')), /must set a mark/],
    ['a mark as a value', torchArchive(joined('(')), /must not take a mark/],
    ['a memo that was not made', torchArchive(joined('h', 3)), /got number 3/],
    ['an unknown code', torchArchive(joined(0xff)), /known operation codes, got 0xff at byte 2/],
    ['a list as a dictionary', torchArchive(joined(']', step.text('a'), 'Ns')), /pairs of key and value/],
    ['a tuple that grows', torchArchive(joined(')Na')), /append to a list only/],
    ['attributes of a list', torchArchive(joined(']Nb')), /attributes to a dictionary only/],
    ['text longer than the file', torchArchive(joined('X', 255, 255, 255, 127)), /must end with STOP/],
    ['a name without end', torchArchive(joined('cos')), /must end with its line/],
    ['text that is no UTF-8', torchArchive(joined('X', 1, 0, 0, 0, 0xff)), /must be UTF-8/],
    ['a reference to no storage', torchArchive(joined('NQ')), /must be to a storage, got null/],
  ];
  it.each(damaged)('says what is wrong with %s', (_name, file, message) => {
    expect(() => fromTorch(file)).toThrow(message);
    expect(() => fromTorch(file)).toThrow(expect.objectContaining({ code: 'malformed-file' }));
  });

  it.each([
    [
      'a function of the system',
      torchArchive(joined(step.name('os', 'system'), step.tuple(step.text('ls')), 'R')),
      /"system" of the module "os"/,
    ],
    ['a name of every object', torchArchive(step.name('', 'constructor')), /"constructor" of the module ""/],
    [
      'arguments of an OrderedDict',
      torchArchive(joined(step.name('collections', 'OrderedDict'), step.tuple(joined(']')), 'R')),
      /OrderedDict made of 1 arguments/,
    ],
    ['a set', torchArchive(joined(0x8f)), /got a set;/],
    [
      'compressed parts',
      torchArchive(oneTensor({ shape: [600], strides: [1] }), { 0: new Uint8Array(2400) }, { level: 6 }),
      /compressed \(method 8\)/,
    ],
    [
      'the other byte order',
      torchArchive(joined('N'), {}, { parts: { 'archive/byteorder': joined('big') } }),
      /byte order "big"/,
    ],
  ])('refuses %s', (_name, file, message) => {
    expect(() => fromTorch(file)).toThrow(message);
    expect(() => fromTorch(file)).toThrow(expect.objectContaining({ code: 'unknown-name' }));
  });

  it('makes no more lists than any checkpoint has', () => {
    const file = torchArchive(new Uint8Array(2 ** 20 + 1).fill(0x7d));
    expect(() => fromTorch(file)).toThrow('at most 1048576 lists, tuples and dictionaries');
  });

  it('refuses a file cut anywhere', () => {
    const { base64 } = fixture<{ files: Record<string, { base64: string }> }>('torch-files').files.ties!;
    const file = new Uint8Array(Buffer.from(base64, 'base64'));
    for (let end = 0; end < file.length; end++) {
      expect(outcome(file.subarray(0, end))).toBe('malformed-file');
    }
  });
});
