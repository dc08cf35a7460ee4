import { InputError, ShapeError, show } from '../../core/errors.js';
import { checkOptions, nothingMore, oneOf } from '../../data/options.js';
import type { Module } from '../module.js';
import { Tensor } from '../tensor.js';

/** Anything with values and a shape: a Tensor, or plain numbers. */
export interface Storable {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
}

/** Named tensors: pairs, a Map, or a module with its parameters and buffers. `I64`: whole numbers, stored so. */
export type NamedStorable =
  | Iterable<readonly [name: string, tensor: Storable, kind?: 'I64']>
  | Pick<Module, 'namedParameters' | 'namedBuffers'>;

export interface ToSafetensorsOptions {
  /** F32 is what other programs expect; F64 keeps every bit. Default F32. */
  readonly dtype?: 'F32' | 'F64' | undefined;
  /** Strings by key, kept in the header. */
  readonly metadata?: Readonly<Record<string, string>> | undefined;
}

const WHERE = 'toSafetensors';

/** By name, and the names of those that are stored as 64-bit integers. */
function readNamed(source: unknown) {
  const loose = (typeof source === 'object' && source !== null ? source : {}) as Partial<
    Module & Iterable<readonly [string, Storable]>
  >;
  const list =
    typeof loose.namedParameters === 'function'
      ? [...loose.namedParameters(), ...(loose.namedBuffers?.() ?? [])]
      : source;
  if (
    typeof (list as Partial<Iterable<unknown>> | null)?.[Symbol.iterator] !== 'function' ||
    typeof list === 'string'
  ) {
    throw new InputError('wrong-type', `${WHERE}: needs a module or [name, tensor] pairs, got ${show(source)}`);
  }
  const named = new Map<string, Storable>();
  const integers = new Set<string>();
  for (const pair of list as Iterable<unknown>) {
    const [name, stored, kind] = Array.isArray(pair) ? pair : [];
    if (typeof name !== 'string' || typeof stored !== 'object' || stored === null) {
      throw new InputError('wrong-type', `${WHERE}: every entry must be a [name, tensor] pair, got ${show(pair)}`);
    }
    if (name === '__metadata__' || named.has(name)) {
      throw new InputError('unknown-name', `${WHERE}: names must differ and not be '__metadata__', got ${show(name)}`);
    }
    checkStorable(name, stored as Partial<Storable>);
    named.set(name, stored as Storable);
    if (kind === 'I64') integers.add(name);
  }
  return { all: named, integers };
}

function checkStorable(name: string, { data, shape }: Partial<Storable>): void {
  const extents = Array.isArray(shape) && shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0);
  if (!extents || typeof data !== 'object' || data === null || !Number.isSafeInteger(data.length)) {
    throw new InputError(
      'wrong-type',
      `${WHERE}: ${show(name)} must be a tensor { data, shape }, got data ${show(data)}`,
    );
  }
  const size = shape!.reduce((product, extent) => product * extent, 1);
  if (data.length !== size) {
    throw new ShapeError(
      'length-mismatch',
      `${WHERE}: ${show(name)} of shape [${shape!.join(', ')}] needs ${size} values, got ${data.length}`,
    );
  }
}

function wholeNumbers(name: string, data: ArrayLike<number>): bigint[] {
  return Array.from(data, (value, p) => {
    if (Number.isSafeInteger(value)) return BigInt(value);
    throw new InputError(
      'out-of-range',
      `${WHERE}: ${show(name)} must hold whole numbers, got ${show(value)} at element ${p}`,
    );
  });
}

/** Each tensor under its first name, and that name for each of its other ones. */
function writtenOnce(all: ReadonlyMap<string, Storable>) {
  const first = new Map<Storable, string>();
  const named = new Map<string, Storable>();
  const aliases: [string, string][] = [];
  for (const [name, stored] of all) {
    const known = stored instanceof Tensor ? first.get(stored) : undefined;
    if (known !== undefined) aliases.push([name, known]);
    else {
      named.set(name, stored);
      first.set(stored, name);
    }
  }
  return { named, aliases };
}

function readMetadata(value: unknown): Record<string, string> | undefined {
  if (value === undefined) return undefined;
  const entries = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : null;
  if (entries?.every(([, entry]) => typeof entry === 'string')) return Object.fromEntries(entries);
  throw new InputError('wrong-type', `${WHERE}: metadata must be an object of strings, got ${show(value)}`);
}

/**
 * Writes named tensors, or the parameters of a module under their PyTorch names, as a safetensors
 * file, which PyTorch users load with `safetensors.torch.load_file`. Tensors stand in the given
 * order, 64-bit integers before the others; the same input gives the same bytes. Of a module the
 * buffers are written too. A tensor under several names is written once, under the
 * first; the metadata gives the first name for each other one, as PyTorch's
 * `safetensors.torch.save_model` does.
 *
 * @throws InputError not-finite for a value that is no finite number or that F32 cannot hold, with
 *   name and position; wrong-type; unknown-name for a name given twice; ShapeError length-mismatch.
 *
 * @example
 * import { fromSafetensors, Linear, toSafetensors } from 'clusterlens/nn';
 * const bytes = toSafetensors(new Linear(2, 1, { seed: 0 }), { metadata: { made: 'by hand' } });
 * const { tensors, metadata } = fromSafetensors(bytes);
 * console.log([...tensors.keys()], metadata); // [ 'weight', 'bias' ] { made: 'by hand' }
 */
export function toSafetensors(tensors: NamedStorable, options?: ToSafetensorsOptions, ...more: []): Uint8Array {
  nothingMore('toSafetensors', more, [tensors, options]);
  const given = checkOptions(WHERE, options, ['dtype', 'metadata']);
  const dtype = oneOf(WHERE, 'dtype', given.dtype, ['F32', 'F64'], 'F32');
  const { all, integers } = readNamed(tensors);
  const { named, aliases } = writtenOnce(all);
  // First, so that each number lies at a multiple of its size.
  const ordered = [...named].sort(([a], [b]) => Number(integers.has(b)) - Number(integers.has(a)));
  const own = readMetadata(given.metadata);
  const metadata = aliases.length === 0 ? own : { ...own, ...Object.fromEntries(aliases) };
  const width = dtype === 'F32' ? 4 : 8;
  const header: [string, unknown][] = metadata === undefined ? [] : [['__metadata__', metadata]];
  let offset = 0;
  for (const [name, { data, shape }] of ordered) {
    const end = offset + data.length * (integers.has(name) ? 8 : width);
    header.push([name, { dtype: integers.has(name) ? 'I64' : dtype, shape, data_offsets: [offset, end] }]);
    offset = end;
  }
  // Pair by pair: an object would put names that look like integers first.
  const text = `{${header.map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`).join(',')}}`;
  const json = new TextEncoder().encode(text);
  const padded = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded + offset).fill(0x20, 8 + json.length, 8 + padded);
  bytes.set(json, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  let start = 8 + padded;
  for (const [name, { data }] of ordered) {
    if (!integers.has(name)) continue;
    new BigInt64Array(bytes.buffer, start, data.length).set(wholeNumbers(name, data));
    start += 8 * data.length;
  }
  const values = dtype === 'F32' ? new Float32Array(bytes.buffer, start) : new Float64Array(bytes.buffer, start);
  let filled = 0;
  for (const [name, { data }] of ordered) {
    if (integers.has(name)) continue;
    for (let p = 0; p < data.length; p++) {
      values[filled] = data[p]!;
      if (!Number.isFinite(values[filled]!)) {
        const remedy = Number.isFinite(data[p]) ? `; use dtype 'F64'` : '';
        throw new InputError(
          'not-finite',
          `${WHERE}: every value must be a finite ${dtype} number, got ${show(data[p])} at element ${p} of ${show(name)}${remedy}`,
        );
      }
      filled++;
    }
  }
  return bytes;
}
