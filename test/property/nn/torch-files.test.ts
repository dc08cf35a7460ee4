import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClusterlensError } from '../../../src/core/errors.js';
import { fromTorch } from '../../../src/nn/torch/from-torch.js';
import { fixture } from '../../support/fixture.js';
import { withoutSums } from '../../support/torch-archive.js';

const { files, refused } = fixture<{
  files: Record<string, { base64: string }>;
  refused: Record<string, string>;
}>('torch-files');
const decode = (text: string) => new Uint8Array(Buffer.from(text, 'base64'));

/** Real files, with their check sums and without, so that changes reach the pickle and the tensors. */
const SOUND = [...Object.values(files).map(({ base64 }) => base64), ...Object.values(refused)]
  .map(decode)
  .flatMap((file) => [file, withoutSums(file)]);

/** Bytes that mean something: codes of pickles, signs of zip archives, the ends of the range of numbers. */
const TELLING = [
  ...new TextEncoder().encode('.()RQbcstuaeXKMJhqjr}]tPK012'),
  0,
  1,
  2,
  5,
  6,
  7,
  127,
  128,
  255,
  0x85,
  0x86,
  0x8a,
];

const byte = fc.oneof(fc.nat(255), fc.constantFrom(...TELLING));
const damaged = fc.constantFrom(...SOUND).chain((sound) => {
  const place = fc.nat(sound.length - 1);
  return fc.oneof(
    {
      weight: 8,
      arbitrary: fc.array(fc.tuple(place, byte), { minLength: 1, maxLength: 6 }).map((changes) => {
        const copy = sound.slice();
        for (const [at, value] of changes) copy[at] = value;
        return copy;
      }),
    },
    {
      weight: 2,
      arbitrary: fc
        .tuple(place, place, fc.nat(64))
        .map(([from, to, length]) => sound.slice().copyWithin(to, from, from + length)),
    },
    { weight: 1, arbitrary: place.map((end) => sound.subarray(0, end)) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 64 }) },
  );
});

describe('a damaged file of PyTorch', () => {
  it('gives sound tensors no larger than the file allows, or a typed error', () => {
    fc.assert(
      fc.property(damaged, (file) => {
        let found: ReturnType<typeof fromTorch>;
        try {
          found = fromTorch(file);
        } catch (error) {
          if (!(error instanceof ClusterlensError)) throw error;
          expect(error.message).toMatch(/^fromTorch: /);
          return;
        }
        const buffers = new Set<ArrayBufferLike>();
        for (const { shape, data } of found.tensors.values()) {
          expect(data.length).toBe(shape.reduce((product, extent) => product * extent, 1));
          buffers.add(data.buffer);
        }
        const taken = [...buffers].reduce((sum, { byteLength }) => sum + byteLength, 0);
        expect(taken).toBeLessThanOrEqual(8 * file.length + 2 ** 20);
      }),
      { numRuns: 3000 },
    );
  });
});
