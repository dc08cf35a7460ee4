import { describe, expect, it } from 'vitest';
import { docExamples } from '../support/doc-examples.js';
import { printedLines, promisedLines } from '../support/run-example.js';
import { callables, ENTRIES } from '../support/sound-calls.js';

const documented = docExamples();
const named = documented.flatMap(({ entry, name, examples }) =>
  examples.map((code) => ({ name: `${entry}: ${name}`, code })),
);

describe('doc comments', () => {
  it('are read of every export', () => {
    const read = documented.map(({ entry, name }) => `${entry}: ${name}`);
    const exported = Object.entries(ENTRIES).flatMap(([entry, module]) =>
      Object.keys(module).map((name) => `${entry}: ${name}`),
    );
    expect(exported.filter((name) => !read.includes(name))).toEqual([]);
  });

  it('of every function and class have an example', () => {
    const missing = callables()
      .map(({ entry, name }) => `${entry}: ${name}`)
      .filter((name) => !named.some((example) => example.name === name));
    expect(missing).toEqual([]);
  });

  it('have examples that use what they explain and say what they print', () => {
    const uses = (code: string, name: string) => new RegExp(`^import .*\\b${name.split(' ')[1]}\\b`, 'm').test(code);
    const poor = named.filter(({ name, code }) => !uses(code, name) || promisedLines(code).length === 0);
    expect(poor.map(({ name }) => name)).toEqual([]);
  });

  it('have examples that print what they say', async () => {
    const printed = await printedLines(named.map(({ code }) => code));
    expect(named.map(({ name }, i) => [name, ...printed[i]!])).toEqual(
      named.map(({ name, code }) => [name, ...promisedLines(code)]),
    );
  });
});
