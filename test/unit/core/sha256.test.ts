import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { plainSha256, sha256 } from '../../../src/core/sha256.js';

describe('sha256', () => {
  it('has the values of FIPS 180-4', () => {
    const of = (text: string) => plainSha256(new TextEncoder().encode(text));
    expect(of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(of('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  });

  it('is that of Node for every length around a block, and within a larger buffer', () => {
    const bytes = Uint8Array.from({ length: 300 }, (_, i) => (i * 37 + 11) % 256);
    for (let length = 0; length <= 200; length++) {
      const part = bytes.subarray(7, 7 + length);
      expect(plainSha256(part)).toBe(createHash('sha256').update(part).digest('hex'));
      expect(sha256(part)).toBe(plainSha256(part));
    }
  });
});
