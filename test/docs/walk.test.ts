import { readFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { silhouette } from '../../src/index.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** The files of src that a call enters, but for the door and what stands below it. */
function enteredBy(call: () => void): string[] {
  const session = new Session();
  session.connect();
  const post = (method: string, parameters?: object) => {
    let answer: unknown;
    session.post(method, parameters, (error, result) => {
      if (error !== null) throw error;
      answer = result;
    });
    return answer;
  };
  post('Profiler.enable');
  post('Profiler.startPreciseCoverage', { callCount: true });
  call();
  const { result } = post('Profiler.takePreciseCoverage') as {
    result: { url: string; functions: { functionName: string; ranges: { count: number }[] }[] }[];
  };
  session.disconnect();
  return result
    .map(({ url, functions }) => ({
      file: /\/(src\/(?!core\/|data\/).*\.ts)/.exec(url)?.[1] ?? '',
      names: functions.filter(({ ranges }) => ranges[0]!.count > 0).map(({ functionName }) => functionName),
    }))
    .filter(({ file, names }) => {
      if (file === '') return false;
      const text = readFileSync(`${ROOT}${file}`, 'utf8');
      return names.some((name) => name !== '' && new RegExp(`(function\\*? |^  +)${name}[<(]`, 'm').test(text));
    })
    .map(({ file }) => file);
}

it('the files on the walk of silhouette in CONTRIBUTING.md are those that it enters, twelve at most', () => {
  const text = readFileSync(`${ROOT}CONTRIBUTING.md`, 'utf8');
  const section = /### The walk of `silhouette`\n([\s\S]*?)\n##/.exec(text)![1]!;
  const listed = Array.from(section.matchAll(/^\| `(src\/[^`]+\.ts)`/gm), ([, file]) => file!);
  const points = Array.from({ length: 60 }, (_, i) => [i, (i * 7) % 11, i % 3]);
  const entered = enteredBy(() => {
    silhouette(
      points,
      points.map((_, i) => i % 4),
    );
  });
  // The kernel is not JavaScript.
  expect([...listed].sort()).toEqual([...entered, 'src/kernels/wasm/assembly/distance.ts'].sort());
  expect(listed.length).toBeLessThanOrEqual(12);
});
