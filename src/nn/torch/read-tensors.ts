import { show } from '../../core/errors.js';
import { showShape, sizeOf } from '../shape.js';
import { DTYPES, type Dtype, type StoredTensor, type TensorData } from '../stored-tensor.js';
import { malformed } from './torch-error.js';
import type { Storage, TensorView } from './values.js';

/** Values take at most so many times the bytes of the file, and small files so many bytes: repeated rows are legal. */
const MOST_TIMES = 8;
const ALWAYS = 2 ** 20;

/** Elements of a view in the order of its shape. Axes of one element are left out, so that few remain. */
function gather(data: TensorData, { offset, shape, strides }: TensorView, count: number): TensorData {
  const axes = shape.flatMap((extent, axis) => (extent === 1 ? [] : [{ extent, stride: strides[axis]! }]));
  const out = new (data.constructor as new (length: number) => TensorData)(count);
  const place = new Array<number>(axes.length).fill(0);
  let from = offset;
  for (let p = 0; p < count; p++) {
    out[p] = data[from]!;
    for (let axis = axes.length - 1; axis >= 0; axis--) {
      const { extent, stride } = axes[axis]!;
      from += stride;
      place[axis]!++;
      if (place[axis]! < extent) break;
      from -= extent * stride;
      place[axis] = 0;
    }
  }
  return out;
}

/** Whether the elements stand one after the other in the order of the shape. */
function isContiguous({ shape, strides }: TensorView): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis]!;
  }
  return true;
}

/** Reads the values of views; two names of one view share their values. `part` gives the bytes of a storage. */
export function tensorReader(part: (key: string) => Uint8Array | undefined, fileSize: number) {
  const storages = new Map<string, TensorData>();
  const views = new Map<string, StoredTensor>();
  const most = MOST_TIMES * fileSize + ALWAYS;
  let taken = 0;
  const take = (name: string, elements: number, dtype: Dtype) => {
    taken += elements * Math.max(DTYPES[dtype].bytes, 4);
    if (taken > most) {
      throw malformed(
        `the tensors must take at most ${MOST_TIMES} times the ${fileSize} bytes of the file, got more at ${show(name)}`,
      );
    }
  };

  const storageOf = (name: string, storage: Storage, dtype: Dtype): TensorData => {
    const { key, length } = storage;
    const id = `${dtype} ${key}`;
    const known = storages.get(id);
    if (known !== undefined) return known;
    const bytes = part(key);
    const needed = storage.dtype === null ? length : length * DTYPES[storage.dtype].bytes;
    if (bytes?.length !== needed) {
      throw malformed(
        `the storage ${show(key)} of ${show(name)} must have ${needed} bytes, got ${bytes?.length ?? 'none'}`,
      );
    }
    const whole = Math.floor(needed / DTYPES[dtype].bytes);
    take(name, whole, dtype);
    const copy = bytes.slice(0, whole * DTYPES[dtype].bytes);
    const data = DTYPES[dtype].read(copy.buffer);
    storages.set(id, data);
    return data;
  };

  return (name: string, view: TensorView): StoredTensor => {
    const { storage, dtype, offset, shape, strides } = view;
    const id = `${dtype} ${offset} ${shape} ${strides} ${storage.key}`;
    const known = views.get(id);
    if (known !== undefined) return known;
    const data = storageOf(name, storage, dtype);
    const count = sizeOf(shape);
    const last = shape.reduce((at, extent, axis) => at + (extent - 1) * strides[axis]!, offset);
    if (count > 0 && !(last < data.length)) {
      throw malformed(
        `${show(name)} of shape ${showShape(shape)} must lie within its storage of ${data.length} elements, got element ${last}`,
      );
    }
    const whole = isContiguous(view) && offset === 0 && count === data.length;
    if (!whole) take(name, count, dtype);
    const found = {
      dtype,
      shape,
      data: whole ? data : isContiguous(view) ? data.slice(offset, offset + count) : gather(data, view, count),
    };
    views.set(id, found);
    return found;
  };
}
