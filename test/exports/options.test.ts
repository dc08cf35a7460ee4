import { describe, expect, it } from 'vitest';
import * as lens from '../../src/index.js';
import * as nn from '../../src/nn/index.js';
import { expectComplete } from '../support/forgotten.js';
import { callables, invoke, outcome, SOUND_CALLS } from '../support/sound-calls.js';

/** A Sequential takes any number of steps, and an object is no step. */
const OF_ANY_LENGTH = ['Sequential'];

describe('every export', () => {
  it('has a sound call in the table, and the table has nothing else', () => {
    for (const [entry, calls] of Object.entries(SOUND_CALLS)) {
      const names = callables().flatMap((found) => (found.entry === entry ? found.name : []));
      expectComplete(`test/support/sound-calls.ts (${entry})`, Object.keys(calls), names);
    }
  });

  for (const { entry, name, value } of callables()) {
    const call = SOUND_CALLS[entry]?.[name];
    if (call === undefined) continue;
    const { args, options } = call;
    it(`${entry} ${name} accepts its sound call`, async () => {
      const found = await outcome(() => invoke(value, [...args(), ...(options === null ? [] : [options])]));
      expect(found).toHaveProperty('value');
    });
    if (OF_ANY_LENGTH.includes(name)) continue;
    it(`${entry} ${name} refuses an option that it does not know, by its name`, async () => {
      const found = await outcome(() => invoke(value, [...args(), { ...options, notAnOption: 1 }]));
      const { error } = found as { error: lens.ClusterlensError };
      expect(error).toBeInstanceOf(lens.InputError);
      expect(error.code).toBe('unknown-option');
      expect(error.message).toMatch(new RegExp(`^${name}\\b.*unknown option "notAnOption"`));
      expect(error.message).toMatch(options === null ? /it takes none/ : /known are \w+/);
    });
  }
});

describe('arguments that a function does not take', () => {
  /** As a program without types calls it: the types refuse what stands here. */
  const loose = (f: unknown) => f as (...args: unknown[]) => unknown;

  it('are named, with how many it takes', () => {
    const pair = ['x', 'y'];
    const tensor = () => nn.tensor([1], { requiresGrad: true });
    expect(() => loose(lens.purity)(pair, pair, 'macro')).toThrow(
      'purity: takes 2 arguments and no options, got "macro" beyond',
    );
    expect(() => loose(nn.relu)(tensor(), 0.1)).toThrow('relu: takes 1 argument and no options, got 0.1 beyond');
    expect(() => loose(nn.mse)(tensor(), tensor(), { reduction: 'sum' })).toThrow(
      'mse: unknown option "reduction" (it takes none)',
    );
    const loss = nn.sum(tensor());
    expect(() => loose(loss.backward.bind(loss))({ retainGraph: true })).toThrow(
      'backward: unknown option "retainGraph"',
    );
  });

  it('may be what map and reduce add', () => {
    const tensors = [nn.tensor([-1]), nn.tensor([2])];
    expect(tensors.map(nn.relu).map((x) => x.item())).toEqual([0, 2]);
    expect(tensors.reduce(nn.add).item()).toBe(1);
  });

  it('may be undefined', () => {
    expect(loose(lens.purity)(['x'], ['x'], undefined)).toBe(1);
  });

  it('are refused behind a dataset, which has its labels', () => {
    const rows = lens.dataset([[0], [1], [9]], [0, 0, 1]);
    expect(() => loose(lens.silhouette)(rows, undefined, { metric: 'cosine' })).toThrow(
      'silhouette: a dataset has its labels, so only options follow it, got undefined and Object',
    );
    expect(() => loose(lens.verifyClaims)(rows, { classes: 2 }, {}, { seed: 1 })).toThrow('verifyClaims: ');
  });

  it('are no options where they are numbers', () => {
    expect(() => loose(lens.silhouette)([[0]], [0], new Float64Array(1))).toThrow(
      'silhouette: options must be an object, got Float64Array of length 1',
    );
  });
});
