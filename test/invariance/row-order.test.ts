import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Rng } from '../../src/core/rng.js';
import * as lens from '../../src/index.js';
import * as nn from '../../src/nn/index.js';
import { neighborAgreement as inThreads } from '../../src/parallel/index.js';
import { expectComplete } from '../support/forgotten.js';
import { allNear, near } from '../support/near.js';
import { type Input, type Look, NOT_OF_ROWS, ROW_ORDER, type View } from './row-order-registry.js';
import { samplesWithTies } from './samples-with-ties.js';

/** Sums of another order differ by rounding, and quotients of them by more. */
const TOLERANCE = 1e-9;
/** Runs of functions that resample. */
const FEW: Readonly<Record<string, number>> = { diagnose: 6, verifyClaims: 12, labelHierarchy: 25, compareSpaces: 20 };

/** A reason without the numbers of the rows that it names: of those that tie it names the first. */
const unnumbered = (value: unknown) =>
  typeof value === 'string' ? value.replace(/row \d+ and row \d+/, 'rows') : value;

/** Equal, numbers up to rounding. */
function alike(actual: unknown, expected: unknown, path: string): void {
  if (typeof expected === 'number') {
    expect(typeof actual, path).toBe('number');
    near(actual as number, expected, TOLERANCE, 1, path);
    return;
  }
  if (typeof expected !== 'object' || expected === null) {
    expect(unnumbered(actual), path).toBe(unnumbered(expected));
    return;
  }
  const [there, here] = [actual as object, expected as object];
  expect(Object.keys(there), path).toEqual(Object.keys(here));
  for (const key of Object.keys(here)) alike(there[key as never], here[key as never], `${path}.${key}`);
}

/** The view, or the code of the error: what is undefined is so in every order. */
function seen(look: Look, input: Input): View & { readonly undefined?: boolean } {
  try {
    return look(input);
  } catch (error) {
    if (error instanceof lens.UndefinedMetricError) return { same: error.code, undefined: true };
    throw error;
  }
}

/** Compares the two orders; true where there was something to compare. */
function compare(look: Look, input: Input, order: readonly number[]): boolean {
  const before = seen(look, input);
  const after = seen(look, { points: order.map((i) => input.points[i]!), labels: order.map((i) => input.labels[i]!) });
  alike(after.same, before.same, 'result');
  for (const [name, values] of Object.entries(before.perRow ?? {})) {
    alike(
      Array.from(after.perRow![name]!),
      order.map((i) => values[i]),
      name,
    );
  }
  if (before.perPair !== undefined) {
    const n = order.length;
    const moved = order.flatMap((i) => order.map((j) => before.perPair![i * n + j]!));
    allNear(after.perPair!, moved, 0);
  }
  return before.undefined !== true;
}

describe.each(Object.entries(ROW_ORDER))('%s does not depend on the order of rows', (name, looks) => {
  it('whatever ties', () => {
    const numRuns = FEW[name] ?? 60;
    let compared = 0;
    fc.assert(
      fc.property(samplesWithTies, fc.nat(), fc.nat(), (sample, seed, which) => {
        const order = new Rng(seed).shuffle(Int32Array.from(sample.labels.keys()));
        if (compare(looks[which % looks.length]!, sample, Array.from(order))) compared++;
      }),
      // The samples are small as they are; to look for smaller ones would take minutes.
      { numRuns, endOnFailure: true },
    );
    expect(compared).toBeGreaterThan(numRuns / 3);
  });
});

describe('the registry of row order', () => {
  const names = [...Object.keys(lens), ...Object.keys(nn)];
  const explained = Object.values(NOT_OF_ROWS).flat();

  it('holds every function of the main entry and of clusterlens/nn, or the reason why not', () => {
    expectComplete('test/invariance/row-order-registry.ts', [...Object.keys(ROW_ORDER), ...explained], names);
  });

  it('explains nothing that it holds', () => {
    expect(explained.filter((name) => name in ROW_ORDER)).toEqual([]);
  });
});

describe('with ties', () => {
  it('threads give the same bits', async () => {
    const points = Array.from({ length: 400 }, (_, i) => [i % 7, (3 * i) % 5]);
    const labels = points.map((_, i) => i % 4);
    const expected = lens.neighborAgreement(points, labels);
    expect(expected.tiedCount).toBeGreaterThan(300);
    expect(await inThreads(points, labels, { threads: 2 })).toEqual(expected);
  });
});
