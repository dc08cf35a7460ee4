import { describe, expect, it } from 'vitest';
import { readLz4Frame } from '../../../src/read/lz4.js';

const frame = (...blocks: number[][]) =>
  Uint8Array.from([0x04, 0x22, 0x4d, 0x18, 0x40, 0x40, 0xc0, ...blocks.flat(), 0, 0, 0, 0]);
const block = (...bytes: number[]) => [bytes.length, 0, 0, 0, ...bytes];

describe('a frame of LZ4', () => {
  it('has literals, copies that overlap themselves, and copies of an earlier block', () => {
    const first = block(0x11, 97, 1, 0); // 'a', then 5 times from 1 back
    const second = block(0x22, 98, 99, 8, 0, 0x10, 100); // 'bc', 6 from 8 back, 'd'
    expect(new TextDecoder().decode(readLz4Frame(frame(first, second)))).toBe('aaaaaabcaaaaaad');
    expect(Array.from(readLz4Frame(frame([2, 0, 0, 0x80, 7, 8])))).toEqual([7, 8]);
  });

  it.each([
    ['no frame', Uint8Array.of(1, 2, 3)],
    ['cut short', frame(block(0x11, 97, 1, 0)).slice(0, 12)],
    ['a copy of what is not there', frame(block(0x11, 97, 2, 0))],
    ['cut short', frame(block(0xf0, 255, 255))],
  ])('that is damaged is an error: %s', (message, bytes) => {
    expect(() => readLz4Frame(bytes)).toThrow(message);
  });
});
