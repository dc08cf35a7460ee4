type TypedArray = Float64Array | Int32Array | Uint8Array;

/** Places in the shared memory are multiples of this many bytes. */
const ALIGNMENT = 8;

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** The same data with each typed array replaced. */
function replaced(value: unknown, replace: (array: TypedArray) => TypedArray): unknown {
  if (ArrayBuffer.isView(value)) return replace(value as TypedArray);
  if (Array.isArray(value)) return value.map((item) => replaced(item, replace));
  if (!isPlain(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, replace)]));
}

/**
 * A copy of plain data whose typed arrays lie in one memory that threads share, so that posting it
 * copies no numbers. Where memory cannot be shared (pages that are not cross-origin isolated), the
 * data itself: each thread then gets a copy.
 */
export function share<T>(data: T): T {
  const { crossOriginIsolated } = globalThis as { crossOriginIsolated?: boolean };
  if (typeof SharedArrayBuffer !== 'function' || crossOriginIsolated === false) return data;
  let bytes = 0;
  replaced(data, (array) => {
    bytes += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
    return array;
  });
  const memory = new SharedArrayBuffer(bytes);
  let at = 0;
  return replaced(data, (array) => {
    const Class = array.constructor as new (memory: SharedArrayBuffer, at: number, length: number) => TypedArray;
    const copy = new Class(memory, at, array.length);
    copy.set(array);
    at += Math.ceil(array.byteLength / ALIGNMENT) * ALIGNMENT;
    return copy;
  }) as T;
}
