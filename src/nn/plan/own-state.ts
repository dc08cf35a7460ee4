import { Rng } from '../../core/rng.js';
import { Tensor } from '../tensor.js';

/** Objects that are looked through at most: a model may hold its data. */
const MOST = 10_000;

/** Weights and buffers, and random numbers: a model declares these, and lets them be put back. */
const isDeclared = (value: unknown) => value instanceof Tensor || value instanceof Rng;

/** Their entries are no fields. */
const isCollection = (value: unknown): value is Map<unknown, unknown> | Set<unknown> =>
  value instanceof Map || value instanceof Set;

const isNumbers = (value: unknown): value is Float64Array => ArrayBuffer.isView(value) && !(value instanceof DataView);

/** What a model remembers beside what it declares: numbers, text, lists and maps in its fields and in those of its parts. */
export interface OwnState {
  /** The first field that is another now; null where all are as they were. */
  changed(): string | null;
  restore(): void;
}

interface Kept {
  readonly path: string;
  readonly fields: ReadonlyMap<string, unknown>;
}

/** By name; the entries of a map or a set by their place. */
function fieldsOf(object: object): Map<string, unknown> {
  if (isCollection(object)) return new Map([...object.entries()].flat().map((value, i) => [String(i), value]));
  const fields = new Map<string, unknown>();
  for (const [name, { value, writable }] of Object.entries(Object.getOwnPropertyDescriptors(object))) {
    if (writable === true && typeof value !== 'function') fields.set(name, value);
  }
  return fields;
}

/** Remembers the fields of a model. Private fields (`#steps`) and variables around a function are out of sight. */
export function ownState(model: object): OwnState {
  const kept = new Map<object, Kept>();
  const numbers = new Map<Float64Array, { readonly path: string; readonly copy: Float64Array }>();
  const waiting: [string, object][] = [['', model]];
  for (let next = waiting.pop(); next !== undefined && kept.size < MOST; next = waiting.pop()) {
    const [path, object] = next;
    if (kept.has(object) || isDeclared(object)) continue;
    if (isNumbers(object)) {
      numbers.set(object, { path, copy: object.slice() });
      continue;
    }
    const fields = fieldsOf(object);
    kept.set(object, { path, fields });
    for (const [name, value] of fields) {
      if (typeof value === 'object' && value !== null) waiting.push([path === '' ? name : `${path}.${name}`, value]);
    }
  }
  return {
    changed() {
      for (const [object, { path, fields }] of kept) {
        const now = fieldsOf(object);
        for (const name of new Set([...fields.keys(), ...now.keys()])) {
          const [before, after] = [fields.get(name), now.get(name)];
          if (Object.is(before, after) || isDeclared(before) || isDeclared(after)) continue;
          return path === '' ? name : `${path}.${name}`;
        }
      }
      for (const [values, { path, copy }] of numbers) {
        if (copy.some((value, i) => !Object.is(value, values[i]))) return path;
      }
      return null;
    },
    restore() {
      for (const [object, { fields }] of kept) {
        if (isCollection(object)) {
          const values = [...fields.values()];
          object.clear();
          for (let i = 0; i < values.length; i += 2) {
            if (object instanceof Map) object.set(values[i], values[i + 1]);
            else object.add(values[i]);
          }
          continue;
        }
        const loose = object as Record<string, unknown>;
        for (const name of fieldsOf(object).keys()) if (!fields.has(name)) delete loose[name];
        for (const [name, value] of fields) if (!Object.is(loose[name], value)) loose[name] = value;
      }
      for (const [values, { copy }] of numbers) values.set(copy);
    },
  };
}
