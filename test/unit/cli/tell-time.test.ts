import { expect, it } from 'vitest';
import { tellTime, timeText } from '../../../src/cli/tell-time.js';
import type { TimedInput } from '../../../src/diagnose/time-features.js';

const data = { points: { data: new Float64Array(12), rows: 4, columns: 3 }, labels: ['a', 'b', 'b', 'c'] };

function told(seconds: number, metric?: string) {
  const notes: string[] = [];
  const asked: TimedInput[] = [];
  const given = { metric, sampleSize: 500, permutations: 99 };
  tellTime(data, given, { note: (text) => notes.push(text) }, (input) => {
    asked.push(input);
    return seconds;
  });
  return { notes, asked };
}

it('says how long it takes where that is 5 s or more, in one line, and nothing below', () => {
  expect(told(14.4).notes).toEqual(['the diagnosis takes about 14 s of processor time']);
  expect(told(5).notes).toHaveLength(1);
  expect(told(4.99).notes).toEqual([]);
  expect(timeText(150)).toBe('about 3 min of processor time');
});

it('asks for the size of the data and the options, with no coordinates where distances are given', () => {
  expect(told(1).asked).toEqual([{ n: 4, d: 3, k: 3, sampleSize: 500, permutations: 99 }]);
  expect(told(1, 'precomputed').asked[0]).toMatchObject({ n: 4, d: 0 });
});
