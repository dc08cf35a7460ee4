import { InputError, show } from '../../core/errors.js';
import { refused } from './torch-error.js';
import { Dictionary, TensorView } from './values.js';

/** A number, a text or a truth value that stands beside the weights. */
export type TorchScalar = number | bigint | string | boolean | null;

export interface FoundStateDict {
  readonly key: string | null;
  readonly tensors: ReadonlyMap<string, TensorView>;
  readonly metadata: Readonly<Record<string, TorchScalar>>;
  readonly ignored: readonly string[];
}

type Entries = ReadonlyMap<unknown, unknown>;

const isScalar = (value: unknown): value is TorchScalar =>
  value === null || ['number', 'bigint', 'string', 'boolean'].includes(typeof value);

function tensorsOf(entries: Entries): Map<string, TensorView> {
  return new Map(
    [...entries].filter(
      (entry): entry is [string, TensorView] => typeof entry[0] === 'string' && entry[1] instanceof TensorView,
    ),
  );
}

/** Whether it is tensors by name, and nothing else. */
function isStateDict(entries: Entries): boolean {
  return entries.size > 0 && tensorsOf(entries).size === entries.size;
}

/** The key of the state dict in a checkpoint; null where the file is one. */
function keyOf(dicts: ReadonlyMap<string, Entries>, whole: Entries, wanted: string | undefined): string | null {
  const keys = [...dicts.keys()];
  const named = keys.map((key) => show(key)).join(', ');
  if (wanted !== undefined) {
    if (dicts.has(wanted)) return wanted;
    const has = keys.length === 0 ? 'holds none beneath a key' : `has ${named}`;
    throw new InputError(
      'unknown-name',
      `fromTorch: key must name a state dict of the file, got ${show(wanted)}; it ${has}`,
    );
  }
  if (keys.length > 1) {
    throw new InputError(
      'unknown-name',
      `fromTorch: the file must hold one state dict, got ${keys.length} (${named}); choose one with { key }`,
    );
  }
  if (keys.length === 1) return keys[0]!;
  if (tensorsOf(whole).size > 0) return null;
  const held = [...whole.keys()]
    .slice(0, 8)
    .map((key) => show(key))
    .join(', ');
  throw refused(`a dictionary without a state dict (its keys: ${held || 'none'})`);
}

/**
 * The state dict of what a file holds: the dictionary itself, or the one entry of it that is tensors by
 * name and nothing else.
 */
export function findStateDict(content: unknown, wanted: string | undefined): FoundStateDict {
  if (!(content instanceof Dictionary)) {
    const what =
      content instanceof TensorView ? 'a tensor without a name' : Array.isArray(content) ? 'a list' : 'a single value';
    throw refused(`${what} where a state dict must stand`);
  }
  const whole: Entries = new Map(content.entries);
  const dicts = new Map<string, Entries>();
  for (const [key, value] of whole) {
    if (typeof key !== 'string' || !(value instanceof Dictionary)) continue;
    const entries = new Map(value.entries);
    if (isStateDict(entries)) dicts.set(key, entries);
  }
  const key = keyOf(dicts, whole, wanted);
  const tensors = tensorsOf(key === null ? whole : dicts.get(key)!);
  const beside = [...whole].filter(([name, value]) => name !== key && !(key === null && value instanceof TensorView));
  return {
    key,
    tensors,
    metadata: Object.fromEntries(
      beside.flatMap(([name, value]) => (typeof name === 'string' && isScalar(value) ? [[name, value]] : [])),
    ),
    ignored: beside.flatMap(([name, value]) => (typeof name === 'string' && isScalar(value) ? [] : [String(name)])),
  };
}
