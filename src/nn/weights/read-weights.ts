import { InputError, show } from '../../core/errors.js';
import { isRecord } from '../../data/options.js';
import { fromSafetensors } from '../safetensors/from-safetensors.js';
import type { StoredTensor } from '../stored-tensor.js';
import { fromTorch } from '../torch/from-torch.js';

export interface WeightsOptions {
  /**
   * How names of the file begin, and how the model has it: `{ module: '', 'encoder.0': 'encoder.blocks.0' }`. Whole
   * parts between dots are compared, and the longest beginning counts; null leaves the tensors out. Default: as
   * they are.
   */
  readonly names?: Readonly<Record<string, string | null>> | undefined;
  /** Key of the state dict in a checkpoint of PyTorch that holds several. Default: the only one. */
  readonly key?: string | undefined;
}

export const WEIGHTS_OPTIONS = ['names', 'key'];

export type Tensors = ReadonlyMap<string, StoredTensor>;

function readNames(where: string, given: unknown): ReadonlyMap<string, string | null> {
  if (given === undefined) return new Map();
  if (!isRecord(given)) {
    throw new InputError('wrong-type', `${where}: names must be an object of text by text, got ${show(given)}`);
  }
  for (const [begin, name] of Object.entries(given)) {
    if (typeof name === 'string' || name === null) continue;
    throw new InputError(
      'wrong-type',
      `${where}: names must give a text or null for ${show(begin)}, got ${show(name)}`,
    );
  }
  return new Map(Object.entries(given as Record<string, string | null>));
}

/** The longest of these beginnings that the parts of a name between dots begin with. */
function beginOf(name: string, begins: readonly string[]): string | undefined {
  return begins
    .filter((begin) => begin === '' || name === begin || name.startsWith(`${begin}.`))
    .reduce<string | undefined>(
      (best, begin) => (best === undefined || begin.length > best.length ? begin : best),
      undefined,
    );
}

function renamed(
  where: string,
  tensors: Tensors,
  names: ReadonlyMap<string, string | null>,
): Map<string, StoredTensor> {
  const used = new Set<string>();
  const found = new Map<string, StoredTensor>();
  const cameFrom = new Map<string, string>();
  for (const [name, tensor] of tensors) {
    const begin = beginOf(name, [...names.keys()]);
    if (begin !== undefined) used.add(begin);
    const now = begin === undefined ? '' : names.get(begin)!;
    if (now === null) continue;
    const rest = begin === undefined || begin === '' ? name : name.slice(begin.length + 1);
    const whole = [now, rest].filter((part) => part !== '').join('.');
    if (found.has(whole)) {
      throw new InputError(
        'unknown-name',
        `${where}: names must lead to one tensor each, got ${show(whole)} for ${show(cameFrom.get(whole))} and ${show(name)}`,
      );
    }
    found.set(whole, tensor);
    cameFrom.set(whole, name);
  }
  const idle = [...names.keys()].find((begin) => !used.has(begin));
  if (idle !== undefined) {
    const some = [...tensors.keys()].slice(0, 8).join(', ');
    throw new InputError(
      'unknown-name',
      `${where}: names must begin names of the file, got ${show(idle)}; it has ${some}`,
    );
  }
  return found;
}

/** The ninth byte of a safetensors file: {. */
const OPENS_HEADER = 0x7b;
/** First bytes of zip archives, and of what is often taken for a file of PyTorch; fromTorch says what it is. */
const TORCH = [0x50, 0x80, 0x89, 0x76];

/** The tensors of a safetensors file, or of one that torch.save wrote, by the names of the model. */
export function readWeights(where: string, bytes: unknown, given: Readonly<Record<string, unknown>>): Tensors {
  if (!(bytes instanceof Uint8Array)) {
    throw new InputError('wrong-type', `${where}: needs the file as a Uint8Array, got ${show(bytes)}`);
  }
  const { key } = given;
  if (key !== undefined && typeof key !== 'string') {
    throw new InputError('wrong-type', `${where}: key must be a text, got ${show(key)}`);
  }
  const names = readNames(where, given.names);
  const isTorch = bytes[8] !== OPENS_HEADER && TORCH.includes(bytes[0] ?? 0);
  if (!isTorch && key !== undefined) {
    throw new InputError(
      'unknown-option',
      `${where}: key is for checkpoints of PyTorch, got ${show(key)} and another file; leave it out`,
    );
  }
  const { tensors } = isTorch ? fromTorch(bytes, { key }) : fromSafetensors(bytes);
  return names.size === 0 ? tensors : renamed(where, tensors, names);
}
