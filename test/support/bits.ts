import type { FlatMatrix } from '../../src/core/types.js';

/** A matrix with its numbers as text of their bytes: told apart to the last bit, in no time. */
export function bits({ data, rows, columns }: FlatMatrix & { readonly data: Float64Array }) {
  return { data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'), rows, columns };
}
