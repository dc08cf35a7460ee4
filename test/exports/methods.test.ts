import { describe, expect, it } from 'vitest';
import { ClusterlensError } from '../../src/index.js';
import { junk } from '../support/junk.js';
import { firstNaN } from '../support/no-nan.js';
import { callables, invoke, isClass, outcome, soundCall } from '../support/sound-calls.js';

const JUNK = junk();

/** What gives an object with methods: the classes, and the functions that make one. */
const MAKERS = ['adam', 'adamW', 'sgd', 'balancedBatches', 'shuffledBatches', 'constantRate', 'cosineDecay'];
const makers = callables().filter(
  ({ entry, name, value }) => entry === 'nn' && (isClass(value) || MAKERS.includes(name)),
);

function methodsOf(value: object): string[] {
  const own = Object.getOwnPropertyNames(value);
  const prototype = Object.getPrototypeOf(value) as object;
  const inherited = prototype === Object.prototype ? [] : Object.getOwnPropertyNames(prototype);
  const isMethod = (name: string) =>
    name !== 'constructor' &&
    typeof Object.getOwnPropertyDescriptor(Object.getPrototypeOf(value), name)?.get !== 'function' &&
    typeof value[name as never] === 'function';
  return [...new Set([...own, ...inherited])].filter(isMethod);
}

describe.each(makers)('the methods of $name given junk', ({ name, value }) => {
  const { args, options } = soundCall('nn', name);
  const make = () => invoke(value, [...args(), ...(options === null ? [] : [options])]) as object;

  it.each(methodsOf(make()))('%s ends with a value without NaN or a typed error', async (method) => {
    const flaws: string[] = [];
    for (const [what, bad] of JUNK) {
      const given = Array.isArray(bad) || ArrayBuffer.isView(bad) ? structuredCloneOf(bad) : bad;
      const found = await outcome(() => (make() as Record<string, (...given: unknown[]) => unknown>)[method]!(given));
      if ('value' in found) {
        const at = given === found.value ? undefined : firstNaN(found.value);
        if (at !== undefined) flaws.push(`${what}: NaN at ${at}`);
      } else if (!(found.error instanceof ClusterlensError)) {
        flaws.push(`${what}: ${String((found.error as Error).stack).slice(0, 200)}`);
      }
    }
    expect(flaws).toEqual([]);
  });
});

/** A shallow copy, so that a method that works in place spoils no other case. */
function structuredCloneOf(value: object): unknown {
  return Array.isArray(value) ? Array.from(value) : (value as Uint8Array).slice();
}
