import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadZstd, unzstd, ZstdStream } from '../../../src/read/zstd-decoder.js';

beforeAll(loadZstd);

const seed = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../golden/fixtures/read/${name}`, import.meta.url)));

/** A frame with a window of 128 KiB of blocks that repeat one byte (RFC 8878, 3.1.1.2), of these lengths. */
function repeating(...lengths: number[]): Uint8Array {
  const blocks = lengths.flatMap((length, i) => {
    const header = (length << 3) | 2 | (i === lengths.length - 1 ? 1 : 0);
    return [header & 255, (header >> 8) & 255, header >> 16, 65 + i];
  });
  return Uint8Array.from([0x28, 0xb5, 0x2f, 0xfd, 0, 7 << 3, ...blocks]);
}

describe('Zstandard', () => {
  it('fills its buffer within a block and goes on behind it, frame after frame', () => {
    const lengths = [100_000, 131_072, 90_000];
    const frames = Uint8Array.from([...repeating(...lengths), ...repeating(5, 6)]);
    const text = new TextDecoder().decode(unzstd(frames, 400_000));
    const expected = `${'A'.repeat(100_000)}${'B'.repeat(131_072)}${'C'.repeat(90_000)}AAAAABBBBBB`;
    expect(text === expected).toBe(true);
    const bytewise = new ZstdStream();
    let length = 0;
    for (const byte of frames) for (const piece of bytewise.decoded(Uint8Array.of(byte))) length += piece.length;
    bytewise.finish();
    bytewise.free();
    expect(length).toBe(expected.length);
  });

  it('refuses a frame that is cut short anywhere', () => {
    const sound = seed('last.csv.zst');
    for (let length = 1; length < sound.length; length++) {
      expect(() => unzstd(sound.slice(0, length), 10_000), `${length} bytes`).toThrow('a frame that is cut short');
    }
    expect(new TextDecoder().decode(unzstd(sound, 10_000))).toBe(new TextDecoder().decode(seed('last.csv')));
  });

  it('refuses what holds more than it may, damaged blocks, other bytes behind it and a large window', () => {
    expect(() => unzstd(repeating(...new Array(1000).fill(131_072)), 10_000)).toThrow('holds more than 10000 bytes');
    const damaged = repeating(5);
    damaged[6]! |= 6; // a kind of block that there is not
    expect(() => unzstd(damaged, 10)).toThrow('damaged data');
    expect(() => unzstd(Uint8Array.from([...repeating(5), 1, 2, 3, 4, 5]), 10)).toThrow('begin no frame');
    const wide = Uint8Array.from([...repeating(5), ...repeating(5)]);
    wide[15] = 20 << 3;
    expect(() => unzstd(wide, 10)).toThrow('a window that is too large');
  });

  it('keeps no memory of frames that were refused', () => {
    const damaged = repeating(131_072, 5);
    damaged[10]! |= 6;
    for (let i = 0; i < 3000; i++) expect(() => unzstd(damaged, 2 ** 20)).toThrow('damaged data');
  });
});
