import { afterEach, describe, expect, it, vi } from 'vitest';
import { Rng } from '../../../src/core/rng.js';
import * as sync from '../../../src/index.js';
import * as parallel from '../../../src/parallel/index.js';
import { afterTurns, clockWithStep, turnsOf } from '../../support/clock.js';
import { replaceBuiltin, watchWorkers } from '../../support/worker-spy.js';

vi.mock('../../../src/parallel/least-work.js', () => ({ LEAST_WORK: 0, LEAST_PER_NUMBER: 0 }));
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

const rng = new Rng(1);
const n = 2000;
const labels = Array.from({ length: n }, (_, i) => i % 7);
const points = labels.map(() => Array.from({ length: 8 }, () => rng.normal()));

/** What a call rejects with. */
const reasonOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => expect.fail('resolved'),
    (reason: unknown) => reason,
  );

const noWorkers = () => {
  replaceBuiltin(undefined);
  return { count: () => 0, ended: async () => {} };
};
/** Pages leave all the work to workers. */
const inPage = () => {
  vi.stubGlobal('document', {});
  return watchWorkers();
};
const PLACES = [
  ['threads', inPage],
  ['threads and the calling thread', () => watchWorkers()],
  ['the calling thread', noWorkers],
] as const;
/** Workers that start where 2 threads are asked for. */
const COUNT = { threads: 2, 'threads and the calling thread': 1, 'the calling thread': 0 };

describe.each(PLACES)('in %s', (place, prepare) => {
  it('progress rises to the total, which comes last', async () => {
    prepare();
    const seen: parallel.Progress[] = [];
    await parallel.neighborAgreement(points, labels, { threads: 2, onProgress: (progress) => seen.push(progress) });
    expect(seen.length).toBe(Math.ceil(n / 64));
    expect(seen.at(-1)).toEqual({ done: n * n, total: n * n });
    expect(seen.every(({ done, total }, at) => total === n * n && done > (seen[at - 1]?.done ?? 0))).toBe(true);
  });

  it('an aborted signal rejects with its reason, and nothing starts', async () => {
    const workers = prepare();
    const reason = new Error('changed my mind');
    const signal = AbortSignal.abort(reason);
    expect(await reasonOf(parallel.silhouette(points, labels, { threads: 2, signal }))).toBe(reason);
    expect(workers.count()).toBe(0);
  });

  it('a signal during the work rejects with its reason, no progress follows, and threads end', async () => {
    const workers = prepare();
    const controller = new AbortController();
    const reason = { any: 'value' };
    let calls = 0;
    const onProgress = () => {
      calls++;
      controller.abort(reason);
    };
    const options = { threads: 2, permutations: 50, signal: controller.signal, onProgress };
    expect(await reasonOf(parallel.significance(points, labels, options))).toBe(reason);
    await workers.ended();
    await afterTurns(3);
    expect(calls).toBe(1);
    expect(workers.count()).toBe(COUNT[place]);
  });

  it('a signal from another event stops the work', async () => {
    clockWithStep(8); // every slice is over at the first look
    const workers = prepare();
    const controller = new AbortController();
    setImmediate(() => controller.abort());
    const options = { threads: 2, permutations: 500, signal: controller.signal };
    const few = points.slice(0, 1000);
    const reason = await reasonOf(parallel.significance(few, labels.slice(0, 1000), options));
    expect(reason).toMatchObject({ name: 'AbortError' });
    await workers.ended();
    expect(workers.count()).toBe(COUNT[place]);
  });

  it('an error thrown by onProgress rejects, and threads end', async () => {
    const workers = prepare();
    const error = new Error('in the callback');
    const onProgress = () => {
      throw error;
    };
    expect(await reasonOf(parallel.pairwiseDistances(points, { threads: 2, onProgress }))).toBe(error);
    await workers.ended();
  });

  it('an error of a metric is the first one in the order of the rows: class, code and message', async () => {
    // Positive values, as the door demands; two rows are so small that divided by them the others overflow.
    const rows = Array.from({ length: 700 }, (_, i) => [1 + i / 1000]);
    rows[333] = [1e-200];
    rows[690] = [1e-300];
    const classes = rows.map((_, i) => i % 3);
    let expected: unknown;
    try {
      sync.neighborAgreement(rows, classes, { metric: 'additiveSymmetric' });
    } catch (error) {
      expected = error;
    }
    expect(expected).toBeInstanceOf(sync.InputError);
    expect((expected as Error).message).toContain('for row 0 and row 333');
    const workers = prepare();
    for (const threads of [1, 3]) {
      const options = { metric: 'additiveSymmetric', threads } as const;
      const error = await reasonOf(parallel.neighborAgreement(rows, classes, options));
      expect(error).toBeInstanceOf(sync.InputError);
      expect(error).toMatchObject({
        name: 'InputError',
        code: 'not-a-distance',
        message: (expected as Error).message,
      });
    }
    await workers.ended();
    expect(workers.count()).toBe(2 * COUNT[place]);
  });

  it('threads end when the work is done', async () => {
    const workers = prepare();
    await parallel.silhouette(points, labels, { threads: 2 });
    await workers.ended();
    expect(workers.count()).toBe(COUNT[place]);
  });
});

describe('bad input rejects and never throws, without a thread', () => {
  it.each([
    ['threads 0', { threads: 0 }, 'out-of-range'],
    ['threads 1.5', { threads: 1.5 }, 'out-of-range'],
    ['threads 257', { threads: 257 }, 'out-of-range'],
    ['threads as text', { threads: '2' }, 'wrong-type'],
    ['a signal that is none', { signal: {} }, 'wrong-type'],
    ['null as signal', { signal: null }, 'wrong-type'],
    ['onProgress that is none', { onProgress: true }, 'wrong-type'],
    ['an unknown option', { thread: 2 }, 'unknown-option'],
    ['an unknown metric', { metric: 'euclidian' }, 'unknown-name'],
  ])('%s', async (_, options, code) => {
    const workers = watchWorkers();
    const given = options as never;
    for (const promise of [
      parallel.silhouette(points, labels, given),
      parallel.neighborAgreement(points, labels, given),
      parallel.significance(points, labels, given),
      parallel.pairwiseDistances(points, given),
    ]) {
      const error = await reasonOf(promise);
      expect(error).toBeInstanceOf(sync.InputError);
      expect(error).toMatchObject({ code });
    }
    expect(workers.count()).toBe(0);
  });

  it('names the options of both in the message', async () => {
    const error = await reasonOf(parallel.silhouette(points, labels, { thread: 2 } as never));
    expect((error as Error).message).toContain("did you mean 'threads'?");
  });

  it('one cluster', async () => {
    const error = await reasonOf(
      parallel.silhouette(
        points,
        points.map(() => 'a'),
      ),
    );
    expect(error).toBeInstanceOf(sync.UndefinedMetricError);
  });
});

describe('where the calling thread computes alone', () => {
  const wide = Array.from({ length: 1500 }, () => Array.from({ length: 20 }, () => rng.normal()));
  // One cluster of nearly all rows, which several tasks cover, each in several steps.
  const two = wide.map((_, i) => (i < 10 ? 0 : 1));
  const compute = async (progress: parallel.Progress[]) => {
    replaceBuiltin(undefined);
    await parallel.silhouette(wide, two, { threads: 1, onProgress: (at) => progress.push(at) });
  };

  it('other events pass when a slice is over, in the middle of a task too', async () => {
    clockWithStep(8);
    const progress: parallel.Progress[] = [];
    const turns = await turnsOf(() => compute(progress));
    expect(progress.length).toBeGreaterThan(1);
    expect(turns).toBeGreaterThan(2 * progress.length);
  });

  it('none pass before that', async () => {
    clockWithStep(0);
    expect(await turnsOf(() => compute([]))).toBe(0);
  });
});
