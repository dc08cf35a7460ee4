import { afterEach, expect, it, vi } from 'vitest';
import { slices } from '../../../src/core/slices.js';
import { clockWithStep } from '../../support/clock.js';

afterEach(() => vi.restoreAllMocks());

it('a slice is over when its time has passed, and the next one begins when it is its turn', async () => {
  clockWithStep(3);
  const { over, next } = slices(9);
  expect([over(), over(), over(), over()]).toEqual([false, false, true, true]);
  await new Promise<void>(next);
  expect([over(), over(), over()]).toEqual([false, false, true]);
});

it('what waits comes before the next slice', async () => {
  const order: string[] = [];
  setImmediate(() => order.push('an event that waited'));
  const { next } = slices(9);
  next(() => order.push('the next slice'));
  expect(order).toEqual([]);
  await new Promise<void>(next);
  expect(order).toEqual(['an event that waited', 'the next slice']);
});
