import { describe, expect, it } from 'vitest';
import { ClusterlensError } from '../../src/index.js';
import { junk } from '../support/junk.js';
import { firstNaN } from '../support/no-nan.js';
import { callables, invoke, outcome, soundCall } from '../support/sound-calls.js';

const JUNK = junk();

/** Places that an error may name beside the function: where a file, a run or a part of the model is at fault. */
const ALSO: Readonly<Record<string, readonly string[]>> = {
  loadWeights: ['fromSafetensors', 'fromTorch'],
  loadAutoencoder: ['fromSafetensors', 'fromTorch'],
  train: ['fromSafetensors', 'residualAutoencoder', 'Linear'],
  // Errors of a file name the file.
  readTable: ['the data: ', 'abc: needs a file', 'Error: needs an extension'],
  // The layer that the rows do not fit.
  predict: ['Linear'],
  embed: ['Linear'],
  // A metric function that measures no distance is found out by the index that measures with it.
  compareSpaces: ['silhouette', 'significance', 'dunn'],
  diagnose: ['significance'],
  filterSensitivity: ['significance', 'silhouette'],
  verifyClaims: ['silhouette'],
};

/** These hand their argument on as it is, or look for NaN themselves. */
const HANDS_ON = ['fromPlain', 'noGrad', 'manualSeed'];

/** What is wrong with the end of a call; undefined where it is a value without NaN or a typed error that names the place. */
async function flaw(name: string, act: () => unknown): Promise<string | undefined> {
  const found = await outcome(act);
  if ('value' in found) {
    const at = HANDS_ON.includes(name) ? undefined : firstNaN(found.value);
    return at === undefined ? undefined : `NaN at ${at}`;
  }
  const { error } = found;
  const { message, stack } = error as Error;
  if (!(error instanceof ClusterlensError)) return String(stack ?? error).slice(0, 300);
  return [name, ...(ALSO[name] ?? [])].some((place) => message.startsWith(place)) ? undefined : message;
}

/** The names of the options of a function, as its own error lists them. */
async function optionNames(value: () => unknown): Promise<readonly string[]> {
  const found = await outcome(value);
  const message = 'error' in found ? (found.error as Error).message : '';
  return /\(known are (.*)\)$/.exec(message)?.[1]?.split(', ') ?? [];
}

/** A copy in which the value at a path is another. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  const entry = changed((value as Record<string, unknown>)[key], rest, to);
  if (Array.isArray(value)) return value.map((item, i) => (String(i) === key ? entry : item));
  return { ...(value as object), [key]: entry };
}

/** Every place in a result: of an array its first entry stands for all. */
function placesIn(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [path];
  const keys = Array.isArray(value) ? Object.keys(value).slice(0, 1) : Object.keys(value);
  return [
    ...(path.length === 0 ? [] : [path]),
    ...keys.flatMap((key) => placesIn(value[key as never], [...path, key])),
  ];
}

describe.each(callables())('$entry $name given junk ends with a value or a typed error that names it', (found) => {
  const { entry, name, value } = found;
  const call = soundCall(entry, name);
  const whole = () => [...call.args(), ...(call.options === null ? [] : [call.options])];
  const positions = whole().length;

  it('in each place, and everywhere', async () => {
    const flaws: string[] = [];
    const note = async (what: string, args: () => unknown[]) => {
      const wrong = await flaw(name, () => invoke(value, args()));
      if (wrong !== undefined) flaws.push(`${what}: ${wrong}`);
    };
    for (const [what, bad] of JUNK) {
      for (let p = 0; p < positions; p++) {
        await note(`argument ${p} = ${what}`, () => whole().map((sound, at) => (at === p ? bad : sound)));
      }
      await note(`${what} alone`, () => [bad]);
      await note(`${what} everywhere`, () => Array.from({ length: positions }, () => bad));
    }
    await note('nothing', () => []);
    expect(flaws).toEqual([]);
  });

  if (call.options === null) return;
  it('in each option', async () => {
    const flaws: string[] = [];
    const names = await optionNames(() => invoke(value, [...call.args(), { ...call.options, notAnOption: 1 }]));
    for (const option of names) {
      for (const [what, bad] of JUNK) {
        const wrong = await flaw(name, () => invoke(value, [...call.args(), { ...call.options, [option]: bad }]));
        if (wrong !== undefined) flaws.push(`${option} = ${what}: ${wrong}`);
      }
    }
    expect(flaws).toEqual([]);
  });
});

describe('a result with one field that is wrong', () => {
  const reading = callables().filter(
    ({ entry, name }) => ['plot', 'report'].includes(entry) || ['classesBelow', 'confusionMatrix'].includes(name),
  );
  const bent: readonly (readonly [string, unknown])[] = [
    ['undefined', undefined],
    ['null', null],
    ['NaN', Number.NaN],
    ['-1', -1],
    ['a text', 'abc'],
    ['{}', {}],
    ['[]', []],
    ['[null]', [null]],
  ];

  it.each(reading)('$entry $name', async ({ entry, name, value }) => {
    const { args } = soundCall(entry, name);
    const [result, ...rest] = args();
    const flaws: string[] = [];
    for (const path of placesIn(result)) {
      for (const [what, bad] of bent) {
        const wrong = await flaw(name, () => invoke(value, [changed(result, path, bad), ...rest]));
        if (wrong !== undefined) flaws.push(`${path.join('.')} = ${what}: ${wrong}`);
      }
    }
    expect(flaws).toEqual([]);
  });
});
