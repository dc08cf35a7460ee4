import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as lens from '../../src/index.js';
import { expectComplete } from '../support/forgotten.js';
import { printedLines, promisedLines } from '../support/run-example.js';

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
const blocks = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code!);

describe('README', () => {
  it('has examples, and each says what it prints', () => {
    expect(blocks.length).toBeGreaterThan(4);
    expect(blocks.filter((code) => promisedLines(code).length === 0)).toEqual([]);
  });

  it('names every function of the main entry', () => {
    const functions = Object.entries(lens).filter(([, value]) => typeof value === 'function');
    const mentioned = (name: string) => new RegExp(`\\b${name}\\b`).test(readme);
    const needed = functions.map(([name]) => name).filter((name) => !name.endsWith('Error'));
    expectComplete('README.md', needed.filter(mentioned), needed);
  });

  it('prints what it says', async () => {
    expect(await printedLines(blocks)).toEqual(blocks.map(promisedLines));
  });
});

describe('what an example promises', () => {
  it('stands behind console.log and below it', () => {
    const code = "console.log(1); // 1\n// no line\nconst a = 2;\n// no line\nconsole.log('a\\nb');\n// a\n// b\n";
    expect(promisedLines(code)).toEqual(['1', 'no line', 'a', 'b']);
  });
});
