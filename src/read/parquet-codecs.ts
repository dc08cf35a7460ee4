import { type Compressors, snappyUncompress } from 'hyparquet';
import { decompressBrotli, gunzip } from 'hyparquet-compressors';
import { readLz4Block, readLz4Hadoop } from './lz4.js';
import { requireZstdWindow } from './zstd.js';
import { unzstd } from './zstd-decoder.js';

/** A page is some MiB long. What claims more is refused before room is made for it. */
const LARGEST_PAGE = 2 ** 28;

function bounded(decompress: (input: Uint8Array, length: number) => Uint8Array, ratio: number) {
  return (input: Uint8Array, length: number): Uint8Array => {
    if (!(length >= 0 && length <= LARGEST_PAGE && length <= 64 + input.length * ratio)) {
      throw new Error(`a page of ${input.length} bytes that claims to hold ${length}`);
    }
    return decompress(input, length);
  };
}

/** How the pages of a Parquet file are decompressed, with how many times its own length each codec can yield. */
export const codecs: Compressors = {
  SNAPPY: bounded((input, length) => {
    const output = new Uint8Array(length);
    snappyUncompress(input, output);
    return output;
  }, 64),
  GZIP: bounded((input, length) => gunzip(input, new Uint8Array(length)), 1032),
  BROTLI: bounded((input, length) => decompressBrotli(input, length), 2 ** 20),
  ZSTD: bounded((input, length) => {
    requireZstdWindow(input);
    return unzstd(input, length);
  }, 2 ** 17),
  LZ4: bounded(readLz4Hadoop, 255),
  LZ4_RAW: bounded(readLz4Block, 255),
};
