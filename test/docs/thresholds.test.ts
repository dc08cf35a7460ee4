import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

/** The rows of docs/thresholds.md: constant, file, value, meaning, reason, where it was measured. */
const rows = read('docs/thresholds.md')
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.slice(2, -2).split(' | '))
  .map(([name, file, value, ...rest]) => ({ name: name!.slice(1, -1), file: file!.slice(1, -1), value, rest }));

describe('docs/thresholds.md', () => {
  it('says of each constant the value that the source has', () => {
    expect(rows.length).toBeGreaterThan(90);
    const stale = rows.flatMap(({ name, file, value }) => {
      const found = new RegExp(`^(?:export )?const ${name}(?:: [^=]+)? = (.*);$`, 'm').exec(read(file));
      return found !== null && `\`${found[1]}\`` === value ? [] : [`${file} ${name}: ${value}, ${found?.[1]}`];
    });
    expect(stale).toEqual([]);
  });

  it('gives a meaning and a reason for each, and names tables that are there', () => {
    for (const { name, rest } of rows) {
      expect([name, rest.length, rest.every((text) => text.length > 0)]).toEqual([name, 3, true]);
      for (const [path] of rest[2]!.matchAll(/docs\/[a-z-]+\.md/g)) {
        expect([path, existsSync(new URL(`../../${path}`, import.meta.url))]).toEqual([path, true]);
      }
    }
  });
});
